//! Duties (stub until the clocks are merged).
use chrono::NaiveDate;

crate::terms! {
    /// Rule.
    pub enum DutyRule {
        /// a
        Draft = "draft", "核对并起草", "verify and draft";
        /// a
        Publish = "publish", "公布", "publish";
        /// a
        RegionalTraining = "regional_training", "地区培训", "regional training";
        /// a
        SystemTraining = "system_training", "系统培训", "system training";
        /// a
        Refine = "refine", "细化", "refine";
        /// a
        Adjust = "adjust", "调整", "adjust";
        /// a
        PublishFollowing = "publish_following", "公布细化调整", "publish the refined or adjusted";
        /// a
        Distribute = "distribute", "印发", "distribute";
        /// a
        ProgressReport = "progress_report", "进展报告", "progress report";
        /// a
        AnnualReport = "annual_report", "年度报告", "annual report";
    }
}

/// How a duty ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Closing {
    /// Open
    Open,
    /// Done
    Done(NaiveDate),
    /// Waived
    Waived(NaiveDate),
}
