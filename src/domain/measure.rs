//! Measures: what the words of a standard or of a penalty clause come to.

use rust_decimal::Decimal;
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

crate::terms! {
    /// What a measure does.
    pub enum MeasureKind {
        /// 罚款.
        Fine = "fine", "罚款", "fine";
        /// 警告.
        Warning = "warning", "警告", "warning";
        /// 通报批评.
        Criticism = "criticism", "通报批评", "circulated criticism";
        /// 没收违法所得.
        ConfiscateGains = "confiscate_gains", "没收违法所得", "confiscation of gains";
        /// 没收非法财物.
        ConfiscateProperty = "confiscate_property", "没收非法财物", "confiscation of property";
        /// 暂扣许可证件.
        SuspendLicence = "suspend_licence", "暂扣许可证件", "suspension of a licence";
        /// 降低资质等级.
        Downgrade = "downgrade", "降低资质等级", "lowering of a qualification";
        /// 吊销许可证件.
        RevokeLicence = "revoke_licence", "吊销许可证件", "revocation of a licence";
        /// 限制开展生产经营活动.
        RestrictBusiness = "restrict_business", "限制开展生产经营活动", "restriction of business";
        /// 责令停产停业.
        OrderSuspend = "order_suspend", "责令停产停业", "order to stop production or business";
        /// 责令关闭.
        OrderClose = "order_close", "责令关闭", "order to close";
        /// 限制从业.
        RestrictEmployment = "restrict_employment", "限制从业", "restriction of employment";
        /// 行政拘留.
        Detention = "detention", "行政拘留", "administrative detention";
        /// 责令改正 and other orders that are no penalty.
        Order = "order", "责令改正", "order";
        /// 不予处罚.
        NoPenalty = "no_penalty", "不予处罚", "no penalty";
        /// 移送.
        Transfer = "transfer", "移送", "transfer";
        /// 依照……规定处罚.
        CrossReference = "cross_reference", "依照其他规定处罚", "cross-reference";
    }
}

crate::terms! {
    /// Whom a measure strikes.
    pub enum Party {
        /// The words do not say.
        Unspecified = "unspecified", "未指明", "unspecified";
        /// 单位.
        Unit = "unit", "单位", "unit";
        /// 个人.
        Individual = "individual", "个人", "individual";
        /// 直接负责的主管人员和其他直接责任人员.
        PersonInCharge = "person_in_charge", "责任人员", "person in charge";
    }
}

crate::terms! {
    /// Whether the agency must or may.
    pub enum Force {
        /// 应当, the default.
        Must = "must", "应当", "must";
        /// 可以.
        May = "may", "可以", "may";
    }
}

crate::terms! {
    /// The unit of an amount.
    pub enum Unit {
        /// Yuan.
        Yuan = "yuan", "元", "yuan";
        /// A multiple of the base.
        Times = "times", "倍", "times";
        /// Per cent of the base.
        Percent = "percent", "%", "per cent";
    }
}

/// An amount: a range, a point (both ends equal), a ceiling (no `low`) or a floor (no `high`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amount {
    /// Unit of `low` and `high`.
    pub unit: Unit,
    /// Lower end in that unit.
    pub low: Option<Decimal>,
    /// Upper end in that unit.
    pub high: Option<Decimal>,
    /// Whether the lower end is in the range.
    pub low_inclusive: bool,
    /// Whether the upper end is in the range.
    pub high_inclusive: bool,
    /// What a multiple or percentage is taken of, as written without 的 and 其.
    pub base: Option<String>,
    /// Measure words of a rate, as written: 日, 平方米.
    pub per: Vec<String>,
    /// Upper limit of the outcome, in yuan.
    pub cap: Option<Decimal>,
    /// Lower limit of the outcome, in yuan.
    pub floor: Option<Decimal>,
}

/// Offsets in Unicode scalar values of the text as given, end exclusive.
pub type Span = [usize; 2];

/// The words at a span; what lies outside the text is not there.
#[must_use]
pub fn words_at(text: &str, [start, end]: Span) -> String {
    text.chars().skip(start).take(end.saturating_sub(start)).collect()
}

/// The words under which a measure applies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trigger {
    /// The words.
    pub text: String,
    /// Where they stand.
    pub span: Span,
}

/// How long a detention lasts, in days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Days {
    /// At least.
    pub low: Option<u32>,
    /// At most.
    pub high: Option<u32>,
}

/// One measure read from a text.
///
/// In JSON each kind carries the keys that belong to it and no others: a fine its `amount` (null where none is told),
/// a detention its `days`, a measure on a licence its `object`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Measure {
    /// What it does.
    pub kind: MeasureKind,
    /// Whom it strikes.
    pub party: Party,
    /// Must or may.
    pub force: Force,
    /// When it applies, where the words say.
    pub trigger: Option<Trigger>,
    /// The words it was read from.
    pub span: Span,
    /// The amount of a fine; `None` for a fine without one and for every other kind.
    #[serde(default)]
    pub amount: Option<Amount>,
    /// True for 按日连续处罚: the fine runs on from day to day.
    #[serde(default)]
    pub daily_continuous: bool,
    /// How long a detention lasts.
    #[serde(default, deserialize_with = "told_days")]
    pub days: Option<Days>,
    /// What licence or grade is struck, as written.
    #[serde(default)]
    pub object: Option<String>,
}

impl Measure {
    /// A measure of a kind at a place, for anyone, imperative and unconditional.
    #[must_use]
    pub const fn new(kind: MeasureKind, span: Span) -> Self {
        Self {
            kind,
            party: Party::Unspecified,
            force: Force::Must,
            trigger: None,
            span,
            amount: None,
            daily_continuous: false,
            days: None,
            object: None,
        }
    }
}

/// A detention without a length says so in JSON; it comes back as it went out.
fn told_days<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Days>, D::Error> {
    let days = Option::<Days>::deserialize(from)?;
    Ok(days.filter(|days| days.low.is_some() || days.high.is_some()))
}

impl Serialize for Measure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("kind", &self.kind)?;
        map.serialize_entry("party", &self.party)?;
        map.serialize_entry("force", &self.force)?;
        map.serialize_entry("trigger", &self.trigger)?;
        map.serialize_entry("span", &self.span)?;
        match self.kind {
            MeasureKind::Fine => {
                map.serialize_entry("amount", &self.amount)?;
                if self.daily_continuous {
                    map.serialize_entry("daily_continuous", &true)?;
                }
            }
            MeasureKind::Detention => {
                map.serialize_entry("days", &self.days.unwrap_or(Days { low: None, high: None }))?;
            }
            MeasureKind::SuspendLicence | MeasureKind::Downgrade | MeasureKind::RevokeLicence => {
                map.serialize_entry("object", &self.object)?;
            }
            _ => {}
        }
        map.end()
    }
}
