//! One form: its rows as they come, and the entry that they make.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::super::group::squeeze;
use super::super::heading::Role;
use super::super::piece::{Entry, LadderRows, Place};
use super::Label;
use crate::domain::baseline::{Baseline, Factor, Ladder, Tier, Weights};
use crate::domain::cite::citations;
use crate::domain::item::{ClauseRole, ItemText};
use crate::domain::kind::Kind;

/// A form whose rows are still coming. Rows from 0.
pub(super) struct Block {
    pub(super) code: String,
    first: u32,
    duty: Vec<String>,
    basis: Vec<String>,
    remarks: Vec<String>,
    violation: Vec<String>,
    /// The headings beside «违法行为».
    heading: Vec<String>,
    /// The part that the last label began.
    part: Option<Label>,
    start: Vec<String>,
    rows: Vec<(u32, Vec<String>)>,
    loose: Vec<(u32, String)>,
}

impl Block {
    pub(super) const fn new(code: String, first: u32) -> Self {
        Self {
            code,
            first,
            duty: Vec::new(),
            basis: Vec::new(),
            remarks: Vec::new(),
            violation: Vec::new(),
            heading: Vec::new(),
            part: None,
            start: Vec::new(),
            rows: Vec::new(),
            loose: Vec::new(),
        }
    }

    /// True once a violation has been read: the next broken provision begins another form.
    pub(super) fn is_filled(&self) -> bool {
        !self.violation.is_empty()
    }

    /// Takes one row: the label in its first cell, if it is one, and all its cells.
    pub(super) fn add(&mut self, row: u32, label: Option<Label>, mut cells: Vec<String>) {
        let rest = cells.split_off(1.min(cells.len()));
        let first = cells.pop().unwrap_or_default();
        let words = rest.iter().filter(|cell| !cell.is_empty()).cloned().collect::<Vec<_>>().join(" ");
        match label {
            Some(Label::Duty) => self.duty.push(words),
            Some(Label::Basis) => self.basis.push(words),
            Some(Label::Remarks) => self.remarks.push(words),
            Some(Label::Heading) => self.heading = rest,
            Some(Label::Start) => self.start.push(words),
            None => return self.add_data(row, first, rest, &words),
        }
        self.part = label;
    }

    fn add_data(&mut self, row: u32, first: String, rest: Vec<String>, words: &str) {
        match self.part {
            Some(Label::Heading | Label::Start) => {
                self.violation.extend(Some(first).filter(|words| !words.is_empty()));
                let factor = rest.first().map(String::as_str).unwrap_or_default();
                let starts = matches!(Label::of(factor), Some(Label::Start));
                // What stands below the starting point in the columns of weights alone belongs to it.
                let below = self.rows.is_empty() && !self.start.is_empty() && rest.iter().take(2).all(String::is_empty);
                if starts || below {
                    let told = rest.iter().skip(usize::from(starts)).filter(|cell| !cell.is_empty());
                    self.start.push(told.cloned().collect::<Vec<_>>().join(" "));
                } else {
                    self.rows.push((row, rest));
                }
            }
            Some(part) => {
                let place = match part {
                    Label::Duty => &mut self.duty,
                    Label::Basis => &mut self.basis,
                    _ => &mut self.remarks,
                };
                let line = [first.as_str(), words].into_iter().filter(|words| !words.is_empty());
                place.push(line.collect::<Vec<_>>().join(" "));
            }
            None => self.loose.push((row, format!("{first} {words}"))),
        }
    }

    /// The entry, and the rows that belong to nothing.
    pub(super) fn finish(self, sheet: &Arc<str>) -> (Entry, Vec<(u32, String)>) {
        let mut baseline = Baseline::new(Kind::Penalty);
        let (violation, basis, remarks) = (self.violation.join("\n"), self.basis.join("\n"), self.remarks.join("\n"));
        baseline.set_text("violation", violation.clone());
        baseline.set_text("basis", basis.clone());
        let mut cited = citations(&basis, "", ClauseRole::Authority);
        for duty in &self.duty {
            cited.extend(citations(duty, "", ClauseRole::Duty));
            baseline.other.push(("违反条款".to_owned(), duty.clone()));
        }
        let mut ladder_rows = Vec::new();
        if self.heading.last_filled().is_some_and(|words| words.contains("权重")) {
            let mut weights = self.weights(&remarks);
            if remarks.contains("总和") || remarks.contains("计算") {
                let notes = [std::mem::take(&mut weights.note), remarks];
                weights.note = notes.into_iter().filter(|note| !note.is_empty()).collect::<Vec<_>>().join("\n");
            } else {
                baseline.remarks = remarks;
            }
            baseline.weights = Some(weights);
        } else {
            (baseline.ladders, ladder_rows) = self.matrix();
            baseline.remarks = remarks;
        }
        let entry = Entry {
            text: ItemText {
                code: squeeze(&self.code),
                title: violation.split('\n').collect(),
                kind: Kind::Penalty,
                citations: cited,
            },
            baseline,
            agency: None,
            level: None,
            vertical: None,
            place: Place { sheet: Arc::clone(sheet), row: self.first + 1 },
            ladder_rows,
            blank: Vec::new(),
        };
        (entry, self.loose)
    }

    /// Factor, option, weight; a blank factor goes on.
    fn weights(&self, remarks: &str) -> Weights {
        let mut weights = Weights { base: base_in(remarks), ..Weights::default() };
        match self.start.as_slice() {
            [one] if per_cent(one).is_some() => weights.start = per_cent(one),
            several => weights.note = several.join("\n"),
        }
        for (_, cells) in &self.rows {
            let mut cells = cells.iter().map(String::as_str);
            let (name, option) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
            let told: Vec<&str> = cells.filter(|cell| !cell.is_empty()).collect();
            if !name.is_empty() || weights.factors.is_empty() {
                weights.factors.push(Factor { name: name.to_owned(), options: Vec::new() });
            }
            let Some(factor) = weights.factors.last_mut() else { continue };
            match told.as_slice() {
                [weight] if per_cent(weight).is_some() => factor.options.push((option.to_owned(), per_cent(weight))),
                [] => factor.options.push((option.to_owned(), None)),
                // A weight that is no percentage stays beside its option.
                words => factor.options.push((format!("{option} {}", words.join(" ")), None)),
            }
        }
        weights
    }

    /// Conditions in the columns to the left, what they cost in those to the right; one ladder a column of costs.
    fn matrix(&self) -> (Vec<Ladder>, Vec<LadderRows>) {
        let costs: Vec<usize> =
            (0..self.heading.len()).filter(|&at| self.heading.get(at).is_some_and(|w| is_cost(w))).collect();
        let first_cost = costs.first().copied().unwrap_or(self.heading.len());
        let mut carried: Vec<String> = vec![String::new(); first_cost];
        let mut ladders = vec![(Ladder::default(), LadderRows::default()); costs.len()];
        for (row, cells) in &self.rows {
            let condition = self.condition(cells, &mut carried);
            for (cost, (ladder, rows)) in costs.iter().zip(&mut ladders) {
                let words = cells.get(*cost).map(String::as_str).unwrap_or_default();
                if !words.is_empty() || ladder.tiers.is_empty() {
                    let tier = Tier { standard: words.to_owned(), ..Tier::default() };
                    ladder.tiers.push(tier);
                    rows.tiers.push(row + 1);
                }
                if let Some(tier) = ladder.tiers.last_mut() {
                    tier.conditions.push(condition.clone());
                }
            }
        }
        for (cost, (ladder, rows)) in costs.iter().zip(&mut ladders) {
            ladder.label = self.heading.get(*cost).filter(|_| costs.len() > 1).cloned();
            rows.row = rows.tiers.first().copied().unwrap_or(self.first + 1);
        }
        ladders.into_iter().filter(|(ladder, _)| !ladder.tiers.is_empty()).unzip()
    }

    /// The conditions of a row in words; blanks take what stands above, up to the first that is new.
    fn condition(&self, cells: &[String], carried: &mut [String]) -> String {
        let mut fresh = false;
        for (at, kept) in carried.iter_mut().enumerate() {
            let words = cells.get(at).map(String::as_str).unwrap_or_default();
            if fresh || !words.is_empty() {
                fresh = true;
                words.clone_into(kept);
            }
        }
        let named = carried.iter().zip(&self.heading).filter(|(words, _)| !words.is_empty());
        named.map(|(words, heading)| format!("{heading}：{words}")).collect::<Vec<_>>().join("；")
    }
}

trait LastFilled {
    fn last_filled(&self) -> Option<&str>;
}

impl LastFilled for Vec<String> {
    fn last_filled(&self) -> Option<&str> {
        self.iter().rev().map(String::as_str).find(|words| !words.is_empty())
    }
}

fn is_cost(heading: &str) -> bool {
    let said = Role::read(heading).first().map(|(role, _)| *role);
    heading.contains('罚') || matches!(said, Some(Role::Standard | Role::Band))
}

fn per_cent(words: &str) -> Option<Decimal> {
    words.trim().strip_suffix(['%', '％'])?.trim().parse().ok()
}

/// What the total of the percentages is multiplied with, where the remarks tell one formula.
fn base_in(remarks: &str) -> String {
    let mut formulas =
        remarks.split("总和").skip(1).filter_map(|after| after.trim_start().strip_prefix(['×', '*', 'x', 'X']));
    let (Some(formula), None) = (formulas.next(), formulas.next()) else { return String::new() };
    let end = formula.find(['。', '；', '，', '\n', ';']).unwrap_or(formula.len());
    formula.get(..end).unwrap_or_default().trim().to_owned()
}
