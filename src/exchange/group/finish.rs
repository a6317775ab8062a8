//! A finished draft into an entry: fields, ladders, remarks, citations.

use std::sync::Arc;

use super::super::heading::{Heading, Role, kind_in};
use super::super::piece::{Entry, LadderRows, Matter, Place, Reason};
use super::cell::{one_line, squeeze};
use super::draft::{Draft, Plan};
use super::ladder::{LadderDraft, read_labels, split};
use super::numbers::{Numbers, compose};
use crate::domain::agency::Level;
use crate::domain::baseline::{Baseline, Ladder, Tier};
use crate::domain::cite::citations;
use crate::domain::item::{Citation, ClauseRole, ItemText};
use crate::domain::kind::Kind;
use crate::domain::label::Term;
use crate::domain::source::bare_title;
use crate::domain::tier_label::Said;

/// What a draft came to.
pub(super) struct Finished {
    pub(super) entry: Entry,
    /// Things to tell, with their row from 1.
    pub(super) matters: Vec<(u32, Matter)>,
}

/// The kind that a cell tells; nothing for a blank one.
pub(super) fn read_kind(words: &str) -> Result<Option<Kind>, Reason> {
    if words.is_empty() {
        return Ok(None);
    }
    kind_in(words).map(Some).ok_or_else(|| Reason::UnknownKind { word: words.to_owned() })
}

pub(super) fn finish(
    mut draft: Draft,
    plan: &Plan,
    heading: &Heading,
    sheet: &Arc<str>,
    section: &str,
    text: bool,
) -> Finished {
    let kind = draft.kind.unwrap_or(heading.kind);
    let mut matters: Vec<(u32, Matter)> =
        draft.doubled.drain(..).map(|(row, tier)| (row + 1, Matter::TwoStandards { tier })).collect();
    let mut ladders = split(std::mem::take(&mut draft.tiers));
    let mut baseline = Baseline::new(kind);
    let item_remarks = place_remarks(&mut draft, &mut ladders, text);
    baseline.remarks = item_remarks.join("\n");

    let words = Words { plan, draft: &draft };
    let code = squeeze(words.first(Role::Code));
    let named = one_line(words.first(Role::Title)).into_owned();
    let title = if named.is_empty() { one_line(words.first(Role::Violation)).into_owned() } else { named };
    let citations = cited(&words, &ladders, section);
    let agency = Some(one_line(words.first(Role::Agency)).into_owned()).filter(|words| !words.is_empty());
    let level = read_level(words.first(Role::Level));
    let vertical = read_flag(words.first(Role::Vertical));
    let told = words.first(Role::Level);
    if level.is_none() && !told.is_empty() {
        let matter = Matter::UnknownTerm { column: heading_of(heading, Role::Level), word: told.to_owned() };
        matters.push((draft.first + 1, matter));
    }
    let blank = take_fields(&mut draft, plan, heading, &citations, &mut baseline);
    let numbers = Numbers::take(&draft, plan);
    let ladder_rows = take_ladders(ladders, &mut baseline, draft.first);
    let mut entry = Entry {
        text: ItemText { code, title, kind, citations },
        baseline,
        agency,
        level,
        vertical,
        place: Place { sheet: Arc::clone(sheet), row: draft.first + 1 },
        ladder_rows,
        blank,
    };
    if numbers.is_some_and(|numbers| compose(&numbers, &mut entry)) {
        matters.push((draft.first + 1, Matter::Composed));
    }
    if looks_like_date(&entry.text.code) {
        matters.push((draft.first + 1, Matter::DateCode { code: entry.text.code.clone() }));
    }
    Finished { entry, matters }
}

/// The words of a draft by role.
struct Words<'a> {
    plan: &'a Plan,
    draft: &'a Draft,
}

impl<'a> Words<'a> {
    fn first(&self, role: Role) -> &'a str {
        self.plan.at(role).and_then(|at| self.draft.kept.get(at)).map_or("", |kept| kept.first())
    }

    fn all(&self, role: Role) -> Vec<&'a str> {
        self.plan.at(role).and_then(|at| self.draft.kept.get(at)).map(|kept| kept.all().collect()).unwrap_or_default()
    }
}

fn cited(words: &Words<'_>, ladders: &[LadderDraft], section: &str) -> Vec<Citation> {
    let source = Some(words.first(Role::Source)).filter(|title| !title.is_empty()).unwrap_or(section);
    let mut found = Vec::new();
    let mut basis = words.all(Role::Clause);
    basis.extend(words.all(Role::Basis));
    for text in &basis {
        found.extend(citations(text, "", ClauseRole::Authority));
    }
    if found.is_empty() && !source.is_empty() {
        found.extend(citations(basis.first().copied().unwrap_or_default(), source, ClauseRole::Authority));
    }
    for label in ladders.iter().filter_map(|ladder| ladder.label.as_deref()) {
        found.extend(citations(label, "", ClauseRole::Authority));
    }
    for text in words.all(Role::Duty) {
        found.extend(citations(text, source, ClauseRole::Duty));
    }
    let mut once: Vec<Citation> = Vec::with_capacity(found.len());
    for citation in found {
        if !once.contains(&citation) {
            once.push(citation);
        }
    }
    once
}

/// Moves the words of every column into its field, or into `other` where the kind has no such field. Returns the fields
/// in whose cells nothing stands.
fn take_fields(
    draft: &mut Draft,
    plan: &Plan,
    heading: &Heading,
    citations: &[Citation],
    baseline: &mut Baseline,
) -> Vec<&'static str> {
    let kind = baseline.kind;
    let mut blank = Vec::new();
    for (at, column) in plan.columns.iter().enumerate() {
        let Some(kept) = draft.kept.get_mut(at) else { continue };
        let names = column.role == Some(Role::Violation) && kind != Kind::Penalty && plan.at(Role::Title).is_none();
        if names || column.role.is_some_and(|role| is_told_elsewhere(role, kind)) {
            continue;
        }
        if let Some(field) = column.role.and_then(|role| field_of(role, kind)) {
            let words = kept.take();
            blank.extend(words.is_empty().then_some(field));
            let both = match baseline.text(field) {
                "" => words,
                have if words.is_empty() => have.to_owned(),
                have => format!("{have}\n{words}"),
            };
            baseline.set_text(field, both);
        } else {
            let heading = heading.words.get(column.column as usize).map_or("", String::as_str);
            let kept = kept.all().filter(|words| !is_cited(words, column.role, citations));
            baseline.other.extend(kept.map(|words| (heading.to_owned(), words.to_owned())));
        }
    }
    let beyond = std::mem::take(&mut draft.beyond);
    baseline.other.extend(beyond.into_iter().map(|(column, text)| (format!("第{}列", column + 1), text)));
    blank
}

/// True for roles whose words stand in the item, its ladders or its remarks.
fn is_told_elsewhere(role: Role, kind: Kind) -> bool {
    use Role::{Agency, Code, Condition, FineBand, Grade, Ladder, Level, Remarks, Standard, Tier, Title, Vertical};
    match role {
        Code | Title | Remarks | Agency | Level | Vertical | Role::Kind => true,
        Tier | Condition | Standard | Grade | FineBand | Ladder => kind == Kind::Penalty,
        _ => false,
    }
}

/// True where the citations hold all that a column of sources or clauses says.
fn is_cited(words: &str, role: Option<Role>, citations: &[Citation]) -> bool {
    let plain = |words: &str| squeeze(words).replace(['《', '》'], "");
    match role {
        Some(Role::Source) => {
            let bare = words.trim_start_matches('《').trim_end_matches('》');
            citations.iter().any(|citation| citation.title == bare || citation.title == bare_title(words))
        }
        Some(Role::Clause | Role::Duty) => {
            let words = plain(words);
            citations.iter().any(|citation| {
                let written = plain(&citation.written);
                words == written || words == plain(&citation.title) + &written
            })
        }
        _ => false,
    }
}

/// The field of a kind that takes a role's words.
fn field_of(role: Role, kind: Kind) -> Option<&'static str> {
    let wanted: &[&str] = match role {
        Role::Condition => &["conditions"],
        Role::Standard => &["standard", "amount_standard"],
        other => return kind.field(other.id()).map(|field| field.id),
    };
    wanted.iter().find_map(|id| kind.field(id)).map(|field| field.id)
}

fn take_ladders(ladders: Vec<LadderDraft>, baseline: &mut Baseline, first: u32) -> Vec<LadderRows> {
    let mut rows = Vec::with_capacity(ladders.len());
    for mut ladder in ladders {
        let told: Vec<_> = ladder.tiers.iter().map(|tier| (tier.grade, tier.fine_band)).collect();
        read_labels(&mut ladder.tiers);
        let labelled = ladder.tiers.iter().zip(told).map(|(tier, (grade, fine_band))| Said {
            grade: tier.grade.filter(|_| grade.is_none()),
            fine_band: tier.fine_band.filter(|_| fine_band.is_none()),
        });
        rows.push(LadderRows {
            row: ladder.tiers.first().map_or(first, |tier| tier.first) + 1,
            tiers: ladder.tiers.iter().map(|tier| tier.first + 1).collect(),
            labelled: labelled.collect(),
        });
        let tiers = ladder.tiers.into_iter().map(|tier| Tier {
            label: tier.label,
            grade: tier.grade,
            fine_band: tier.fine_band,
            conditions: tier.conditions,
            standard: tier.standard,
            measures: Vec::new(),
            remarks: tier.remarks.join("\n"),
        });
        let tiers = tiers.collect();
        let remarks = ladder.remarks.join("\n");
        baseline.ladders.push(Ladder { label: ladder.label, band: None, tiers, remarks });
    }
    rows
}

/// Gives each remark to the smallest node that covers it; those of the item are returned.
fn place_remarks(draft: &mut Draft, ladders: &mut [LadderDraft], text: bool) -> Vec<String> {
    let mut item = Vec::new();
    for (words, top, bottom) in spans(draft, ladders, text) {
        let whole = top <= draft.first && bottom >= draft.last;
        let ladder = ladders.iter_mut().find(|ladder| {
            let (first, last) = extent(ladder);
            first <= top && bottom <= last
        });
        match ladder {
            Some(ladder) if !whole => {
                let (first, last) = extent(ladder);
                let all = top <= first && bottom >= last;
                let tier = ladder.tiers.iter_mut().find(|tier| tier.first <= top && bottom <= tier.last);
                match tier {
                    Some(tier) if !all => tier.remarks.push(words),
                    _ => ladder.remarks.push(words),
                }
            }
            _ => item.push(words),
        }
    }
    item
}

fn extent(ladder: &LadderDraft) -> (u32, u32) {
    let first = ladder.tiers.first().map_or(u32::MAX, |tier| tier.first);
    (first, ladder.tiers.last().map_or(0, |tier| tier.last))
}

/// The remarks with the rows that they stand over. In a text the same remark in row after row is one, and one that
/// begins an item or a ladder in a table of blanks stands over all of it.
fn spans(draft: &mut Draft, ladders: &[LadderDraft], text: bool) -> Vec<(String, u32, u32)> {
    let mut joined: Vec<(String, u32, u32)> = Vec::new();
    for (words, top, bottom) in draft.remarks.drain(..) {
        match joined.last_mut() {
            Some((last, _, end)) if *last == words && *end + 1 == top => *end = bottom,
            _ => joined.push((words, top, bottom)),
        }
    }
    if !(text && draft.sparse) {
        return joined;
    }
    let starts: Vec<u32> = joined.iter().map(|(_, top, _)| *top).collect();
    for (index, (_, top, bottom)) in joined.iter_mut().enumerate() {
        let until = starts.get(index + 1).map_or(draft.last, |next| next.saturating_sub(1));
        let node = ladders.iter().map(extent).find(|(first, _)| first == top);
        let end = if *top == draft.first { Some(draft.last) } else { node.map(|(_, last)| last) };
        if let Some(end) = end.filter(|end| *end <= until) {
            *bottom = end.max(*bottom);
        }
    }
    joined
}

fn heading_of(heading: &Heading, role: Role) -> String {
    let column = heading.columns.get(&role).copied().unwrap_or(0);
    heading.words.get(column as usize).cloned().unwrap_or_default()
}

fn read_level(words: &str) -> Option<Level> {
    let parts = [("省", Level::Province), ("市", Level::City), ("县", Level::County), ("区", Level::County)];
    let mut said = parts.iter().filter(|(part, _)| words.contains(part)).map(|(_, level)| *level);
    Level::from_words(words).or_else(|| said.next().filter(|one| said.all(|other| other == *one)))
}

/// A yes or no.
pub(crate) fn read_flag(words: &str) -> Option<bool> {
    match words {
        "是" | "yes" | "true" | "1" => Some(true),
        "否" | "no" | "false" | "0" => Some(false),
        _ => None,
    }
}

/// True for «2020-02-01»: what a spreadsheet makes of the code «2-1».
fn looks_like_date(code: &str) -> bool {
    chrono::NaiveDate::parse_from_str(code, "%Y-%m-%d").is_ok()
}
