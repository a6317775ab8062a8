//! Findings that are known already: a report of an earlier check, so that only new ones count.
//!
//! A finding is the same while its check, item, place stay; rows and words may move.

use std::collections::HashMap;
use std::path::Path;

use serde::Deserialize;

use super::{Checked, Line};
use crate::domain::label::Term;
use crate::i18n::Failure;
use crate::service::Result;
use crate::words;

/// Findings of an earlier report, with how often each stands in it.
#[derive(Debug, Clone, Default)]
pub struct Known(HashMap<Entry, usize>);

/// What tells one finding from another.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Deserialize)]
struct Entry {
    code: String,
    item: String,
    ladder: Option<usize>,
    tier: Option<String>,
    field: Option<String>,
    sheet: Option<String>,
}

impl Known {
    /// Reads a report that `check --format json` has written.
    pub fn read(path: &Path) -> Result<Self> {
        #[derive(Deserialize)]
        struct Report {
            findings: Vec<Entry>,
        }
        let text = crate::service::read_text(path)?;
        let report: Report = serde_json::from_str(&text).map_err(|error| {
            Failure::usage(
                words!("{} 不是检查报告：{error}。", "{} is no report of findings: {error}.", path.display()),
                words!("用 cailiang check … --format json 生成。", "Write one with cailiang check … --format json."),
            )
        })?;
        let mut known = HashMap::new();
        for entry in report.findings {
            *known.entry(entry).or_default() += 1;
        }
        Ok(Self(known))
    }

    /// Takes the known findings away and returns how many there were.
    pub fn take_from(mut self, checked: &mut Checked) -> usize {
        let before = checked.findings.len();
        checked.findings.retain(|line| match self.0.get_mut(&Entry::of(line)) {
            Some(left) if *left > 0 => {
                *left -= 1;
                false
            }
            _ => true,
        });
        before - checked.findings.len()
    }
}

impl Entry {
    fn of(line: &Line) -> Self {
        Self {
            code: line.code.id().to_owned(),
            item: line.item.clone(),
            ladder: line.ladder,
            tier: line.tier.clone(),
            field: line.field.map(str::to_owned),
            sheet: line.sheet.clone(),
        }
    }
}
