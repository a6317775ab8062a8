//! The kinds of enforcement item, each a list of fields.
//!
//! A kind is its field list: forms, checks of completeness, columns, imports and exports are driven by it, so
//! that adding a kind or a field touches this file and nothing else.

use super::label::Text;

crate::terms! {
    /// The kind of an enforcement item.
    pub enum Kind {
        /// 行政处罚.
        Penalty = "penalty", "行政处罚", "penalty";
        /// 行政许可.
        Licence = "licence", "行政许可", "licence";
        /// 行政强制.
        Compulsion = "compulsion", "行政强制", "compulsion";
        /// 行政检查.
        Inspection = "inspection", "行政检查", "inspection";
        /// 行政奖励.
        Reward = "reward", "行政奖励", "reward";
        /// 行政确认.
        Confirmation = "confirmation", "行政确认", "confirmation";
        /// 行政征收征用.
        Levy = "levy", "行政征收征用", "levy";
        /// 行政给付.
        Grant = "grant", "行政给付", "grant";
    }
}

/// Whether a field must be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Always.
    Required,
    /// By its text, or by «not applicable» with a reason; the question is put to the clerk.
    Conditional(Text),
    /// Never.
    Optional,
}

/// How a field is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One line.
    Line,
    /// Several lines.
    Long,
    /// Yes or no.
    Flag,
    /// A whole number.
    Count,
}

/// One element of a kind's baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Identifier in JSON, in findings and in filters.
    pub id: &'static str,
    /// Label in both languages; the Chinese one is also the column heading.
    pub label: Text,
    /// Other Chinese headings under which published tables carry it.
    pub synonyms: &'static [&'static str],
    /// Whether it must be answered.
    pub need: Need,
    /// How it is written.
    pub form: Form,
    /// The clause of the policy that asks for it.
    pub clause: &'static str,
}

impl Kind {
    /// The elements of this kind's baseline, in the order of the form. The ladder of a penalty (tiers,
    /// conditions, standards) is not in the list: it has a structure of its own.
    #[must_use]
    pub const fn fields(self) -> &'static [Field] {
        match self {
            Self::Penalty => PENALTY,
            Self::Licence => LICENCE,
            Self::Compulsion => COMPULSION,
            Self::Inspection => INSPECTION,
            Self::Reward => REWARD,
            Self::Confirmation => CONFIRMATION,
            Self::Levy | Self::Grant => LEVY_GRANT,
        }
    }

    /// The field of this kind with that identifier.
    #[must_use]
    pub fn field(self, id: &str) -> Option<&'static Field> {
        self.fields().iter().find(|field| field.id == id)
    }
}

/// Every field of every kind once, in order of first appearance: the columns of a table over all kinds.
pub fn all_fields() -> impl Iterator<Item = &'static Field> {
    use super::label::Term;
    let mut seen: Vec<&'static str> = Vec::new();
    Kind::ALL.iter().flat_map(|kind| kind.fields()).filter(move |field| {
        let new = !seen.contains(&field.id);
        if new {
            seen.push(field.id);
        }
        new
    })
}

const fn field(
    id: &'static str,
    zh: &'static str,
    en: &'static str,
    need: Need,
    form: Form,
    clause: &'static str,
) -> Field {
    Field { id, label: Text::new(zh, en), synonyms: &[], need, form, clause }
}

const fn known_as(field: Field, synonyms: &'static [&'static str]) -> Field {
    Field { synonyms, ..field }
}

const fn asked(zh: &'static str, en: &'static str) -> Need {
    Need::Conditional(Text::new(zh, en))
}

use Form::{Count, Flag, Line, Long};
use Need::{Optional, Required};

const BASIS: Field = known_as(
    field("basis", "法定依据", "legal basis", Required, Long, "S1.1.1"),
    &["法律依据", "设定依据", "处罚依据", "实施依据", "执法依据", "依据"],
);
const PROCEDURE: Field =
    known_as(field("procedure", "程序", "procedure", Required, Long, "S4.1"), &["办理程序", "实施程序"]);
const CONDITIONS: Field =
    known_as(field("conditions", "条件", "conditions", Required, Long, "S4.1"), &["实施条件", "办理条件", "申请条件"]);
const TIME_LIMIT: Field =
    known_as(field("time_limit", "办理时限", "time limit", Required, Line, "S4.1"), &["时限", "办结时限"]);
const MATERIALS: Field =
    known_as(field("materials", "申请材料", "application materials", Required, Long, "S4.1"), &["材料", "申报材料"]);

const fn under(field: Field, clause: &'static str) -> Field {
    Field { clause, ..field }
}

const PENALTY: &[Field] = &[
    known_as(
        field("violation", "违法行为", "violation", Required, Long, "S1.1.1"),
        &["违法事项", "事项名称", "违法行为名称", "违法内容", "案由"],
    ),
    BASIS,
    known_as(
        field("band", "法定幅度", "statutory band", Optional, Long, "S1.1.1"),
        &["处罚种类及幅度", "处罚种类和幅度", "法定处罚幅度", "处罚幅度"],
    ),
];

const COMPULSION: &[Field] = &[
    known_as(field("measure", "强制措施", "measure", Required, Line, "S1.1.2"), &["强制方式", "强制种类"]),
    under(BASIS, "S1.1.2"),
    under(CONDITIONS, "S1.1.2"),
    under(PROCEDURE, "S1.1.2"),
    field("non_coercive", "先行的非强制手段", "non-coercive means tried first", Required, Long, "S1.1.2"),
    field(
        "urgent",
        "夜间或法定节假日的紧急情况",
        "urgent cases at night or on statutory holidays",
        asked("是否可能在夜间或者法定节假日实施？", "May it be carried out at night or on statutory holidays?"),
        Long,
        "S1.1.2",
    ),
    field(
        "sealable",
        "可查封扣押的场所、设施、财物",
        "premises, facilities and property that may be sealed or seized",
        asked("是否涉及查封场所、设施或者扣押财物？", "May premises, facilities or property be sealed or seized?"),
        Long,
        "S1.1.2",
    ),
];

const INSPECTION: &[Field] = &[
    known_as(field("subject", "检查主体", "subject", Required, Line, "S1.1.3"), &["主体"]),
    known_as(under(BASIS, "S1.1.3"), &["检查依据", "法律依据", "设定依据", "依据"]),
    known_as(field("standard", "检查标准", "standard", Required, Long, "S1.1.3"), &["标准"]),
    known_as(field("scope", "检查范围", "scope", Required, Long, "S1.1.3"), &["范围", "检查对象"]),
    known_as(field("content", "检查内容", "content", Required, Long, "S1.1.3"), &["内容"]),
    known_as(field("means", "检查手段", "means", Required, Line, "S1.1.3"), &["检查方式", "手段"]),
    known_as(field("frequency", "检查频率", "frequency", Required, Line, "S1.1.3"), &["频率", "频次", "检查频次"]),
    field("random", "双随机、一公开", "random inspection, open results", Optional, Flag, "S1.1.3"),
    field("joint", "综合查一次", "one joint inspection", Optional, Flag, "S1.1.3"),
    field("yearly_cap", "同一企业年度检查上限", "yearly cap per enterprise", Optional, Count, "S1.1.3"),
    field(
        "full_coverage",
        "重点领域全覆盖监管的范围和程序",
        "full-coverage supervision: range and procedure",
        asked("是否属于实行全覆盖重点监管的领域？", "Is this a field under full-coverage key supervision?"),
        Long,
        "S1.1.3",
    ),
];

const REWARD: &[Field] = &[
    known_as(field("subject", "奖励主体", "subject", Required, Line, "S1.1.4"), &["主体"]),
    Field { need: Optional, ..under(BASIS, "S1.1.4") },
    known_as(under(CONDITIONS, "S1.1.4"), &["奖励条件"]),
    known_as(under(PROCEDURE, "S1.1.4"), &["奖励程序"]),
    known_as(
        field("amount_standard", "数额标准", "amount standard", Required, Long, "S1.1.4"),
        &["奖励标准", "金额标准"],
    ),
    under(TIME_LIMIT, "S1.1.4"),
];

const CONFIRMATION: &[Field] = &[
    Field { need: Optional, ..under(BASIS, "S1.1.5") },
    known_as(under(CONDITIONS, "S1.1.5"), &["确认条件"]),
    known_as(under(PROCEDURE, "S1.1.5"), &["确认程序"]),
    under(TIME_LIMIT, "S1.1.5"),
    under(MATERIALS, "S1.1.5"),
];

const LICENCE: &[Field] = &[
    Field { need: Optional, ..under(BASIS, "S4.1") },
    known_as(CONDITIONS, &["许可条件", "实施条件", "办理条件"]),
    known_as(PROCEDURE, &["许可程序"]),
    TIME_LIMIT,
    MATERIALS,
    known_as(
        field(
            "withdrawal",
            "不予许可、变更、撤回、撤销的情形",
            "when refused, changed, withdrawn, revoked",
            Required,
            Long,
            "S4.1",
        ),
        &["不予许可情形", "变更撤回撤销情形"],
    ),
];

const LEVY_GRANT: &[Field] = &[
    under(BASIS, "S4.1"),
    known_as(field("scope", "范围", "scope", Required, Long, "S4.1"), &["征收范围", "给付范围", "对象范围"]),
    known_as(
        field("amount_standard", "数额标准", "standard or amount", Required, Long, "S4.1"),
        &["征收标准", "给付标准", "标准"],
    ),
    PROCEDURE,
    known_as(
        field(
            "relief",
            "停征、缓征、减征、免征或者停发的情形",
            "when stopped, deferred, reduced, exempt",
            Required,
            Long,
            "S4.1",
        ),
        &["减免情形", "停止缓减免情形"],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::label::Term;

    #[test]
    fn a_field_id_means_the_same_form_in_every_kind() {
        for kind in Kind::ALL {
            for field in kind.fields() {
                let first = all_fields().find(|other| other.id == field.id).unwrap();
                assert_eq!(first.form, field.form, "{} of {}", field.id, kind.id());
            }
        }
    }
}
