//! What an update changes, part by part: what stood there, and what stands there now.

use crate::domain::baseline::{Answer, Band, Baseline, Conventions, Ladder, Tier};
use crate::domain::item::{Citation, ItemText};
use crate::domain::measure::Measure;
use crate::exchange::report::ChangeLine;
use crate::i18n::{Lang, Term, Text, Words};
use crate::service::{say_band, say_measures};
use crate::words;

/// One part that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Which.
    pub part: Words,
    /// The words that stood there.
    pub old: Words,
    /// The words that stand there now.
    pub new: Words,
}

impl Change {
    /// The change as a report in one language has it.
    #[must_use]
    pub fn line(&self, lang: Lang) -> ChangeLine {
        let said = |words: &Words| words.say(lang).to_owned();
        ChangeLine { part: said(&self.part), old: said(&self.old), new: said(&self.new) }
    }

    /// The part with what stood there and what stands there now, where that can be told.
    #[must_use]
    pub fn told(&self) -> Words {
        let quoted = |lang: Lang, words: &Words| match words.say(lang) {
            "" => "—".to_owned(),
            words => words.to_owned(),
        };
        let told = |lang: Lang, colon: &str| {
            let part = self.part.say(lang);
            if self.old == self.new {
                return part.to_owned();
            }
            format!("{part}{colon}{} → {}", quoted(lang, &self.old), quoted(lang, &self.new))
        };
        Words { zh: told(Lang::Zh, "："), en: told(Lang::En, ": ") }
    }
}

/// Gathers what differs.
#[derive(Default)]
pub(super) struct Changes(pub(super) Vec<Change>);

impl Changes {
    /// What differs between an item of the register and that of a file.
    pub(super) fn of(old_text: &ItemText, text: &ItemText, old: Option<&Baseline>, new: &Baseline) -> Self {
        let mut found = Self::default();
        found.note(Text::new("编码", "code"), &old_text.code, &text.code);
        found.note(Text::new("名称", "title"), &old_text.title, &text.title);
        found.note(Text::new("依据", "basis"), &citations(&old_text.citations), &citations(&text.citations));
        match old {
            Some(old) => found.note_content(old, new),
            None => found.push(Text::new("基准内容", "content"), "", &tiers_in_all(new)),
        }
        found
    }

    /// Says that a part changes, whether or not its words do.
    pub(super) fn push(&mut self, part: impl Into<Words>, old: &str, new: &str) {
        self.0.push(Change { part: part.into(), old: Words::same(old), new: Words::same(new) });
    }

    /// Notes a part whose value is said in the reader's language.
    fn note_said(&mut self, part: impl Into<Words>, old: Words, new: Words) {
        if old != new {
            self.0.push(Change { part: part.into(), old, new });
        }
    }

    fn note(&mut self, part: impl Into<Words>, old: &str, new: &str) {
        if old != new {
            self.push(part.into(), old, new);
        }
    }

    fn note_content(&mut self, old: &Baseline, new: &Baseline) {
        for field in new.kind.fields() {
            let words = |of: &Baseline| of.fields.get(field.id).map(answer).unwrap_or_default();
            self.note(field.label, &words(old), &words(new));
        }
        self.note_said(Text::new("法定幅度", "statutory bands"), bands(&old.bands), bands(&new.bands));
        let most = old.ladders.len().max(new.ladders.len());
        for at in 0..most {
            self.note_ladder(at, most, old.ladders.get(at), new.ladders.get(at));
        }
        self.note(Text::new("备注", "remarks"), &old.remarks, &new.remarks);
        let other = |of: &Baseline| of.other.iter().map(|(_, words)| words.as_str()).collect::<Vec<_>>().join(" ");
        self.note(Text::new("其他列", "other columns"), &other(old), &other(new));
        self.note_conventions(&old.conventions, &new.conventions);
        if old.weights != new.weights {
            self.push(Text::new("权重", "weights"), "", "");
        }
        if self.0.is_empty() && old != new {
            self.push(Text::new("基准内容", "content"), "", "");
        }
    }

    fn note_conventions(&mut self, old: &Conventions, new: &Conventions) {
        let yes = |yes: bool| Words::from(if yes { Text::new("是", "yes") } else { Text::new("否", "no") });
        let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
        let inclusive = [
            (Text::new("以上含本数", "above includes"), old.above_includes, new.above_includes),
            (Text::new("以下含本数", "below includes"), old.below_includes, new.below_includes),
        ];
        for (part, old, new) in inclusive {
            self.note_said(part, yes(old), yes(new));
        }
        let (old_window, new_window) = (number(old.look_back_months), number(new.look_back_months));
        self.note(Text::new("追溯月数", "look-back months"), &old_window, &new_window);
        self.note(Text::new("拒不改正的含义", "refusal means"), &old.refusal_means, &new.refusal_means);
        self.note(Text::new("有效年数", "valid years"), &number(old.valid_years), &number(new.valid_years));
    }

    fn note_ladder(&mut self, at: usize, most: usize, old: Option<&Ladder>, new: Option<&Ladder>) {
        let label = |of: Option<&Ladder>| of.and_then(|ladder| ladder.label.clone()).unwrap_or_default();
        let number = at + 1;
        self.note(words!("序列 {number}", "ladder {number}"), &label(old), &label(new));
        if let (Some(old), Some(new)) = (old, new) {
            let band = |of: &Ladder| of.band.map(|at| (at + 1).to_string()).unwrap_or_default();
            self.note(words!("序列 {number} 对应幅度", "ladder {number} band"), &band(old), &band(new));
            self.note(words!("序列 {number} 备注", "ladder {number} remarks"), &old.remarks, &new.remarks);
        }
        let tiers = |of: Option<&Ladder>| of.map(|ladder| ladder.tiers.clone()).unwrap_or_default();
        let (old, new) = (tiers(old), tiers(new));
        for tier in 0..old.len().max(new.len()) {
            let number = if most > 1 { format!("{}.{}", at + 1, tier + 1) } else { (tier + 1).to_string() };
            self.note_tier(&number, old.get(tier), new.get(tier));
        }
    }

    fn note_tier(&mut self, number: &str, old: Option<&Tier>, new: Option<&Tier>) {
        let name = words!("阶次 {number}", "tier {number}");
        let (Some(old), Some(new)) = (old, new) else {
            return self.note(name, &old.map(tier_words).unwrap_or_default(), &new.map(tier_words).unwrap_or_default());
        };
        let before = self.0.len();
        let part = |text: Text| name.clone().after(&format!(" {}", text.zh), &format!(" {}", text.en));
        self.note(part(Text::new("名称", "label")), &old.label, &new.label);
        let conditions = (old.conditions.join("；"), new.conditions.join("；"));
        self.note(part(Text::new("条件", "conditions")), &conditions.0, &conditions.1);
        self.note(part(Text::new("标准", "standard")), &old.standard, &new.standard);
        self.note(part(Text::new("备注", "remarks")), &old.remarks, &new.remarks);
        self.note_said(part(Text::new("情节", "grade")), label(old.grade), label(new.grade));
        self.note_said(part(Text::new("罚款档次", "part of the fine")), label(old.fine_band), label(new.fine_band));
        let corrected = part(Text::new("更正的读数", "corrected reading"));
        self.note_said(corrected, measures(&old.measures), measures(&new.measures));
        if self.0.len() == before && old != new {
            self.push(part(Text::new("更正的读数", "corrected reading")), "", "");
        }
    }
}

fn label<T: Term>(term: Option<T>) -> Words {
    term.map(|term| term.label().into()).unwrap_or_default()
}

fn measures(measures: &[Measure]) -> Words {
    Words { zh: say_measures(measures, Lang::Zh), en: say_measures(measures, Lang::En) }
}

fn bands(bands: &[Band]) -> Words {
    let said = |lang| bands.iter().map(|band| say_band(band, lang)).collect::<Vec<_>>();
    Words { zh: said(Lang::Zh).join("。"), en: said(Lang::En).join(". ") }
}

fn answer(answer: &Answer) -> String {
    match answer {
        Answer::Text(words) => words.clone(),
        Answer::NotApplicable { not_applicable } => not_applicable.clone(),
    }
}

fn citations(citations: &[Citation]) -> String {
    citations
        .iter()
        .map(|citation| format!("《{}》{}", citation.title, citation.written))
        .collect::<Vec<_>>()
        .join("；")
}

fn tier_words(tier: &Tier) -> String {
    [tier.label.as_str(), &tier.conditions.join("；"), &tier.standard].join(" ").trim().to_owned()
}

fn tiers_in_all(baseline: &Baseline) -> String {
    let tiers = baseline.ladders.iter().flat_map(|ladder| &ladder.tiers);
    tiers.map(tier_words).collect::<Vec<_>>().join(" ")
}
