//! R and W: whether amounts can be read and weights add up.

use super::{Check, Code, EVERYWHERE, Severity};
use crate::domain::label::Text;

const fn reading(
    code: Code,
    severity: Severity,
    sentence: Text,
    explanation: Text,
    wrong: &'static str,
    right: &'static str,
) -> Check {
    Check { code, severity, gates: EVERYWHERE, clause: "S1.1.1", sentence, explanation, wrong, right }
}

pub(super) const READING: &[Check] = &[
    reading(
        Code::R01,
        Severity::Error,
        Text::new(
            "“{0}”的数额读不出来；请核对数字和单位。",
            "The amount in “{0}” cannot be read; check the number and its unit.",
        ),
        Text::new(
            "数额有缺字、错字或者不成数的写法，无法确定罚多少。程序不猜；改正之前，与这个数额有关的其他检查不作结论。",
            "The amount has a missing or wrong character, so that nobody can tell what the fine is. The program does not \
             guess; until it is mended, the other checks of this amount keep silent.",
        ),
        "处五千元以上□万元以下罚款",
        "处五千元以上二万元以下罚款",
    ),
    reading(
        Code::R02,
        Severity::Error,
        Text::new(
            "“{0}”用了两个“以上”或者两个“以下”；请改为“……以上……以下”。",
            "“{0}” has two upper or two lower words; write 「……以上……以下」.",
        ),
        Text::new(
            "两个“以下”或者两个“以上”不成区间，不知道哪个是下限、哪个是上限。",
            "Two upper or two lower words make no range: nobody can tell which end is which.",
        ),
        "处七万元以下九万元以下罚款",
        "处七万元以上九万元以下罚款",
    ),
    reading(
        Code::R03,
        Severity::Warning,
        Text::new(
            "“{0}”有一侧缺少单位；请补上“元”或者相应单位。",
            "“{0}” lacks a unit on one side; add 元 or the unit that is meant.",
        ),
        Text::new(
            "以上、以下两个数额都要带单位，否则“二百以上”可能是元、也可能是万元。",
            "Both ends of a range carry their unit; otherwise 「二百以上」 may be yuan or ten thousands.",
        ),
        "处十二万以上十五万元以下罚款",
        "处十二万元以上十五万元以下罚款",
    ),
    reading(
        Code::R04,
        Severity::Error,
        Text::new(
            "“{0}”疑似漏写了“万”“千”或者“零”；请核对。",
            "“{0}” seems to have lost 「万」, 「千」 or 「零」; check it.",
        ),
        Text::new(
            "照字面读出的数与应有的数相差很远，例如“一百万一十元”是1000010元，多半应为“一百一十万元”。",
            "Read literally the number is far from what was meant: 「一百万一十元」 is 1,000,010 yuan and most likely stands \
             for 「一百一十万元」.",
        ),
        "处一百万一十元以上一百三十万元以下罚款",
        "处一百一十万元以上一百三十万元以下罚款",
    ),
    reading(
        Code::R05,
        Severity::Error,
        Text::new(
            "“{0}”没有写明以什么为基数；请补上，例如“违法所得”。",
            "“{0}” does not say of what; add the base, such as 「违法所得」.",
        ),
        Text::new(
            "倍数和百分比要有基数：违法所得、货值金额、合同价款等；没有基数就算不出罚款。",
            "A multiple or percentage needs its base (gains, value of goods, contract price); without it no fine can be \
             computed.",
        ),
        "并处一点五倍以上二倍以下罚款",
        "并处货值金额一点五倍以上二倍以下罚款",
    ),
    reading(
        Code::R06,
        Severity::Note,
        Text::new("“{0}”有重复或者多余的字；请删去。", "“{0}” is doubled or stray; delete it."),
        Text::new(
            "重复或者多余的字不影响读数，但公布的文件应当干净。",
            "Doubled or stray words do not change the amount, but a published text should be clean.",
        ),
        "处以处一千元以上三千元以下罚款",
        "处一千元以上三千元以下罚款",
    ),
    reading(
        Code::R07,
        Severity::Warning,
        Text::new(
            "“{0}”的区间没有写完；请在后一数额后补上“以下”。",
            "The range in “{0}” is not closed; add 「以下」 behind the second amount.",
        ),
        Text::new(
            "“20%以上30%的罚款”可以理解为区间，也可以理解为定额；补上“以下”就没有疑问。",
            "「20%以上30%的罚款」 may be a range or a fixed fine; 「以下」 settles it.",
        ),
        "处货值金额20%以上30%的罚款",
        "处货值金额20%以上30%以下的罚款",
    ),
];

pub(super) const WEIGHTS: &[Check] = &[
    Check {
        code: Code::W01,
        severity: Severity::Warning,
        gates: EVERYWHERE,
        clause: "S1.1.1",
        sentence: Text::new(
            "起点与各因素最高权重合计{0}%，不是100%，说明中也没有写明封顶；请核对权重，或者写明“超过100%的按100%计算”。",
            "Starting point and highest weights total {0} %, not 100 %, and no cap is told; check the weights or add a cap.",
        ),
        explanation: Text::new(
            "罚款＝百分值之和×基数。合计超过100%会突破法定上限，不足100%则最重的情形也罚不到上限。",
            "The fine is the sum of percentages times the base. More than 100 % breaks the statutory maximum; less never \
             reaches it, however severe the case.",
        ),
        wrong: "起点20% ＋ 各因素最高83% ＝ 103%，没有写封顶",
        right: "起点20% ＋ 各因素最高80% ＝ 100%",
    },
    Check {
        code: Code::W02,
        severity: Severity::Error,
        gates: EVERYWHERE,
        clause: "S4.1",
        sentence: Text::new(
            "起点{0}%算出的罚款是{1}，低于法定下限{2}；请调高起点，或者写明低于下限的按下限计算。",
            "The starting point of {0} % comes to {1}, below the statutory minimum of {2}; raise it or add a floor.",
        ),
        explanation: Text::new(
            "所有因素都取最轻时，罚款就是起点×基数。它低于法定下限，就是没有法定理由的减轻处罚。",
            "Where every factor is at its lightest, the fine is starting point times base. Below the minimum it would be a \
             mitigation without legal ground.",
        ),
        wrong: "起点5%，基数为法定上限20万元，法定下限2万元",
        right: "起点10%，基数为法定上限20万元，法定下限2万元",
    },
];
