//! Findings answered in words, and answers withdrawn.

use serde_json::{Value, json};

use super::live::{Live, findings_in};
use crate::checks::{Code, Severity};
use crate::domain::ids::ItemId;
use crate::domain::label::Term;
use crate::domain::stage::{Act, decide};
use crate::i18n::{Failure, Words};
use crate::service::{Register, Result};
use crate::store::{Done, Entry, KeptAnswer, Write};
use crate::words;

/// Which findings of an item are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Which {
    /// Of which check.
    pub code: Code,
    /// In which ladder, from 1; in any where not told.
    pub ladder: Option<usize>,
    /// Of which tier, as written or by its number; of any where not told.
    pub tier: Option<String>,
    /// Of which field; of any where not told.
    pub field: Option<String>,
    /// About which words, by their hash; about any where not told.
    pub about: Option<String>,
    /// Whether several may be meant.
    pub extent: Extent,
}

/// How many findings are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// One: where several fit, the place must be told more closely.
    One,
    /// Every one that fits.
    Every,
}

impl Which {
    /// Every finding of a check.
    #[must_use]
    pub const fn every(code: Code) -> Self {
        Self { code, ladder: None, tier: None, field: None, about: None, extent: Extent::Every }
    }

    /// This very finding.
    #[must_use]
    pub fn exactly(finding: &Live) -> Self {
        // Two findings about the same words are one question.
        Self { about: Some(finding.about.clone()), ..Self::every(finding.code) }
    }

    fn fits(&self, finding: &Live) -> bool {
        let tier = |told: &String| {
            let number = finding.tier.map(|at| (at + 1).to_string());
            finding.tier_label.as_ref() == Some(told) || number.as_ref() == Some(told)
        };
        finding.code == self.code
            && self.ladder.is_none_or(|told| finding.ladder.is_some_and(|at| at + 1 == told))
            && self.tier.as_ref().is_none_or(tier)
            && self.field.as_deref().is_none_or(|told| finding.field == Some(told))
            && self.about.as_ref().is_none_or(|told| *told == finding.about)
    }

    /// The findings that are meant; a label of a tier counts before its number.
    fn choose<'f>(&self, findings: &'f [Live]) -> Result<Vec<&'f Live>> {
        let mut chosen: Vec<&Live> = findings.iter().filter(|finding| self.fits(finding)).collect();
        if chosen.iter().any(|finding| self.tier.is_some() && finding.tier_label == self.tier) {
            chosen.retain(|finding| finding.tier_label == self.tier);
        }
        match chosen.as_slice() {
            [] => Err(no_such_finding(self.code, findings)),
            [_, another, ..] if self.extent == Extent::One && chosen.iter().any(|one| one.about != another.about) => {
                Err(several(self.code, &chosen))
            }
            _ => Ok(chosen),
        }
    }
}

impl Register {
    /// Answers findings of an item's newest version in words; returns how many. The answer counts until the words that
    /// it is about change.
    pub fn answer_findings(&mut self, item: ItemId, which: &Which, text: &str) -> Result<usize> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Failure::refused(
                words!("说明不能为空。", "An answer takes words."),
                words!("请写明理由，例如用 --text。", "Say why it stands, for example with --text."),
            ));
        }
        self.on_findings(item, which, "finding.answer", |write, finding| {
            answerable(finding)?;
            if finding.answer.as_deref() == Some(text) {
                return Ok(None);
            }
            let (by, on) = (write.actor().to_owned(), write.day());
            let (about, place) = (finding.about.clone(), finding.place.clone());
            let answer = KeptAnswer { code: finding.code.id().to_owned(), about, place, text: text.to_owned(), by, on };
            write.set_answer(item, &answer)?;
            Ok(Some(json!(text)))
        })
    }

    /// Withdraws the answers to findings of an item's newest version; returns how many.
    pub fn withdraw_answers(&mut self, item: ItemId, which: &Which) -> Result<usize> {
        self.on_findings(item, which, "finding.withdraw", |write, finding| {
            if finding.answer.is_none() {
                let code = finding.code.id();
                return Err(Failure::refused(
                    words!("{code} 还没有说明，没有可收回的。", "{code} has no answer that could be withdrawn."),
                    words!("用 cailiang check 查看。", "See cailiang check."),
                ));
            }
            write.remove_answer(item, finding.code.id(), &finding.about)?;
            Ok(Some(Value::Null))
        })
    }

    /// Does one thing to each finding that is meant, as one write. `work` returns the answer that stands afterwards, or
    /// nothing where there was nothing to do. The content stays, and with it the revision: an open draft is not
    /// disturbed.
    fn on_findings(
        &mut self,
        item: ItemId,
        which: &Which,
        verb: &'static str,
        work: impl Fn(&mut Write<'_>, &Live) -> Result<Option<Value>>,
    ) -> Result<usize> {
        let stamp = self.stamp()?;
        self.store.write(&stamp, |write| {
            let state = write.state(item)?;
            decide(Act::Answer, state.stage, "")?;
            let findings = findings_in(write, item, state.version_no, state.stage)?;
            let chosen = which.choose(&findings)?;
            let mut done: Vec<Value> = Vec::new();
            for finding in &chosen {
                if let Some(new) = work(write, finding)? {
                    let (place, about) = (&finding.place, &finding.about);
                    done.push(json!({ "place": place, "about": about, "old": finding.answer, "new": new }));
                }
            }
            if done.is_empty() {
                return Ok(Done::Nothing(chosen.len()));
            }
            let detail = json!({ "version": state.version_no, "code": which.code.id(), "findings": done });
            Ok(Done::Wrote(chosen.len(), Entry { verb, record: "item", record_id: item.0, detail }))
        })
    }
}

/// Warnings are answered. Errors are mended, notes need nothing.
fn answerable(finding: &Live) -> Result<()> {
    let code = finding.code.id();
    match finding.severity {
        Severity::Warning => Ok(()),
        Severity::Error => Err(Failure::refused(
            words!(
                "{code} 是错误，不能用说明代替改正。",
                "{code} is an error: an answer does not stand in for mending it."
            ),
            words!("请改正内容；cailiang explain {code} 有说明和例子。", "Mend it; see cailiang explain {code}."),
        )),
        Severity::Note => Err(Failure::refused(
            words!("{code} 只是提示，不需要说明。", "{code} is a note: it needs no answer."),
            words!("可以直接报送。", "It keeps nothing from being submitted."),
        )),
    }
}

fn no_such_finding(code: Code, findings: &[Live]) -> Failure {
    let there: Vec<&Live> = findings.iter().filter(|finding| finding.code == code).collect();
    let code = code.id();
    if there.is_empty() {
        return Failure::refused(
            words!("这个事项没有 {code} 这条发现。", "The item has no finding {code}."),
            words!(
                "用 cailiang check 查看现有的发现；没有保存的内容先保存。",
                "See cailiang check for those that it has; save first what was not saved."
            ),
        );
    }
    let places = places_of(&there);
    Failure::refused(
        words!("{code} 不在那一处。", "{code} does not stand at that place."),
        Words { zh: format!("它在：{}。", places.zh), en: format!("It stands at: {}.", places.en) },
    )
}

fn several(code: Code, chosen: &[&Live]) -> Failure {
    let (count, code, places) = (chosen.len(), code.id(), places_of(chosen));
    Failure::refused(
        words!(
            "{code} 有 {count} 处，没有写明是哪一处。",
            "{code} stands at {count} places: it was not told which is meant."
        ),
        Words {
            zh: format!("请用 --ladder、--tier、--field 写明，或用 --all 一并说明：{}。", places.zh),
            en: format!("Tell it with --ladder, --tier, --field, or mean all with --all: {}.", places.en),
        },
    )
}

/// The places of findings in words.
fn places_of(findings: &[&Live]) -> Words {
    let say = |finding: &&Live| match (finding.ladder.map(|at| at + 1), &finding.tier_label, finding.field) {
        (Some(ladder), Some(tier), _) => words!("第{ladder}序列阶次“{tier}”", "ladder {ladder}, tier \"{tier}\""),
        (Some(ladder), None, _) => words!("第{ladder}序列", "ladder {ladder}"),
        (None, _, Some(field)) => words!("栏目 {field}", "field {field}"),
        (None, _, None) => words!("整个事项", "the whole item"),
    };
    let places: Vec<Words> = findings.iter().map(say).collect();
    Words {
        zh: places.iter().map(|place| place.zh.as_str()).collect::<Vec<_>>().join("、"),
        en: places.iter().map(|place| place.en.as_str()).collect::<Vec<_>>().join("; "),
    }
}
