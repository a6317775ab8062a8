//! The steps of the procedure (S4.3) and their order.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

crate::terms! {
    /// A step of the procedure. Approval and publication come from their own verbs.
    pub enum Step {
        /// 评估论证.
        Evaluation = "evaluation", "评估论证", "evaluation";
        /// 公开征求意见.
        Comment = "comment", "公开征求意见", "public comment";
        /// 合法性审核.
        Legality = "legality", "合法性审核", "legality review";
        /// 集体审议.
        Decision = "decision", "集体审议", "collective decision";
        /// 印发执法人员.
        Distribution = "distribution", "印发", "distribution";
        /// 备案.
        Filing = "filing", "备案", "filing";
    }
}

/// The steps that must stand before publication, in their order (S4.3).
pub const BEFORE_PUBLICATION: &[Step] = &[Step::Evaluation, Step::Comment, Step::Legality, Step::Decision];

/// A recorded step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepRecord {
    /// Which step.
    pub step: Step,
    /// Its day; of a public comment its last day.
    pub on: NaiveDate,
    /// First day of a public comment.
    pub from: Option<NaiveDate>,
    /// Document number, may be empty.
    pub number: String,
    /// Result or note, may be empty.
    pub note: String,
}

/// Steps out of order: `later` is dated before `earlier`, which must come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutOfOrder {
    /// The step that must come first.
    pub earlier: Step,
    /// The step that is dated before it.
    pub later: Step,
}

/// The steps that are missing for publication.
#[must_use]
pub fn missing(steps: &[StepRecord]) -> Vec<Step> {
    BEFORE_PUBLICATION.iter().copied().filter(|step| !steps.iter().any(|record| record.step == *step)).collect()
}

/// The first pair of steps out of order; equal days are allowed. `steps` stand in the order in which they were
/// recorded: of a step recorded anew the last record counts.
#[must_use]
pub fn out_of_order(steps: &[StepRecord]) -> Option<OutOfOrder> {
    let day = |step: Step| steps.iter().rev().find(|record| record.step == step).map(|record| record.on);
    BEFORE_PUBLICATION.iter().zip(BEFORE_PUBLICATION.iter().skip(1)).find_map(|(earlier, later)| {
        (day(*later)? < day(*earlier)?).then_some(OutOfOrder { earlier: *earlier, later: *later })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(step: Step, day: u32) -> StepRecord {
        let on = NaiveDate::from_ymd_opt(2023, 9, day).unwrap();
        StepRecord { step, on, from: None, number: String::new(), note: String::new() }
    }

    #[test]
    fn order_and_completeness() {
        let steps = [record(Step::Evaluation, 1), record(Step::Comment, 1), record(Step::Legality, 5)];
        assert_eq!(missing(&steps), [Step::Decision]);
        assert_eq!(out_of_order(&steps), None);
        let steps = [record(Step::Evaluation, 3), record(Step::Comment, 1)];
        assert_eq!(out_of_order(&steps), Some(OutOfOrder { earlier: Step::Evaluation, later: Step::Comment }));
        let mended = [steps.as_slice(), &[record(Step::Evaluation, 1)]].concat();
        assert_eq!(out_of_order(&mended), None);
    }
}
