//! E: whether every element of a baseline is there.

use super::{Check, Code, EVERYWHERE, Severity};
use crate::domain::label::Text;

/// The first check of all.
pub(super) const FIRST: Check = Check {
    code: Code::E01,
    severity: Severity::Error,
    gates: EVERYWHERE,
    clause: "S1.1.1",
    sentence: Text::new(
        "没有写违法行为；请写明是什么行为要处罚。",
        "No violation is written; say which act is punished.",
    ),
    explanation: Text::new(
        "处罚基准首先要说清楚处罚什么。没有违法行为，执法人员不知道这一项适用于谁，当事人也无从知道什么不能做。",
        "A penalty baseline begins with what is punished. Without it officers cannot tell when it applies, and nobody can \
         know what is forbidden.",
    ),
    wrong: "违法行为：（空）",
    right: "违法行为：在划定区域外摆摊经营",
};

pub(super) const CHECKS: &[Check] = &[
    FIRST,
    Check {
        code: Code::E02,
        severity: Severity::Error,
        gates: EVERYWHERE,
        clause: "S1.1.1",
        sentence: Text::new(
            "没有写法定依据；请写明法律、法规、规章的名称和条款。",
            "No legal basis is written; name the law, regulation or rule and its clause.",
        ),
        explanation: Text::new(
            "裁量基准只能在法律、法规、规章给出的范围内细化（四（一））。没有依据，就没有可以细化的范围，也无从核对是否超出。",
            "A baseline only refines what a law, regulation or rule allows (S4.1). Without the basis there is no range to \
             refine and nothing to check the tiers against.",
        ),
        wrong: "法定依据：（空）",
        right: "法定依据：《某市市容条例》第二十条第一款",
    },
    Check {
        code: Code::E03,
        severity: Severity::Error,
        gates: EVERYWHERE,
        clause: "S1.1.1",
        sentence: Text::new(
            "没有裁量阶次；请至少写一个阶次，或者改用权重表。",
            "There are no tiers; write at least one, or a table of weights.",
        ),
        explanation: Text::new(
            "裁量阶次是基准的主体：什么情形，罚多少。只有违法行为和依据的，还不是基准。",
            "Tiers are what a baseline is for: which circumstances, which penalty. A violation with its basis alone is no \
             baseline.",
        ),
        wrong: "违法行为、法定依据之后没有任何阶次",
        right: "较轻：……处一千元以上三千元以下罚款；较重：……处三千元以上五千元以下罚款",
    },
    Check {
        code: Code::E04,
        severity: Severity::Error,
        gates: EVERYWHERE,
        clause: "S1.1.1",
        sentence: Text::new(
            "没有写适用条件；请写明什么情形适用这一阶次。",
            "No condition is written; say which circumstances lead to this tier.",
        ),
        explanation: Text::new(
            "没有条件的阶次，等于让执法人员自己决定什么时候用它，基准就没有起到约束裁量的作用。",
            "A tier without a condition leaves it to the officer when to use it, which is what a baseline is to prevent.",
        ),
        wrong: "较重 ｜（空）｜ 处三千元以上五千元以下罚款",
        right: "较重 ｜ 占用面积十平方米以上的 ｜ 处三千元以上五千元以下罚款",
    },
    Check {
        code: Code::E05,
        severity: Severity::Error,
        gates: EVERYWHERE,
        clause: "S1.1.1",
        sentence: Text::new("没有写裁量标准；请写明处罚内容。", "No standard is written; say what the penalty is."),
        explanation: Text::new(
            "阶次要写明处罚的种类和幅度；不予处罚的，也要写“不予处罚”。",
            "A tier says which penalty and how much; where there is none, it says 「不予处罚」.",
        ),
        wrong: "较轻 ｜ 当场改正的 ｜（空）",
        right: "较轻 ｜ 当场改正的 ｜ 不予处罚",
    },
    Check {
        code: Code::E06,
        severity: Severity::Warning,
        gates: EVERYWHERE,
        clause: "S1.1.1",
        sentence: Text::new(
            "法律规定了处罚幅度，但没有写明这些情形：{0}；请补上，或者说明为什么不需要。",
            "The law gives a range, but these circumstances are not told: {0}; add them, or answer why they are not needed.",
        ),
        explanation: Text::new(
            "有处罚幅度的，要明确情节轻微、较轻、较重、严重的具体情形（一（一）1）。从阶次名称和情节栏判断；阶次只编了号、又不少于四个的，不作判断。",
            "Where there is a range the circumstances minor, lighter, heavier and severe must be told (S1.1.1). Labels and \
             grades tell them; four or more tiers that only carry numbers are given the benefit of the doubt.",
        ),
        wrong: "较轻、较重、严重三个阶次",
        right: "轻微、较轻、较重、严重四个阶次",
    },
    Check {
        code: Code::E07,
        severity: Severity::Warning,
        gates: EVERYWHERE,
        clause: "S1.1.1",
        sentence: Text::new(
            "法律规定了罚款幅度，但没有写明这些罚款档次：{0}；请在“罚款档次”中标明，或者说明理由。",
            "The law gives a range of fines, but these bands of the fine are not told: {0}; mark them, or answer why not.",
        ),
        explanation: Text::new(
            "罚款数额的从轻、一般、从重档次要明确具体（一（一）1）。情节的轻重和罚款的档次是两回事：情节较轻不一定从轻处罚，所以要分别写明。",
            "The lenient, ordinary and aggravated bands of a fine must be clear (S1.1.1). The gravity of the circumstances \
             and the band of the fine are two things, so both are told.",
        ),
        wrong: "较轻：处一千元以上二千元以下罚款（没有标明属于哪一档）",
        right: "较轻（从轻）：处一千元以上二千元以下罚款",
    },
    missing(Code::E11, "S1.1.2", "紧急情况：（空）", "紧急情况：不涉及；夜间和法定节假日不实施该项强制"),
    missing(Code::E12, "S1.1.3", "检查频率：（空）", "检查频率：每年不超过一次"),
    missing(Code::E13, "S1.1.4", "办理时限：（空）", "办理时限：自受理之日起二十个工作日"),
    missing(Code::E14, "S1.1.5", "申请材料：（空）", "申请材料：申请表、身份证明各一份"),
    missing(Code::E15, "S4.1", "不予许可、变更、撤回、撤销的情形：（空）", "有下列情形之一的，不予许可：……"),
    missing(Code::E16, "S4.1", "减免情形：（空）", "减免情形：残疾人专用车辆免征"),
    missing(Code::E17, "S4.1", "停发情形：（空）", "停发情形：户籍迁出本市的，自次月起停发"),
];

/// The checks of the other kinds differ in nothing but the kind.
const fn missing(code: Code, clause: &'static str, wrong: &'static str, right: &'static str) -> Check {
    Check {
        code,
        severity: Severity::Error,
        gates: EVERYWHERE,
        clause,
        sentence: Text::new(
            "缺少“{0}”；请写明，或者（可以不适用的）说明不适用的理由。",
            "The element \"{0}\" is missing; write it, or where it may not arise, say why it does not.",
        ),
        explanation: Text::new(
            "该类基准应当写明的要素，每一项都要有内容。只在一定情形下需要的要素，可以回答“不适用”并说明理由：法律已有规定，或者不会发生。",
            "Every element that this kind of baseline calls for must be written. An element that depends on a question may \
             be answered \"not applicable\" with the reason: the law settles it, or it does not arise.",
        ),
        wrong,
        right,
    }
}
