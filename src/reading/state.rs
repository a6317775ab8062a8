//! What is in force while a clause is read: up to the next ； or 。, and within one phrase.

use super::Flaw;
use super::amount::Pending;
use super::quantity::Bound;
use super::words::Tok;
use crate::domain::measure::{Party, Trigger};

/// A place in the text as given, in characters and in bytes; it only moves on, so that all triggers together cost one pass.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Cursor {
    pub(super) place: usize,
    pub(super) byte: usize,
}

/// What holds up to the next ； or 。.
#[derive(Debug, Clone, Default)]
pub(super) struct Segment {
    pub(super) trigger: Option<Trigger>,
    /// Characters of phrases that open a condition and have not closed it with 的.
    pub(super) opening: Option<(usize, usize)>,
    pub(super) party: Seen,
    /// A fine has been read in the segment.
    pub(super) fined: bool,
    pub(super) may: May,
    /// Tokens of 依照, 按照 … whose 处罚 has not come yet.
    pub(super) reference: Option<usize>,
    /// What the last phrase left over: amounts and a rate whose verb may stand behind the comma.
    pub(super) left: Vec<Pending>,
    pub(super) rates: Vec<(usize, usize)>,
    /// 罚款 before a colon, whose amount comes behind it.
    pub(super) noun: Option<usize>,
    /// The tokens behind 按照 of the phrase before: a base that stands apart.
    pub(super) apart_base: Option<(usize, usize)>,
}

/// The party in force and where it came from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    pub(super) party: Party,
    /// The token of 对, where the party is its object.
    pub(super) object: Option<usize>,
    /// The segment holds fines for others before it, or several objects of 对.
    pub(super) several: bool,
    /// A measure has been read for it.
    pub(super) used: bool,
}

impl Default for Seen {
    fn default() -> Self {
        Self { party: Party::Unspecified, object: None, several: false, used: false }
    }
}

/// How far a 可以 has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum May {
    #[default]
    None,
    /// It waits for its predicate: `before_object` where 对 follows it, `bridges` where it may stand behind a comma
    /// (「可以根据情节轻重，处……」).
    Waiting { before_object: bool, bridges: bool },
    /// It has one; others of the same phrase share it.
    Used { before_object: bool },
}

/// Whether the amounts and measures of a phrase are imposed or only spoken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Tone {
    /// They are imposed.
    #[default]
    Imposing,
    /// The phrase tells steps or surcharges (每增加一……增加……): its amounts are no fines.
    Stepping,
    /// The phrase tells what has been done (受到罚款处罚).
    Past,
}

/// What holds within one phrase.
#[derive(Debug, Default)]
pub(super) struct InPhrase {
    /// Tokens from..to.
    pub(super) from: usize,
    pub(super) to: usize,
    /// The punctuation behind it.
    pub(super) after: Option<Tok>,
    /// The verb that governs the next amount.
    pub(super) verb: Option<usize>,
    /// Where the base of the next amount may begin.
    pub(super) anchor: usize,
    /// Characters of measure words that wait for their amount.
    pub(super) rates: Vec<(usize, usize)>,
    /// Amounts that wait for their 罚款.
    pub(super) pending: Vec<Pending>,
    /// 罚款 that waits for its amount.
    pub(super) noun: Option<usize>,
    /// 不超过 or 最高 that stands before the base or the verb.
    pub(super) ahead: Option<Bound>,
    pub(super) tone: Tone,
    /// The sentence names a court.
    pub(super) court: bool,
    /// 按照 has opened the words of an amount.
    pub(super) measured: bool,
    /// Words of an amount that could not be read.
    pub(super) junk: Option<(usize, usize)>,
    /// Flaws that count only once there is a fine.
    pub(super) flaws: Vec<Flaw>,
    /// Behind the last measure or verb of the chain.
    pub(super) chain: usize,
    /// 由 has opened, and its verb has not come: 「由公安机关警告」.
    pub(super) agency: bool,
    /// The token of 责令, which orders all that follows it in the phrase.
    pub(super) ordered: Option<usize>,
    /// The token of 下列, which announces a list.
    pub(super) following: Option<usize>,
    /// The token of 对, where its verb stands in the phrase.
    pub(super) object: Option<usize>,
    /// The token of 对 while no measure has been read for it: the next one's words begin there.
    pub(super) lead: Option<usize>,
    /// The party that the phrase itself names.
    pub(super) named: Option<Party>,
    /// A party named right behind the verb (「处单位……」), for that amount alone.
    pub(super) struck: Option<Party>,
}
