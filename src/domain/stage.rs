//! The life of a baseline as one table: who may do what in which stage, and why not.

use super::duty::DutyRule;

crate::terms! {
    /// The stage of an item: that of its newest version, or of its verification where it has none.
    pub enum Stage {
        /// Listed by the bureau, or proposed or disputed by the agency.
        Listed = "listed", "待核对", "listed";
        /// Verified; nothing written yet.
        Verified = "verified", "已核对", "verified";
        /// Excluded, with a reason.
        Excluded = "excluded", "已排除", "excluded";
        /// Being written.
        Drafting = "drafting", "起草中", "drafting";
        /// Released by the legal officer, before the bureau.
        Submitted = "submitted", "已报送", "submitted";
        /// Sent back with reasons.
        Returned = "returned", "已退回", "returned";
        /// Accepted by the bureau.
        Accepted = "accepted", "已通过审查", "accepted";
        /// Approved by the government.
        Approved = "approved", "政府已审定", "approved";
        /// Published; in force from its date.
        Published = "published", "已公布", "published";
        /// Followed by a newer published version.
        Superseded = "superseded", "已被替代", "superseded";
        /// Repealed.
        Repealed = "repealed", "已废止", "repealed";
    }
}

crate::terms! {
    /// What can be done to an item or its newest version.
    pub enum Act {
        /// The agency confirms that the item is its own.
        Verify = "verify", "核对确认", "verify";
        /// The agency disputes the item.
        Dispute = "dispute", "提出异议", "dispute";
        /// The bureau takes the item out, with a reason.
        Exclude = "exclude", "排除", "exclude";
        /// The bureau settles a dispute: the item stays with the agency.
        Settle = "settle", "裁定", "settle";
        /// The agency writes.
        Edit = "edit", "编辑", "edit";
        /// The agency answers a finding of the checks in words.
        Answer = "answer", "说明检查发现", "answer a finding";
        /// The clerk marks a draft ready for the legal officer.
        Ready = "ready", "提请法制审核", "mark ready";
        /// The legal officer releases it to the bureau.
        Submit = "submit", "报送", "submit";
        /// The bureau sends it back with reasons.
        Return = "return", "退回", "return";
        /// The bureau accepts it.
        Accept = "accept", "审查通过", "accept";
        /// The government's approval is recorded.
        Approve = "approve", "政府审定", "approve";
        /// An accepted or approved version goes back to drafting; the acceptance is void.
        Reopen = "reopen", "撤回重改", "reopen";
        /// It is published.
        Publish = "publish", "公布", "publish";
        /// A new version starts from a published one.
        Revise = "revise", "启动修订", "revise";
        /// A published version is repealed.
        Repeal = "repeal", "废止", "repeal";
    }
}

crate::terms! {
    /// A role of an account.
    pub enum Role {
        /// 录入员.
        Clerk = "clerk", "录入员", "clerk";
        /// 法制审核员.
        LegalOfficer = "legal_officer", "法制审核员", "legal officer";
        /// 司法局审查员.
        Reviewer = "reviewer", "司法局审查员", "bureau reviewer";
        /// 管理员.
        Administrator = "administrator", "管理员", "administrator";
    }
}

/// One row of the table: in `from`, `role` may do `act`, which leads to `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transition {
    /// The act.
    pub act: Act,
    /// Stages in which it may be done.
    pub from: &'static [Stage],
    /// The stage after it; `None` leaves the stage as it is.
    pub to: Option<Stage>,
    /// The role that does it.
    pub role: Role,
    /// Whether reasons must be given.
    pub reason: bool,
}

use Stage::{Accepted, Approved, Drafting, Excluded, Listed, Published, Repealed, Returned, Submitted, Verified};

const fn row(act: Act, from: &'static [Stage], to: Option<Stage>, role: Role, reason: bool) -> Transition {
    Transition { act, from, to, role, reason }
}

/// The whole table (S2.1, S4.3). Everything that is not in it is refused.
pub const TRANSITIONS: &[Transition] = &[
    row(Act::Verify, &[Listed], Some(Verified), Role::Clerk, false),
    row(Act::Dispute, &[Listed, Verified], Some(Listed), Role::Clerk, true),
    row(Act::Settle, &[Listed], Some(Verified), Role::Reviewer, true),
    row(Act::Exclude, &[Listed, Verified, Drafting, Returned], Some(Excluded), Role::Reviewer, true),
    row(Act::Edit, &[Verified, Drafting, Returned], Some(Drafting), Role::Clerk, false),
    row(Act::Answer, &[Drafting, Returned, Published], None, Role::Clerk, false),
    row(Act::Ready, &[Drafting, Returned], Some(Drafting), Role::Clerk, false),
    row(Act::Submit, &[Drafting, Returned], Some(Submitted), Role::LegalOfficer, false),
    row(Act::Return, &[Submitted, Accepted], Some(Returned), Role::Reviewer, true),
    row(Act::Accept, &[Submitted], Some(Accepted), Role::Reviewer, false),
    row(Act::Approve, &[Accepted], Some(Approved), Role::Reviewer, false),
    row(Act::Reopen, &[Accepted, Approved], Some(Drafting), Role::Reviewer, true),
    row(Act::Publish, &[Approved], Some(Published), Role::Reviewer, false),
    row(Act::Revise, &[Published, Repealed], Some(Drafting), Role::Clerk, false),
    row(Act::Repeal, &[Published], Some(Repealed), Role::Reviewer, true),
];

/// Why an act was refused by the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StageRefusal {
    /// The act has no place in this stage; `allowed` are the stages that take it.
    WrongStage {
        /// What was tried.
        act: Act,
        /// Where the item stands.
        stage: Stage,
        /// Where it would have to stand.
        allowed: &'static [Stage],
    },
    /// The act needs reasons in words.
    ReasonMissing {
        /// What was tried.
        act: Act,
    },
}

/// The row for an act in a stage.
pub fn decide(act: Act, stage: Stage, reason: &str) -> Result<&'static Transition, StageRefusal> {
    let mut allowed: &'static [Stage] = &[];
    for transition in TRANSITIONS.iter().filter(|row| row.act == act) {
        if transition.from.contains(&stage) {
            return if transition.reason && reason.trim().is_empty() {
                Err(StageRefusal::ReasonMissing { act })
            } else {
                Ok(transition)
            };
        }
        allowed = transition.from;
    }
    Err(StageRefusal::WrongStage { act, stage, allowed })
}

impl Stage {
    /// True once the legal officer has released the newest version: the drafting duty is done (section 5).
    #[must_use]
    pub const fn is_submitted(self) -> bool {
        matches!(self, Submitted | Accepted | Approved | Published)
    }

    /// True while the newest version can be written to.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Drafting | Returned)
    }

    /// Whether work on a duty has begun once an item stands in this stage: «on track» instead of «not started».
    #[must_use]
    pub const fn has_begun(self, rule: DutyRule) -> bool {
        match rule {
            DutyRule::Draft => !matches!(self, Listed | Excluded),
            DutyRule::Publish => self.is_submitted(),
            DutyRule::Refine | DutyRule::Adjust => self.is_open(),
            _ => false,
        }
    }

    /// True when the stage is that of a version, false when it is that of the verification.
    #[must_use]
    pub const fn has_version(self) -> bool {
        !matches!(self, Listed | Verified | Excluded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::label::Term;

    #[test]
    fn every_act_has_one_row_and_every_pair_is_decided() {
        for act in Act::ALL {
            assert_eq!(TRANSITIONS.iter().filter(|row| row.act == *act).count(), 1, "{}", act.id());
            for stage in Stage::ALL {
                let row = TRANSITIONS.iter().find(|row| row.act == *act).unwrap();
                assert_eq!(decide(*act, *stage, "because").is_ok(), row.from.contains(stage));
                assert_eq!(decide(*act, *stage, " ").is_ok(), row.from.contains(stage) && !row.reason);
            }
        }
    }

    #[test]
    fn what_is_published_or_submitted_is_never_edited() {
        for stage in [Submitted, Accepted, Approved, Published, Repealed, Excluded] {
            assert!(decide(Act::Edit, stage, "").is_err());
        }
    }
}
