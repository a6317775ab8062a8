//! What an interface asks of the register, as data.

use std::path::PathBuf;
use std::sync::Arc;

use crate::domain::baseline::Baseline;
use crate::domain::filter::Filter;
use crate::domain::ids::{AgencyId, ItemId};
use crate::domain::item::ItemText;
use crate::domain::kind::Kind;
use crate::domain::label::Lang;
use crate::service::{Arrangement, Checker, ImportOptions, Kept, Mapping, Overwrite, Run, Verb, Which, Window};

/// A question or an act.
#[derive(Debug, Clone)]
pub enum Ask {
    /// Counts for the overview.
    Overview,
    /// Drafted and published, day by day.
    Progress,
    /// A window of items.
    Items(Window),
    /// How many items a filter finds.
    CountItems(Filter),
    /// An item whole, for the preview.
    Preview(ItemId),
    /// An item whole, with the draft kept of it, for editing.
    Item(ItemId),
    /// What is needed to check an item while it is written.
    Checker(ItemId),
    /// Checks a draft that is too long to be checked between two keys.
    Check {
        /// With what.
        checker: Arc<Checker>,
        /// What is written of the item.
        text: Box<ItemText>,
        /// The draft.
        baseline: Box<Baseline>,
    },
    /// Items whose baselines may serve as a model.
    Models {
        /// Of which kind.
        kind: Kind,
        /// Those of this agency come first.
        near: AgencyId,
        /// Words that they match.
        words: String,
    },
    /// A window of duties.
    Duties(Window),
    /// How many duties a filter finds.
    CountDuties(Filter),
    /// Open duties by due day.
    DueDays,
    /// Every source.
    Sources,
    /// One source with its coverage, by its title.
    Source(String),
    /// Tries a file, or takes it in.
    Import {
        /// The file.
        path: PathBuf,
        /// How.
        options: Box<ImportOptions>,
    },
    /// How the beginning of a file's name goes on.
    Complete(String),
    /// The mappings of columns saved for an agency.
    Mappings(String),
    /// Saves a mapping of columns.
    SaveMapping {
        /// For which agency.
        agency: String,
        /// Under which name.
        name: String,
        /// What it says.
        mapping: Box<Mapping>,
    },
    /// Keeps an unsaved draft.
    KeepDraft {
        /// Of which item.
        item: ItemId,
        /// The draft; `None` throws away what was kept.
        draft: Option<Box<Kept>>,
    },
    /// Saves the content of a baseline.
    Save {
        /// Of which item.
        item: ItemId,
        /// The content.
        baseline: Box<Baseline>,
        /// The revision that the writer had before the eyes.
        seen: i64,
    },
    /// Answers a finding in words.
    Answer {
        /// Of which item.
        item: ItemId,
        /// Which finding.
        which: Box<Which>,
        /// The words; none withdraw the answer.
        text: String,
    },
    /// An act on one item.
    Act {
        /// Which item.
        item: ItemId,
        /// What.
        act: Act,
        /// Why, where a reason is needed.
        reason: String,
    },
    /// Tries a verb on many records, or does it.
    Many {
        /// What.
        verb: Verb,
        /// To what.
        filter: Filter,
        /// Tried or done.
        run: Run,
    },
    /// Writes items to a file.
    Export {
        /// The file; its ending tells the form.
        path: PathBuf,
        /// Which items.
        filter: Filter,
        /// The language of the headings.
        lang: Lang,
        /// What becomes of a file that stands there.
        overwrite: Overwrite,
    },
    /// How the account at work likes its lists.
    Arrangement,
    /// Keeps it.
    KeepArrangement(Box<Arrangement>),
    /// Says why no item rests on an article.
    Explain {
        /// Title of the source.
        source: String,
        /// The article.
        article: String,
        /// Why.
        reason: String,
    },
}

/// What can be done to an item here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// The agency confirms it.
    Verify,
    /// The agency disputes it.
    Dispute,
    /// The draft is ready for the legal officer.
    Ready,
    /// The draft goes to the bureau.
    Submit,
    /// A new version begins.
    Revise,
}

impl Ask {
    /// Whether it only asks: it may be called off and asked again.
    #[must_use]
    pub const fn is_question(&self) -> bool {
        match self {
            Self::Overview
            | Self::Progress
            | Self::Items(_)
            | Self::CountItems(_)
            | Self::Preview(_)
            | Self::Item(_)
            | Self::Checker(_)
            | Self::Check { .. }
            | Self::Models { .. }
            | Self::Duties(_)
            | Self::CountDuties(_)
            | Self::DueDays
            | Self::Sources
            | Self::Source(_)
            | Self::Complete(_)
            | Self::Mappings(_)
            | Self::Arrangement => true,
            Self::Import { .. }
            | Self::SaveMapping { .. }
            | Self::KeepDraft { .. }
            | Self::Save { .. }
            | Self::Answer { .. }
            | Self::Act { .. }
            | Self::Many { .. }
            | Self::Export { .. }
            | Self::KeepArrangement(_)
            | Self::Explain { .. } => false,
        }
    }

    /// Whether it is called off when the program ends: a question, a trial, or a file taken in or written, which is
    /// then not written at all.
    #[must_use]
    pub const fn may_be_left(&self) -> bool {
        self.is_question()
            || matches!(self, Self::Import { .. } | Self::Export { .. } | Self::Many { run: Run::Try, .. })
    }

    /// Whether it gives way to any other: a count, a picture. It is taken up again afterwards.
    #[must_use]
    pub const fn gives_way(&self) -> bool {
        matches!(self, Self::Progress | Self::CountItems(_) | Self::CountDuties(_))
    }

    /// Whether it makes one needless that still waits: the newest question of a kind, the newest draft of an item.
    #[must_use]
    pub fn makes_needless(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::KeepDraft { item: one, .. }, Self::KeepDraft { item: two, .. }) => one == two,
            _ => self.is_question() && std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }
}
