//! A baseline as it is given out: with what its words tell put in, and with what of them cannot be read.

use crate::checks::describe;
pub use crate::checks::{filled, told_after};
use crate::domain::baseline::{Band, Baseline, Tier};
use crate::domain::kind::Kind;
use crate::domain::label::Lang;
use crate::domain::measure::{Measure, Party, Span, words_at};
use crate::i18n::{Term, Text};
use crate::reading::{Code, Reading, read_by};

/// Words of a baseline that cannot be read as they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// The ladder and the tier, from 0; nothing for the words of the law.
    pub tier: Option<(usize, usize)>,
    /// The field that the words stand in.
    pub field: &'static str,
    /// The words.
    pub words: String,
    /// Where they stand in it.
    pub span: Span,
    code: Code,
}

impl Unread {
    /// The code of the check that finds it.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.code.id()
    }

    /// What is wrong and what to do.
    #[must_use]
    pub const fn say(&self, lang: Lang) -> &'static str {
        self.code.say(lang)
    }
}

/// What of a baseline's words cannot be read: of its standards, and of the words of its band. What was corrected by
/// hand need not be read.
#[must_use]
pub fn unread(baseline: &Baseline) -> Vec<Unread> {
    let mut found = Vec::new();
    if baseline.kind != Kind::Penalty {
        return found;
    }
    let mut tell = |words: &str, reading: &Reading, tier: Option<(usize, usize)>, field: &'static str| {
        found.extend(reading.problems.iter().map(|problem| Unread {
            tier,
            field,
            words: words_at(words, problem.span),
            span: problem.span,
            code: problem.code,
        }));
    };
    if baseline.bands.is_empty() {
        let words = baseline.text("band");
        tell(words, &read_by(words, &baseline.conventions), None, "band");
    }
    for (at, ladder) in baseline.ladders.iter().enumerate() {
        for (place, tier) in ladder.tiers.iter().enumerate() {
            let reading = read_by(&tier.standard, &baseline.conventions);
            if !tier.is_corrected(&reading.measures) {
                tell(&tier.standard, &reading, Some((at, place)), "standard");
            }
        }
    }
    found
}

/// What a tier comes to, in one line: as it was read, or as it was corrected by hand. Nothing for a tier without words.
#[must_use]
pub fn say_tier(baseline: &Baseline, tier: &Tier, lang: Lang) -> Option<String> {
    let reading = read_by(&tier.standard, &baseline.conventions);
    let corrected = tier.is_corrected(&reading.measures);
    if tier.standard.trim().is_empty() && !corrected {
        return None;
    }
    let measures = if corrected { &tier.measures } else { &reading.measures };
    let head =
        if corrected { Text::new("更正为：", "corrected to: ") } else { Text::new("读作：", "read as: ") };
    let what = if measures.is_empty() {
        Text::new("没有读出处罚", "no measure").say(lang).to_owned()
    } else {
        say_measures(measures, lang)
    };
    Some(format!("{}{what}", head.say(lang)))
}

/// Measures in a few words, each once.
#[must_use]
pub fn say_measures(measures: &[Measure], lang: Lang) -> String {
    let mut said: Vec<String> = Vec::new();
    for words in measures.iter().map(|measure| describe(measure, lang)) {
        if !said.contains(&words) {
            said.push(words);
        }
    }
    said.join(Text::new("；", "; ").say(lang))
}

/// A band in a few words: in which case, for whom, what.
#[must_use]
pub fn say_band(band: &Band, lang: Lang) -> String {
    // What holds for the whole band is not said of each measure again.
    let plain = |measure: &Measure| Measure {
        party: if measure.party == band.party { Party::Unspecified } else { measure.party },
        trigger: measure.trigger.clone().filter(|trigger| trigger.text != band.trigger),
        ..measure.clone()
    };
    let party = (band.party != Party::Unspecified).then(|| band.party.label().say(lang));
    let trigger = Some(band.trigger.as_str()).filter(|words| !words.is_empty());
    let head: Vec<&str> = trigger.into_iter().chain(party).collect();
    let what = say_measures(&band.measures.iter().map(plain).collect::<Vec<_>>(), lang);
    let what = if what.is_empty() { band.text.clone() } else { what };
    let colon = if head.is_empty() { "" } else { Text::new("：", ": ").say(lang) };
    format!("{}{colon}{what}", head.join(Text::new("，", ", ").say(lang)))
}
