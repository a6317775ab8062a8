//! The one registry of checks. Documentation, `explain`, SARIF rules, the README's table and the severities derive from
//! it; a check that does not stand here cannot report anything.

mod amounts;
mod elements;
mod law;
mod tiers;

use crate::domain::label::{Term, Text};

crate::terms! {
    /// How much a finding weighs.
    pub enum Severity {
        /// Blocks submission.
        Error = "error", "错误", "error";
        /// Must be answered in words.
        Warning = "warning", "警告", "warning";
        /// Informs.
        Note = "note", "提示", "note";
    }
}

crate::terms! {
    /// What a group of checks looks at.
    pub enum Family {
        /// Whether every element is there.
        Elements = "E", "要素", "elements";
        /// Whether the words of an amount can be read.
        Reading = "R", "读数", "reading";
        /// Whether the tiers fit one another.
        Tiers = "T", "阶次", "tiers";
        /// Whether the tiers keep to the law.
        Law = "L", "法定幅度", "law";
        /// Whether the weights add up.
        Weights = "W", "权重", "weights";
        /// Whether the procedure was kept.
        Procedure = "P", "程序", "procedure";
        /// Whether it is still valid.
        Validity = "V", "时效", "validity";
    }
}

crate::terms! {
    /// The checks, each with what it finds.
    pub enum Code {
        /// No violation.
        E01 = "E01", "没有写违法行为", "no violation";
        /// No legal basis.
        E02 = "E02", "没有写法定依据", "no legal basis";
        /// No tiers.
        E03 = "E03", "没有裁量阶次", "no tiers";
        /// A tier without condition.
        E04 = "E04", "阶次没有适用条件", "a tier without condition";
        /// A tier without standard.
        E05 = "E05", "阶次没有裁量标准", "a tier without standard";
        /// Circumstances not all told.
        E06 = "E06", "轻微、较轻、较重、严重情形没有写全", "the circumstances minor, lighter, heavier, severe are not all told";
        /// Bands of the fine not told.
        E07 = "E07", "罚款没有写明从轻、一般、从重档次", "the lenient, ordinary, aggravated bands of the fine are not told";
        /// Compulsion: an element is missing.
        E11 = "E11", "行政强制基准缺少要素", "an element of a compulsion baseline is missing";
        /// Inspection: an element is missing.
        E12 = "E12", "行政检查基准缺少要素", "an element of an inspection baseline is missing";
        /// Reward: an element is missing.
        E13 = "E13", "行政奖励基准缺少要素", "an element of a reward baseline is missing";
        /// Confirmation: an element is missing.
        E14 = "E14", "行政确认基准缺少要素", "an element of a confirmation baseline is missing";
        /// Licence: an element is missing.
        E15 = "E15", "行政许可基准缺少要素", "an element of a licence baseline is missing";
        /// Levy: an element is missing.
        E16 = "E16", "行政征收征用基准缺少要素", "an element of a levy baseline is missing";
        /// Grant: an element is missing.
        E17 = "E17", "行政给付基准缺少要素", "an element of a grant baseline is missing";
        /// An amount that cannot be read.
        R01 = "R01", "数额读不出来", "an amount that cannot be read";
        /// Two upper or two lower words.
        R02 = "R02", "区间用了两个“以上”或者两个“以下”", "a range with two upper or two lower words";
        /// A unit missing on one side.
        R03 = "R03", "数额一侧缺少单位", "a unit missing on one side";
        /// A numeral that dropped its unit.
        R04 = "R04", "数字漏写了“万”“千”等单位", "a numeral that dropped its unit";
        /// A multiple or percentage without its base.
        R05 = "R05", "倍数或者百分比没有基数", "a multiple or percentage without its base";
        /// Doubled or stray words.
        R06 = "R06", "有重复或者多余的字", "doubled or stray words";
        /// A range not closed.
        R07 = "R07", "区间没有写完", "a range not closed";
        /// A gap between neighbouring tiers.
        T01 = "T01", "相邻阶次之间有空档", "a gap between neighbouring tiers";
        /// Tiers overlap.
        T02 = "T02", "相邻阶次的幅度重叠", "neighbouring tiers overlap inside their ranges";
        /// Low above high.
        T03 = "T03", "下限高于上限", "low above high";
        /// A heavier tier with a lighter fine.
        T04 = "T04", "较重的阶次罚得反而轻", "a heavier tier with a lighter fine";
        /// The same condition in two tiers.
        T05 = "T05", "两个阶次的适用条件相同", "the same condition in two tiers";
        /// Same amounts, different conditions.
        T06 = "T06", "条件不同，幅度相同", "same amounts under different conditions";
        /// A shared endpoint.
        T07 = "T07", "相邻阶次的端点相同且都含本数", "neighbours share an endpoint and both include it";
        /// Tier numbers repeated or skipped.
        T08 = "T08", "阶次编号重复或者跳号", "tier numbers repeated or skipped";
        /// Ladders of different lengths.
        T09 = "T09", "单位与责任人员的阶次数不同", "the unit's ladder and the person's have different lengths";
        /// Numeric conditions do not meet.
        T10 = "T10", "相邻阶次的数量条件有空档或者重叠", "numeric conditions of neighbouring tiers leave a gap or overlap";
        /// One tier number over two standards.
        T11 = "T11", "一个阶次编号下有两个裁量标准", "one tier number over two different standards";
        /// Above the band.
        L01 = "L01", "高于法定上限", "above the band's maximum";
        /// Below the band.
        L02 = "L02", "低于法定下限，又没有标明减轻", "below the band's minimum without being marked mitigated";
        /// The band is not fully used.
        L03 = "L03", "法定幅度没有用足", "the band is not fully used";
        /// No band could be read.
        L04 = "L04", "从法定依据读不出处罚幅度", "no band could be read from the legal basis";
        /// A penalty that the source may not set.
        L05 = "L05", "该位阶的法源无权设定这种处罚", "a penalty that this rank of source may not set";
        /// A measure that the basis does not name.
        L06 = "L06", "法定依据没有规定这种处罚", "a measure that the legal basis does not name";
        /// The source was amended after the baseline's date.
        L07 = "L07", "法源在基准之后作了修改", "the source was amended after the baseline's date";
        /// Weights do not total 100 %.
        W01 = "W01", "权重合计不是100%，又没有写明封顶", "weights do not total 100 % and no cap is told";
        /// Starting point below the minimum.
        W02 = "W02", "裁量起点算出的罚款低于法定下限", "the starting point comes to less than the minimum";
        /// A procedure step is missing.
        P01 = "P01", "制定程序不全", "a procedure step is missing";
        /// Steps out of order.
        P02 = "P02", "制定程序先后颠倒", "steps are out of order";
        /// Comment period too short.
        P03 = "P03", "征求意见的时间短于规定", "the comment period is shorter than the setting";
        /// Published without number or date.
        P04 = "P04", "公布缺少文号或者日期", "published without number or date";
        /// Validity has lapsed or lapses soon.
        V01 = "V01", "有效期已过或者将满", "validity has lapsed or lapses within 90 days";
    }
}

/// When a check speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    /// Straight on a file, without a register.
    File,
    /// In the register: while it is written, in batch, at submission.
    Register,
    /// Once it is approved or published.
    Publication,
}

/// The gates of most checks.
pub const EVERYWHERE: &[Gate] = &[Gate::File, Gate::Register, Gate::Publication];
/// The gates of what only a register knows.
pub const IN_REGISTER: &[Gate] = &[Gate::Register, Gate::Publication];
/// The gate of the procedure.
pub const AT_PUBLICATION: &[Gate] = &[Gate::Publication];

/// One check as it stands in the registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Check {
    /// Its code.
    pub code: Code,
    /// How much its findings weigh.
    pub severity: Severity,
    /// When it speaks.
    pub gates: &'static [Gate],
    /// The clause that it rests on.
    pub clause: &'static str,
    /// What a finding says behind its place; `{0}`, `{1}` … stand for its details.
    pub sentence: Text,
    /// Why it is a defect and what to do.
    pub explanation: Text,
    /// An example with the defect.
    pub wrong: &'static str,
    /// The same, mended.
    pub right: &'static str,
}

/// The clauses that checks rest on, as the document numbers them: 《关于统筹推进行政裁量权基准制定和管理工作的实施意见》,
/// 连政办发〔2023〕38号.
const CLAUSES: &[(&str, Text)] = &[
    ("S1.1.1", Text::new("实施意见一（一）1 行政处罚", "the city's opinions, I (1) 1, penalties")),
    ("S1.1.2", Text::new("实施意见一（一）2 行政强制", "the city's opinions, I (1) 2, compulsion")),
    ("S1.1.3", Text::new("实施意见一（一）3 行政检查", "the city's opinions, I (1) 3, inspection")),
    ("S1.1.4", Text::new("实施意见一（一）4 行政奖励", "the city's opinions, I (1) 4, reward")),
    ("S1.1.5", Text::new("实施意见一（一）5 行政确认", "the city's opinions, I (1) 5, confirmation")),
    ("S1.3", Text::new("实施意见一（三） 调整", "the city's opinions, I (3), adjustment")),
    ("S4.1", Text::new("实施意见四（一） 法定范围", "the city's opinions, IV (1), within the law")),
    ("S4.3", Text::new("实施意见四（三） 程序", "the city's opinions, IV (3), procedure")),
];

impl Check {
    /// The clause that it rests on in words that lead to it; data carry its id.
    #[must_use]
    pub fn basis(&self) -> Text {
        let found = CLAUSES.iter().find(|(id, _)| *id == self.clause);
        found.map_or(Text::new(self.clause, self.clause), |(_, words)| *words)
    }

    /// What stands before the example that it speaks of, and before the one that it does not: a note finds no mistake.
    #[must_use]
    pub const fn labels_of_examples(&self) -> [Text; 2] {
        match self.severity {
            Severity::Note => [Text::new("提示", "told"), Text::new("不提示", "not told")],
            Severity::Error | Severity::Warning => [Text::new("错", "wrong"), Text::new("对", "right")],
        }
    }
}

/// Every check, in the order of [`Code`].
pub fn checks() -> impl Iterator<Item = &'static Check> {
    FAMILIES.iter().flat_map(|checks| checks.iter())
}

/// The families in the order of [`Code`].
const FAMILIES: &[&[Check]] =
    &[elements::CHECKS, amounts::READING, tiers::CHECKS, law::LAW, amounts::WEIGHTS, law::PROCEDURE];

impl Code {
    /// The check with this code.
    #[must_use]
    pub fn check(self) -> &'static Check {
        // A test holds that the table follows the order of the codes, so that the place is the number.
        checks().nth(self as usize).unwrap_or(&elements::FIRST)
    }

    /// What it looks at.
    #[must_use]
    pub fn family(self) -> Family {
        Family::ALL.iter().copied().find(|family| self.id().starts_with(family.id())).unwrap_or(Family::Elements)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_follows_the_order_of_the_codes() {
        let codes: Vec<Code> = checks().map(|check| check.code).collect();
        assert_eq!(codes, Code::ALL);
        for code in Code::ALL {
            assert_eq!(code.check().code, *code);
        }
    }

    #[test]
    fn every_check_says_everything_in_both_languages() {
        for check in checks() {
            for text in [check.sentence, check.explanation, check.code.label()] {
                assert!(!text.zh.is_empty() && !text.en.is_empty(), "{}", check.code.id());
            }
            assert!(check.sentence.zh.ends_with('。') && check.sentence.en.ends_with('.'), "{}", check.code.id());
            assert_ne!(check.wrong, check.right);
            assert!(!check.gates.is_empty() && CLAUSES.iter().any(|(id, _)| *id == check.clause), "{}", check.clause);
        }
    }
}
