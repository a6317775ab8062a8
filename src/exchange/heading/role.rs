//! What a column can hold, and the headings under which published tables carry it.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::domain::kind::all_fields;

macro_rules! roles {
    ($($(#[$meta:meta])* $role:ident = $id:literal, [$($word:literal),*];)+) => {
        /// What a column holds.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Role {
            $($(#[$meta])* $role,)+
            /// An element of some kind's field list, by its id.
            Field(&'static str),
        }

        /// The roles without data, to count them.
        enum Core { $($role),+ }

        impl Role {
            /// Place of a role in a list of all that are not mere fields.
            pub(crate) const fn index(self) -> Option<usize> {
                match self { $(Self::$role => Some(Core::$role as usize),)+ Self::Field(_) => None }
            }

            /// How many such roles there are.
            pub(crate) const COUNT: usize = Self::CORE.len();

            const CORE: &'static [Self] = &[$(Self::$role),+];

            /// The identifier in mappings and reports.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$role => $id,)+ Self::Field(id) => id }
            }

            /// The headings that say this role outright.
            const fn words(self) -> &'static [&'static str] {
                match self { $(Self::$role => &[$($word),*],)+ Self::Field(_) => &[] }
            }
        }
    };
}

roles! {
    /// Code of the item.
    Code = "code", ["代码", "编码", "事项代码", "事项编码", "事项编号", "违法代码", "违法行为代码",
        "违法行为编号", "违法行为编码", "权力编码", "职权编码", "项目编号", "项目编码", "案由编号", "案由代码", "基准编号", "基准代码"];
    /// Title of an item that is no penalty, or beside the violation of one that is.
    Title = "title", ["事项名称", "执法事项", "执法事项名称", "事项", "项目名称", "权力名称", "权力事项", "职权名称", "职权事项",
        "许可事项", "许可事项名称", "行政许可事项", "检查事项", "检查事项名称", "行政检查事项", "检查项目", "强制事项", "行政强制事项",
        "强制事项名称", "奖励事项", "行政奖励事项", "奖励事项名称", "确认事项", "行政确认事项", "确认事项名称", "征收事项", "行政征收事项",
        "给付事项", "行政给付事项", "给付事项名称", "征收项目", "给付项目", "奖励项目"];
    /// The violation.
    Violation = "violation", ["违法行为", "违法事项", "违法行为名称", "违法内容", "违法行为描述", "违法行为表述", "违法行为种类", "违法行为类型",
        "违法事实", "违法种类", "具体违法行为", "违法违规行为", "违规行为", "案由", "案由名称", "处罚事项", "处罚事项名称", "行政处罚事项",
        "行政处罚事项名称", "处罚案由", "违法表现"];
    /// Title of the legal source.
    Source = "source", ["法规规章", "法律名称", "法规名称", "规章名称", "法律法规", "法律法规名称", "法律法规规章", "法律法规规章名称",
        "法律法规及规章", "法律法规及规章名称", "法律文件", "法律文件名称", "依据名称", "法律依据名称", "法源", "文件名称"];
    /// The legal basis.
    Basis = "basis", ["法律依据", "法定依据", "设定依据", "处罚依据", "实施依据", "执法依据", "依据", "行政处罚依据", "处罚法律依据",
        "法律法规依据", "处罚条款", "罚则", "法律责任", "法律责任条款", "法律条文", "处罚条文", "裁量依据", "职权依据", "法律规定", "处罚规定"];
    /// The statutory band.
    Band = "band", ["处罚种类及幅度", "处罚种类和幅度", "处罚种类与幅度", "处罚种类幅度", "法定幅度", "法定处罚幅度", "法定处罚种类和幅度",
        "法定处罚种类及幅度", "法定处罚", "法定罚则", "法定裁量幅度", "处罚的种类和幅度", "处罚种类"];
    /// Clauses of the source named in the source column.
    Clause = "clause", ["条款", "条款项", "条款项目", "依据条款", "法条", "条文", "条款号", "具体条款", "法律条款"];
    /// The provision that is broken.
    Duty = "duty", ["违法规定", "违反条款", "违反规定", "违反条文", "违反法条", "违反的条款", "违反的规定", "违法条款", "违法依据", "定性依据",
        "违法行为依据", "义务条款", "禁止性规定", "违则", "违法认定依据", "违反的法律规定"];
    /// Label of the ladder.
    Ladder = "ladder", ["阶次序列", "处罚对象", "违法主体", "适用对象", "当事人", "当事人类型"];
    /// Label of the tier.
    Tier = "tier", ["裁量阶次", "阶次", "违法程度", "类别", "档次", "裁量等级", "裁量档次", "裁量等次", "裁量级次", "裁量层次", "裁量类别",
        "处罚档次", "处罚等级", "违法等级", "违法档次", "违法类别", "违法行为程度", "违法行为等级", "违法行为档次", "情节程度", "情节等级",
        "情节轻重", "情节档次", "等级", "等次", "级别", "程度", "档级", "轻重程度", "违法情节程度", "违法情节等级", "危害程度", "量罚档次"];
    /// Grade of the circumstances, beside the tier's label.
    Grade = "grade", ["情节等级认定"];
    /// Part of the fine, beside the tier's label.
    FineBand = "fine_band", ["罚款幅度档"];
    /// Conditions of the tier.
    Condition = "condition", ["适用条件", "裁量情节", "情形", "违法情节", "适用情形", "裁量情形", "违法情形", "具体情形", "违法具体情形",
        "情节", "裁量条件", "裁量因素", "裁量要素", "违法行为情节", "违法行为情形", "情节和后果", "情节与后果", "违法情节和后果", "违法行为情节和后果",
        "违法事实情节", "情节认定", "情形认定", "认定标准", "情节描述", "情节说明", "具体情节", "违法表现情形", "判断标准", "划分标准", "裁量标准情形", "表现情形"];
    /// The standard of the tier, or the standard of an inspection.
    Standard = "standard", ["裁量标准", "处罚标准", "具体标准", "裁量幅度", "处罚裁量标准", "行政处罚标准", "裁量基准", "处罚基准", "行政处罚裁量基准",
        "行政处罚裁量标准", "自由裁量标准", "处罚裁量幅度", "处罚裁量基准", "具体裁量标准", "量罚标准", "量罚幅度", "罚款标准", "罚款幅度", "处罚内容",
        "处罚结果", "处罚", "处罚措施", "处罚意见", "裁量结果", "具体处罚标准", "实施标准", "标准", "执行标准", "罚款金额", "罚款数额", "裁量处罚标准", "裁量处罚幅度"];
    /// Remarks.
    Remarks = "remarks", ["备注", "说明", "备考", "附注", "注", "其他", "其他说明", "备注说明", "其它"];
    /// The agency.
    Agency = "agency", ["执法主体", "实施主体", "实施机关", "执法机关", "执法部门", "责任部门", "主管部门", "部门", "单位", "机关", "行使主体",
        "行政机关", "实施部门", "单位名称", "部门名称", "执法单位", "责任单位", "行政执法主体", "执法主体名称", "处罚机关", "处罚主体", "许可机关",
        "填报单位", "牵头部门", "行政主管部门", "实施单位"];
    /// The kind.
    Kind = "kind", ["事项类型", "事项类别", "执法类型", "执法类别", "执法种类", "执法事项类型", "执法事项类别", "权力类型", "权力类别", "职权类型",
        "职权类别", "行政行为", "行为类别", "行政行为类别", "行政行为类型", "行政行为种类", "执法行为类别", "执法行为类型", "类型"];
    /// The level.
    Level = "level", ["层级", "实施层级", "行使层级", "执法层级", "行政层级", "权限层级", "事权层级"];
    /// Whether a central body acts.
    Vertical = "vertical", ["垂直管理"];
    /// Lower end of the fine in yuan, as a number.
    FineLow = "fine_low", ["罚款最小值", "罚款下限", "最低罚款", "罚款最低额", "最低罚款额", "罚款最低值", "最低罚款金额", "罚款起点"];
    /// Upper end of the fine in yuan, as a number.
    FineHigh = "fine_high", ["罚款最大值", "罚款上限", "最高罚款", "罚款最高额", "最高罚款额", "罚款最高值", "最高罚款金额"];
    /// The fine to be set as a rule, in yuan.
    FineDefault = "fine_default", ["罚款默认值", "罚款基准", "罚款基准值", "默认罚款", "基准罚款", "罚款指导值", "罚款标准值"];
    /// Fewest days of detention.
    DetentionLow = "detention_low", ["拘留最小", "拘留最小值", "拘留下限", "拘留最低天数", "最少拘留天数"];
    /// Most days of detention.
    DetentionHigh = "detention_high", ["拘留最大", "拘留最大值", "拘留上限", "拘留最高天数", "最多拘留天数"];
    /// Days of detention to be set as a rule.
    DetentionDefault = "detention_default", ["拘留默认值", "拘留默认", "拘留基准", "拘留基准值", "拘留指导值"];
    /// Whether a warning may be given instead.
    Warning = "warning", ["警告标记", "警告", "可否警告", "是否警告"];
}

/// How surely a heading says a role: 3 outright, 2 as one of several readings, 1 by a part of its words.
pub(super) type Strength = u8;

impl Role {
    /// The role with this identifier.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        let core = Self::CORE.iter().copied().find(|role| role.id() == id);
        core.or_else(|| all_fields().find(|field| field.id == id).map(|field| Self::Field(field.id)))
    }

    /// Every role.
    pub fn all() -> impl Iterator<Item = Self> {
        let fields = all_fields().map(|field| Self::Field(field.id));
        let own = fields.filter(|role| !Self::CORE.iter().any(|core| core.id() == role.id()));
        Self::CORE.iter().copied().chain(own)
    }

    /// The roles that a heading may say, the surest first.
    #[must_use]
    pub fn read(heading: &str) -> Vec<(Self, Strength)> {
        let words = bare(heading);
        let mut found: Vec<(Self, Strength)> = Vec::new();
        if words.is_empty() {
            return found;
        }
        let mut add = |role: Self, strength: Strength| {
            if !found.iter().any(|(known, _)| *known == role) {
                found.push((role, strength));
            }
        };
        let lower = words.to_ascii_lowercase();
        for role in Self::all() {
            if role.id() == lower || role.id().replace('_', "") == lower || role.words().contains(&words.as_str()) {
                add(role, 3);
            }
        }
        for field in all_fields() {
            if bare(field.label.zh) == words || field.synonyms.contains(&words.as_str()) {
                add(Self::from_id(field.id).unwrap_or(Self::Field(field.id)), 2);
            }
        }
        for (said, other) in SECOND {
            if *said == words {
                add(*other, 2);
            }
        }
        for (part, place, role) in PARTS {
            if words.chars().count() <= 14 && place.holds(&words, part) {
                add(*role, 1);
            }
        }
        found.sort_by_key(|(_, strength)| std::cmp::Reverse(*strength));
        found
    }
}

impl Serialize for Role {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

impl<'de> Deserialize<'de> for Role {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let id = String::deserialize(deserializer)?;
        Self::from_id(&id).ok_or_else(|| serde::de::Error::custom(format!("unknown column role: {id}")))
    }
}

/// Headings with a second reading, taken where the first one's place is filled by another column.
const SECOND: &[(&str, Role)] = &[
    // A running number is a code where no other column is one.
    ("序号", Role::Code),
    ("编号", Role::Code),
    ("处罚幅度", Role::Standard),
    ("处罚种类", Role::Standard),
    ("处罚种类及幅度", Role::Standard),
    ("处罚种类和幅度", Role::Standard),
    ("违法情节", Role::Tier),
    ("裁量情节", Role::Tier),
    ("情节", Role::Tier),
    ("情形", Role::Tier),
    ("违法程度", Role::Condition),
    ("类型", Role::Tier),
    ("类别", Role::Kind),
    ("主体", Role::Agency),
    ("裁量基准", Role::Condition),
    ("事项名称", Role::Violation),
    ("事项", Role::Violation),
    ("说明", Role::Condition),
];

#[derive(Clone, Copy)]
enum Part {
    Ends,
    Holds,
}

impl Part {
    fn holds(self, words: &str, part: &str) -> bool {
        match self {
            Self::Ends => words.ends_with(part),
            Self::Holds => words.contains(part),
        }
    }
}

/// Parts of headings that tell a role where no whole heading does; the earlier row wins.
const PARTS: &[(&str, Part, Role)] = &[
    ("编码", Part::Ends, Role::Code),
    ("代码", Part::Ends, Role::Code),
    ("编号", Part::Ends, Role::Code),
    ("序号", Part::Ends, Role::Code),
    ("违法行为", Part::Ends, Role::Violation),
    ("违法事项", Part::Ends, Role::Violation),
    ("违法事实", Part::Ends, Role::Violation),
    ("违法行为名称", Part::Ends, Role::Violation),
    ("备注", Part::Holds, Role::Remarks),
    ("违反", Part::Holds, Role::Duty),
    ("阶次", Part::Ends, Role::Tier),
    ("档次", Part::Ends, Role::Tier),
    ("等级", Part::Ends, Role::Tier),
    ("等次", Part::Ends, Role::Tier),
    ("级别", Part::Ends, Role::Tier),
    ("程度", Part::Ends, Role::Tier),
    ("类别", Part::Ends, Role::Tier),
    ("情形", Part::Holds, Role::Condition),
    ("情节", Part::Holds, Role::Condition),
    ("适用条件", Part::Holds, Role::Condition),
    ("裁量因素", Part::Holds, Role::Condition),
    ("裁量要素", Part::Holds, Role::Condition),
    ("种类", Part::Holds, Role::Band),
    ("法定", Part::Holds, Role::Band),
    ("依据", Part::Holds, Role::Basis),
    ("标准", Part::Ends, Role::Standard),
    ("基准", Part::Ends, Role::Standard),
    ("裁量", Part::Ends, Role::Standard),
    ("罚款", Part::Ends, Role::Standard),
    ("幅度", Part::Ends, Role::Standard),
    ("条款", Part::Ends, Role::Clause),
    ("法律", Part::Holds, Role::Source),
    ("法规", Part::Holds, Role::Source),
    ("规章", Part::Holds, Role::Source),
    ("机关", Part::Ends, Role::Agency),
    ("部门", Part::Ends, Role::Agency),
    ("主体", Part::Ends, Role::Agency),
    ("行为", Part::Ends, Role::Violation),
    ("事项", Part::Ends, Role::Title),
    ("事项名称", Part::Ends, Role::Title),
];

/// A heading without blanks, without brackets and what stands in them, without signs at its ends. A heading that is
/// all in brackets keeps its words.
#[must_use]
pub fn bare(heading: &str) -> String {
    let mut depth = 0_u32;
    let mut outside = String::new();
    let mut all = String::new();
    for c in heading.chars().filter(|c| !c.is_whitespace() && !super::super::grid::is_invisible(*c)) {
        match c {
            '（' | '(' | '[' | '【' | '〔' | '［' | '｛' | '{' => depth += 1,
            '）' | ')' | ']' | '】' | '〕' | '］' | '｝' | '}' => depth = depth.saturating_sub(1),
            _ => {
                all.push(c);
                if depth == 0 {
                    outside.push(c);
                }
            }
        }
    }
    let words = if outside.is_empty() { all } else { outside };
    let joined: String =
        words.chars().filter(|c| !matches!(c, '、' | '/' | '／' | '・' | '·' | '“' | '”' | '"')).collect();
    joined.trim_matches(|c: char| matches!(c, ':' | '：' | '*' | '＊' | '.' | '。' | ',' | '，' | '-' | '_')).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_say_their_role() {
        for (heading, role) in [
            ("序 号", Role::Code),
            ("设定依据(仅条款号,原文全文见来源)", Role::Basis),
            ("违法\n行为", Role::Violation),
            ("处罚种类及幅度", Role::Band),
            ("法律、法规、规章名称", Role::Source),
            ("违法行为种类", Role::Violation),
            ("【适用条件】", Role::Condition),
            ("罚款默认值（指导基准）", Role::FineDefault),
            ("违法规定(仅条款号)", Role::Duty),
            ("检查频次", Role::Field("frequency")),
            ("申请材料", Role::Field("materials")),
            ("基准档次", Role::Tier),
            ("tier", Role::Tier),
            ("detention_low", Role::DetentionLow),
        ] {
            assert_eq!(Role::read(heading).first().map(|(role, _)| *role), Some(role), "{heading}");
        }
        assert!(Role::read("（仅供参考）的一列").is_empty());
    }

    #[test]
    fn every_id_names_one_role() {
        for role in Role::all() {
            assert_eq!(Role::from_id(role.id()), Some(role));
        }
    }
}
