//! The tree of agencies in memory: a city has tens, a province about a thousand.

use std::collections::{HashMap, HashSet};

use serde_json::json;

use super::items::one_line;
use super::{Register, Result};
use crate::domain::agency::{Agency, AgencyForm, Level};
use crate::domain::ids::AgencyId;
use crate::domain::label::Term;
use crate::domain::search;
use crate::i18n::{Failure, Words};
use crate::store::{Done, Entry};
use crate::words;

/// Every agency of the register, with the ways to find one.
#[derive(Debug, Default)]
pub struct Agencies {
    all: Vec<Agency>,
    place: HashMap<AgencyId, usize>,
}

/// An agency to be added.
#[derive(Debug, Clone, Default)]
pub struct NewAgency {
    /// Full name.
    pub name: String,
    /// Code; made from the position where it is empty.
    pub code: String,
    /// Short name.
    pub short: String,
    /// Form; an agency where not told.
    pub form: Option<AgencyForm>,
    /// Level; that of the parent where not told.
    pub level: Option<Level>,
    /// The node above, by name or code; the city government where not told.
    pub parent: String,
    /// A zone that is a government in the sense of the plan.
    pub is_government: bool,
    /// A central body.
    pub vertical: bool,
}

impl Agencies {
    pub(super) fn new(all: Vec<Agency>) -> Self {
        let place = all.iter().enumerate().map(|(at, agency)| (agency.id, at)).collect();
        Self { all, place }
    }

    /// Every node, parents before children.
    #[must_use]
    pub fn all(&self) -> &[Agency] {
        &self.all
    }

    fn push(&mut self, agency: Agency) {
        self.place.insert(agency.id, self.all.len());
        self.all.push(agency);
    }

    /// The node with this id.
    #[must_use]
    pub fn get(&self, id: AgencyId) -> Option<&Agency> {
        self.place.get(&id).and_then(|at| self.all.get(*at))
    }

    /// The name of a node, its id where there is none.
    #[must_use]
    pub fn name(&self, id: AgencyId) -> String {
        self.get(id).map_or_else(|| id.to_string(), |agency| agency.name.clone())
    }

    /// What people call a node: its short name, else its name.
    #[must_use]
    pub fn short(&self, id: AgencyId) -> String {
        self.get(id).filter(|agency| !agency.short.is_empty()).map_or_else(|| self.name(id), |it| it.short.clone())
    }

    /// The government that a node belongs to: itself, or the nearest one above.
    #[must_use]
    pub fn government_of(&self, id: AgencyId) -> Option<AgencyId> {
        let mut node = self.get(id)?;
        // The tree is as deep as it has nodes at most; a circle in damaged data ends there.
        for _ in 0..=self.all.len() {
            if node.is_government {
                return Some(node.id);
            }
            node = self.get(node.parent?)?;
        }
        None
    }

    /// Nodes that a term of a search stands for: by name, short name, code or pinyin initials.
    pub fn matching<'a, 't>(&'a self, term: &'t str) -> impl Iterator<Item = &'a Agency> + use<'a, 't> {
        self.all.iter().filter(move |agency| {
            [&agency.name, &agency.short, &agency.code].into_iter().any(|words| search::matches(term, words))
        })
    }

    /// The one node that a person means: exact name, short name or code, else the only one that matches.
    pub fn find(&self, words: &str) -> Result<&Agency> {
        let words = words.trim();
        let exact = |agency: &&Agency| {
            agency.name == words
                || agency.code.eq_ignore_ascii_case(words)
                || (!words.is_empty() && agency.short == words)
        };
        if let Some(agency) = self.all.iter().find(exact) {
            return Ok(agency);
        }
        let near: Vec<&Agency> = if words.is_empty() { Vec::new() } else { self.matching(words).collect() };
        match near.as_slice() {
            [one] => Ok(one),
            [] => Err(Failure::refused(
                words!("没有机关「{words}」。", "There is no agency \"{words}\"."),
                words!(
                    "cailiang agency list 列出全部；cailiang agency add 可以新增。",
                    "cailiang agency list shows all; cailiang agency add adds one."
                ),
            )),
            many => {
                let names = many.iter().take(6).map(|agency| agency.name.as_str()).collect::<Vec<_>>();
                Err(Failure::refused(
                    words!("「{words}」可以指不止一个机关。", "\"{words}\" fits more than one agency."),
                    Words {
                        zh: format!("请写全名：{}。", names.join("、")),
                        en: format!("Write the full name: {}.", names.join(", ")),
                    },
                ))
            }
        }
    }
}

impl Register {
    /// Adds an agency under its parent.
    pub fn add_agency(&mut self, new: &NewAgency) -> Result<AgencyId> {
        let stamp = self.stamp()?;
        let id = self.store.write(&stamp, |write| {
            let agency = agency_from(&Agencies::new(write.agencies()?), new)?;
            let id = write.add_agency(&agency)?;
            let detail = json!({ "new": Agency { id, ..agency.clone() } });
            Ok::<_, Failure>(Done::Wrote(id, Entry { verb: "agency.add", record: "agency", record_id: id.0, detail }))
        })?;
        self.agencies = Agencies::new(self.store.agencies()?);
        self.ensure_agency_duties()?;
        Ok(id)
    }

    /// Adds the agencies of a list, parents before children, all or nothing; those that stand already are passed
    /// over. Returns how many were added and how many stood. `rows` carries the row number of each for messages.
    pub fn import_agencies(&mut self, rows: &[(u64, NewAgency)]) -> Result<(usize, usize)> {
        let stamp = self.stamp()?;
        let (tree, added) = self.store.write(&stamp, |write| {
            let mut tree = Agencies::new(write.agencies()?);
            let before = tree.all.len();
            for (row, new) in parents_first(rows) {
                if tree.all.iter().any(|agency| agency.name == one_line(&new.name)) {
                    continue;
                }
                let at_row = |failure: Failure| failure.at(&words!("第 {row} 行：", "Row {row}: "));
                let mut agency = agency_from(&tree, new).map_err(at_row)?;
                agency.id = write.add_agency(&agency).map_err(|error| at_row(error.into()))?;
                tree.push(agency);
            }
            let added = tree.all.get(before..).unwrap_or_default();
            let (count, detail) = (added.len(), json!({ "new": added }));
            if count == 0 {
                return Ok::<_, Failure>(Done::Nothing((tree, 0)));
            }
            let entry = Entry { verb: "agency.import", record: "agency", record_id: 0, detail };
            Ok(Done::Wrote((tree, count), entry))
        })?;
        self.agencies = tree;
        self.ensure_agency_duties()?;
        Ok((added, rows.len() - added))
    }
}

/// The rows of a list with every parent before its children, in the order of the list otherwise. Of rows that stand in
/// a circle one comes before its parent, and there the missing parent is told.
fn parents_first(rows: &[(u64, NewAgency)]) -> Vec<&(u64, NewAgency)> {
    let parent_of = |row: &(u64, NewAgency)| {
        let words = row.1.parent.trim().to_owned();
        let named = move |other: &(u64, NewAgency)| {
            [&other.1.name, &other.1.short, &other.1.code].into_iter().any(|name| name.trim() == words)
        };
        if row.1.parent.trim().is_empty() { None } else { rows.iter().find(|other| named(other)) }
    };
    let mut placed = HashSet::new();
    let mut sorted = Vec::with_capacity(rows.len());
    for row in rows {
        let mut line = Vec::new();
        let mut next = Some(row);
        while let Some(row) = next.filter(|row| placed.insert(row.0)) {
            line.push(row);
            next = parent_of(row);
        }
        sorted.extend(line.into_iter().rev());
    }
    sorted
}

fn agency_from(tree: &Agencies, new: &NewAgency) -> Result<Agency> {
    let name = one_line(&new.name);
    if name.is_empty() {
        return Err(Failure::usage(
            words!("机关名称不能为空。", "An agency needs a name."),
            words!("请写出全称。", "Write its full name."),
        ));
    }
    let parent = match new.parent.trim() {
        "" => tree.all.first(),
        words => Some(tree.find(words)?),
    };
    let form = new.form.unwrap_or(AgencyForm::Agency);
    let level = new.level.or_else(|| match (form, parent) {
        (AgencyForm::Government, Some(_)) => Some(Level::County),
        (AgencyForm::Zone, _) if new.is_government => Some(Level::County),
        (_, parent) => parent.map(|parent| parent.level),
    });
    let code = match new.code.trim() {
        // One of so many codes is free: the tree holds one fewer.
        "" => (tree.all.len() + 1..=2 * tree.all.len() + 1)
            .map(|n| format!("J{n:03}"))
            .find(|code| tree.all.iter().all(|agency| agency.code != *code))
            .unwrap_or_default(),
        code => match tree.all.iter().find(|agency| agency.code == code) {
            Some(other) if other.name != name => {
                return Err(Failure::refused(
                    words!("代码「{code}」已经用于{}。", "The code \"{code}\" is that of {}.", other.name),
                    words!("请换一个代码，或不写，由程序编号。", "Choose another, or leave it to the program."),
                ));
            }
            _ => code.to_owned(),
        },
    };
    Ok(Agency {
        id: AgencyId(0),
        code,
        name,
        short: new.short.trim().to_owned(),
        form,
        level: level.unwrap_or(Level::City),
        parent: parent.map(|parent| parent.id),
        is_government: new.is_government || form == AgencyForm::Government,
        vertical: new.vertical,
    })
}

/// A form as a person wrote it, with the words that published lists use.
#[must_use]
pub fn form_from_words(words: &str) -> Option<AgencyForm> {
    AgencyForm::from_words(words).or(match words.trim() {
        "司法局" => Some(AgencyForm::Bureau),
        "人民政府" => Some(AgencyForm::Government),
        "开发区" | "园区" | "新区" => Some(AgencyForm::Zone),
        "部门" | "机关" | "" => Some(AgencyForm::Agency),
        _ => None,
    })
}
