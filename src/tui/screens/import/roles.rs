//! What a column of a file can hold, in words for people.

use crate::domain::kind::all_fields;
use crate::i18n::{Text, Words};
use crate::service::Fate;
use crate::words;

/// The roles that every kind of table has, in the order in which people look for them.
const COMMON: &[(&str, Text)] = &[
    ("code", Text::new("编码", "code")),
    ("violation", Text::new("违法行为", "violation")),
    ("title", Text::new("事项名称", "title")),
    ("basis", Text::new("法定依据", "legal basis")),
    ("source", Text::new("法规名称", "source")),
    ("clause", Text::new("依据条款", "clause")),
    ("duty", Text::new("违反的规定", "duty broken")),
    ("band", Text::new("处罚种类及幅度", "statutory band")),
    ("ladder", Text::new("阶次序列", "ladder")),
    ("tier", Text::new("裁量阶次", "tier")),
    ("grade", Text::new("情节等级", "grade")),
    ("fine_band", Text::new("罚款档", "part of the fine")),
    ("condition", Text::new("适用条件", "condition")),
    ("standard", Text::new("裁量标准", "standard")),
    ("remarks", Text::new("备注", "remarks")),
    ("agency", Text::new("机关", "agency")),
    ("kind", Text::new("事项种类", "kind")),
    ("level", Text::new("层级", "level")),
    ("vertical", Text::new("垂直管理", "vertical")),
    ("fine_low", Text::new("罚款下限", "lowest fine")),
    ("fine_high", Text::new("罚款上限", "highest fine")),
    ("fine_default", Text::new("罚款基准", "usual fine")),
    ("detention_low", Text::new("拘留下限", "shortest detention")),
    ("detention_high", Text::new("拘留上限", "longest detention")),
    ("detention_default", Text::new("拘留基准", "usual detention")),
    ("warning", Text::new("警告", "warning")),
];

/// Every role with its words.
pub fn all() -> Vec<(&'static str, Text)> {
    let fields = all_fields().map(|field| (field.id, field.label));
    let own = fields.filter(|(id, _)| !COMMON.iter().any(|(common, _)| common == id));
    COMMON.iter().copied().chain(own).collect()
}

/// What stands over a column.
pub fn mark(role: Option<&str>, fate: Fate) -> Words {
    match (role, fate) {
        (Some(role), _) => label(role),
        (None, Fate::Read) => words!("？没有对应", "? no role"),
        (None, Fate::NoHeading) => words!("？", "?"),
        (None, Fate::Fixed) => words!("（原样）", "(as written)"),
        (None, Fate::LeftOut) => words!("（不读）", "(left out)"),
    }
}

/// The words of a role; a role that has none is shown by its id.
pub fn label(id: &str) -> Words {
    let known = all().into_iter().find(|(role, _)| *role == id);
    known.map_or_else(|| Words::same(id), |(_, label)| Words::from(label))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::parse_mapping;

    #[test]
    fn every_role_is_one_that_a_mapping_knows() {
        for (id, _) in all() {
            assert!(parse_mapping(&format!("{id} = 1\n")).is_ok(), "{id}");
        }
    }
}
