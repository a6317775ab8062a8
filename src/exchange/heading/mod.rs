//! Recognising the heading rows of a table: which column holds what.
//!
//! A heading is told by its words alone. A table that tells no violation (or title) and two columns more is not
//! taken for one; a column that says nothing known is kept and told, never dropped.

mod mapping;
mod role;

pub use mapping::{Layout, Mapping, Place, SheetMapping};
pub use role::{Role, bare};

use std::collections::BTreeMap;

use super::error::ReadError;
use super::grid::{Sheet, Spot, is_blank};
use crate::domain::kind::Kind;
use crate::domain::label::Text;

/// How far down a heading is looked for.
const DEEPEST: u32 = 200;
/// How many rows a heading may take.
const TALLEST: u32 = 4;
/// Characters above which a cell is no heading.
const LONGEST: usize = 60;

/// The heading of one table on a sheet. Rows and columns from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// First row; one before the data where there is none at all.
    pub top: u32,
    /// First row of the data.
    pub data: u32,
    /// Where each role stands.
    pub columns: BTreeMap<Role, u32>,
    /// The words over each column, those of several rows joined.
    pub words: Vec<String>,
    /// The kind that the heading speaks of.
    pub kind: Kind,
    /// All that stands in the heading of a column, to know a repeated heading.
    texts: Vec<Vec<String>>,
}

impl Heading {
    /// Recognises the first heading at or below `from`.
    pub fn find(
        sheet: &Sheet,
        from: u32,
        mapping: Option<&Mapping>,
        kind: Option<Kind>,
    ) -> Result<Option<Self>, ReadError> {
        let height = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX);
        let given = mapping.filter(|_| from == 0);
        let mut heading = match given.and_then(|mapping| mapping.heading_row) {
            Some(0) => Some(Self::none(sheet)),
            Some(row) => Some(Self::read(sheet, row - 1)),
            None => (from..height.min(from + DEEPEST)).find_map(|row| Self::at(sheet, row)),
        };
        if let Some(mapping) = given.filter(|mapping| mapping.heading_row.is_none())
            && heading.as_ref().is_none_or(|heading| mapping.names_headings() && !heading.covers(mapping))
        {
            heading = Self::covered(sheet, mapping).or(heading);
        }
        let Some(mut heading) = heading else { return Ok(None) };
        if let Some(mapping) = mapping {
            heading.correct(mapping)?;
        }
        heading.settle(sheet, kind, mapping);
        Ok(Some(heading))
    }

    /// The first rows that say all that a mapping names.
    fn covered(sheet: &Sheet, mapping: &Mapping) -> Option<Self> {
        let height = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX).min(DEEPEST);
        let filled = (0..height).filter(|&row| anchors(sheet, row).len() > 1);
        filled.map(|row| Self::read(sheet, row)).find(|heading| heading.covers(mapping))
    }

    /// Whether a saved mapping is one of this sheet: every heading that it names stands in one heading.
    #[must_use]
    pub fn fits(sheet: &Sheet, mapping: &Mapping) -> bool {
        Self::covered(sheet, mapping).is_some()
    }

    fn covers(&self, mapping: &Mapping) -> bool {
        let filled = |number: u32| self.words.get(number as usize).is_some_and(|words| !words.is_empty());
        !mapping.columns.is_empty()
            && mapping.columns.iter().all(|(role, place)| match place {
                Place::Number(0) => true,
                Place::Number(number) => filled(number - 1),
                Place::Heading(words) => self.column_named(*role, words).is_ok(),
            })
    }

    /// The heading that begins in this row, if one does.
    fn at(sheet: &Sheet, row: u32) -> Option<Self> {
        let filled = anchors(sheet, row);
        if filled.len() < 2 || filled.iter().any(|spot| spot.text.chars().count() > LONGEST) {
            return None;
        }
        let heading = Self::read(sheet, row);
        heading.is_sound().then_some(heading)
    }

    /// True if this row begins a heading of its own; cheap where the words are not those of one.
    #[must_use]
    pub fn begins(sheet: &Sheet, row: u32) -> bool {
        let named = |spot: &Spot<'_>| {
            let surest = Role::read(spot.text).first().copied();
            matches!(surest, Some((Role::Violation | Role::Title, 3)))
        };
        anchors(sheet, row).iter().any(|spot| spot.text.len() < LONGEST && named(spot))
            && Self::at(sheet, row).is_some()
    }

    /// True if a row only repeats the heading.
    #[must_use]
    pub fn is_repeated_by<'a>(&self, cells: impl Iterator<Item = (usize, &'a str)>) -> bool {
        let mut seen = 0;
        for (column, words) in cells.filter(|(_, words)| !is_blank(words)) {
            let same =
                |text: &String| text == words || (words.contains(char::is_whitespace) && *text == squeeze(words));
            if !self.texts.get(column).is_some_and(|texts| texts.iter().any(same)) {
                return false;
            }
            seen += 1;
        }
        seen >= 2
    }

    /// Columns with a heading and no role, from 0.
    pub fn unmapped(&self) -> impl Iterator<Item = (u32, &str)> {
        self.words.iter().enumerate().filter_map(|(column, words)| {
            let column = u32::try_from(column).ok()?;
            let mapped = self.columns.values().any(|&taken| taken == column);
            (!mapped && !words.is_empty()).then_some((column, words.as_str()))
        })
    }

    /// Each role with its column from 1, as reports print it.
    #[must_use]
    pub fn mapping(&self) -> BTreeMap<Role, u32> {
        self.columns.iter().map(|(role, column)| (*role, column + 1)).collect()
    }

    fn none(sheet: &Sheet) -> Self {
        let width = sheet.width() as usize;
        Self {
            top: 0,
            data: 0,
            columns: BTreeMap::new(),
            words: vec![String::new(); width],
            kind: Kind::Penalty,
            texts: vec![Vec::new(); width],
        }
    }

    fn read(sheet: &Sheet, top: u32) -> Self {
        let bottom = bottom(sheet, top);
        let texts: Vec<Vec<String>> = (0..sheet.width()).map(|column| texts(sheet, top, bottom, column)).collect();
        let words = texts.iter().map(|texts| texts.join("/")).collect();
        let columns = assign(&texts);
        let texts = texts.iter().map(|texts| texts.iter().map(|text| squeeze(text)).collect()).collect();
        Self { top, data: bottom + 1, columns, words, kind: Kind::Penalty, texts }
    }

    fn is_sound(&self) -> bool {
        let named = self.columns.contains_key(&Role::Violation) || self.columns.contains_key(&Role::Title);
        let filled = self.words.iter().filter(|words| !words.is_empty()).count();
        let sure = self.columns.iter().filter(|(role, column)| self.strength(**role, **column) >= 2).count();
        let roles = self.columns.len();
        named && sure >= 2 && (roles >= 3 || roles == filled) && roles * 3 >= filled
    }

    fn strength(&self, role: Role, column: u32) -> u8 {
        let texts = self.texts.get(column as usize).map_or(&[][..], Vec::as_slice);
        let readings = texts.iter().flat_map(|text| Role::read(text));
        readings.filter(|(said, _)| *said == role).map(|(_, strength)| strength).max().unwrap_or(0)
    }

    /// Puts the roles that a mapping names where it says.
    fn correct(&mut self, mapping: &Mapping) -> Result<(), ReadError> {
        for (role, place) in &mapping.columns {
            let column = match place {
                Place::Number(0) => {
                    self.columns.remove(role);
                    continue;
                }
                Place::Number(number) => number - 1,
                Place::Heading(words) => self.column_named(*role, words)?,
            };
            self.columns.retain(|_, taken| *taken != column);
            self.columns.insert(*role, column);
        }
        Ok(())
    }

    fn column_named(&self, role: Role, words: &str) -> Result<u32, ReadError> {
        let wanted = squeeze(words);
        let column = self.words.iter().position(|have| squeeze(have) == wanted);
        let column = column.or_else(|| self.texts.iter().position(|texts| texts.contains(&wanted)));
        column.and_then(|column| u32::try_from(column).ok()).ok_or_else(|| ReadError::Mapping {
            detail: Text::new("表头中没有这一列", "the heading has no such column"),
            at: crate::i18n::Words::same(format!("{} = \"{words}\"", role.id())),
        })
    }

    /// Settles what only the whole heading tells: the kind, and readings that depend on it. What a mapping says stays.
    fn settle(&mut self, sheet: &Sheet, kind: Option<Kind>, mapping: Option<&Mapping>) {
        let penal = [Role::Violation, Role::Tier, Role::Band, Role::FineLow, Role::FineHigh];
        let penal = penal.iter().any(|role| self.columns.contains_key(role));
        self.kind = kind.unwrap_or_else(|| if penal { Kind::Penalty } else { self.kind_told(sheet) });
        let has = |columns: &BTreeMap<Role, u32>, role| columns.contains_key(&role);
        if self.kind == Kind::Penalty {
            if !has(&self.columns, Role::Violation) {
                self.rename(Role::Title, Role::Violation);
            }
            // «处罚种类及幅度» to the right of the conditions is what the tier costs, not what the law allows.
            let conditions = self.columns.get(&Role::Condition).or_else(|| self.columns.get(&Role::Tier)).copied();
            let right = self.columns.get(&Role::Band).zip(conditions).is_some_and(|(band, other)| *band > other);
            let told = |role| mapping.is_some_and(|mapping| mapping.columns.contains_key(&role));
            if right && !told(Role::Band) && !told(Role::Standard) && !has(&self.columns, Role::Standard) {
                self.rename(Role::Band, Role::Standard);
            }
        } else if !has(&self.columns, Role::Title) {
            self.rename(Role::Violation, Role::Title);
        }
    }

    fn rename(&mut self, from: Role, to: Role) {
        if let Some(column) = self.columns.remove(&from) {
            self.columns.insert(to, column);
        }
    }

    fn kind_told(&self, sheet: &Sheet) -> Kind {
        let above = (0..self.top).flat_map(|row| anchors(sheet, row)).map(|spot| spot.text);
        let mut told = self.words.iter().map(String::as_str).chain([sheet.name.as_str()]).chain(above);
        told.find_map(kind_in).unwrap_or(Kind::Penalty)
    }
}

/// The kind that words speak of: 行政许可, 检查事项, 处罚 …
#[must_use]
pub fn kind_in(words: &str) -> Option<Kind> {
    use crate::domain::label::Term;
    let parts: &[(&str, Kind)] = &[
        ("处罚", Kind::Penalty),
        ("许可", Kind::Licence),
        ("强制", Kind::Compulsion),
        ("检查", Kind::Inspection),
        ("奖励", Kind::Reward),
        ("确认", Kind::Confirmation),
        ("征收", Kind::Levy),
        ("征用", Kind::Levy),
        ("给付", Kind::Grant),
    ];
    let told = Kind::from_words(words);
    told.or_else(|| parts.iter().find(|(part, _)| words.contains(part)).map(|(_, kind)| *kind))
}

/// Rows that came nearest to a heading, for the message: row from 1 and words.
#[must_use]
pub fn nearest(sheet: &Sheet) -> Option<(u32, Vec<String>)> {
    let height = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX).min(30);
    let known = |row: u32| {
        let spots = anchors(sheet, row);
        let short = spots.iter().filter(|spot| spot.text.chars().count() <= LONGEST).count();
        (spots.iter().filter(|spot| !Role::read(spot.text).is_empty()).count(), short)
    };
    let best = (0..height).max_by_key(|&row| (known(row), std::cmp::Reverse(row)))?;
    let cut = |text: &str| squeeze(text).chars().take(20).collect::<String>();
    Some((best + 1, anchors(sheet, best).iter().map(|spot| cut(spot.text)).collect()))
}

/// The filled cells of a row that are not continued from above.
fn anchors(sheet: &Sheet, row: u32) -> Vec<Spot<'_>> {
    let width = sheet.rows.get(row as usize).map_or(0, Vec::len);
    let width = u32::try_from(width).unwrap_or(u32::MAX);
    let spots = (0..width).map(|column| (column, sheet.spot(row, column)));
    spots
        .filter(|(column, spot)| spot.region.top == row && spot.region.left == *column && !is_blank(spot.text))
        .map(|(_, spot)| spot)
        .collect()
}

/// The last row of the heading that begins in `top`: cells merged downwards, and sub-headings under cells that
/// stand over several columns.
fn bottom(sheet: &Sheet, top: u32) -> u32 {
    let limit = top + TALLEST - 1;
    let mut bottom = anchors(sheet, top).iter().map(|spot| spot.region.bottom).max().unwrap_or(top).min(limit);
    while bottom < limit && has_subheadings(sheet, bottom + 1) {
        bottom += 1;
    }
    bottom
}

/// True for a row of heading words that names neither code nor violation again.
fn has_subheadings(sheet: &Sheet, row: u32) -> bool {
    let spots = anchors(sheet, row);
    let first = spots.first().map_or(0, |spot| spot.region.left);
    let readings: Vec<_> = spots.iter().map(|spot| Role::read(spot.text)).collect();
    let sure = readings.iter().filter(|found| found.first().is_some_and(|(_, strength)| *strength >= 2)).count();
    let above = sheet.spot(row - 1, first.saturating_sub(1));
    let hangs = first > 0 && !is_blank(above.text);
    let short = spots.iter().all(|spot| spot.text.chars().count() <= 20);
    hangs && short && sure >= 2 && sure * 2 >= spots.len() && !readings.iter().any(|found| names_item(found))
}

fn names_item(readings: &[(Role, u8)]) -> bool {
    matches!(readings.first(), Some((Role::Violation | Role::Title | Role::Code, 2..)))
}

/// The words over a column, from the top, each region once.
fn texts(sheet: &Sheet, top: u32, bottom: u32, column: u32) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    for row in top..=bottom {
        let region = sheet.spot(row, column).region;
        let text = one_line(sheet.cell(region.top, region.left));
        if !text.is_empty() && texts.last() != Some(&text) && text.chars().count() <= LONGEST {
            texts.push(text);
        }
    }
    texts
}

/// Gives each column the surest role that is still free.
fn assign(texts: &[Vec<String>]) -> BTreeMap<Role, u32> {
    let mut wishes: Vec<(u8, usize, Role)> = Vec::new();
    for (column, texts) in texts.iter().enumerate() {
        wishes.extend(readings(texts).into_iter().map(|(role, strength)| (strength, column, role)));
    }
    wishes.sort_by_key(|(strength, column, _)| (std::cmp::Reverse(*strength), *column));
    let mut columns = BTreeMap::new();
    let mut taken = vec![false; texts.len()];
    for (_, column, role) in wishes {
        let free = taken.get(column) == Some(&false);
        if free
            && !columns.contains_key(&role)
            && let Ok(number) = u32::try_from(column)
        {
            columns.insert(role, number);
            if let Some(flag) = taken.get_mut(column) {
                *flag = true;
            }
        }
    }
    columns
}

/// The readings of a column: by its lowest words, else by all its words together, else by the words above.
fn readings(texts: &[String]) -> Vec<(Role, u8)> {
    let lowest = texts.last().map(|text| Role::read(text)).unwrap_or_default();
    if !lowest.is_empty() || texts.len() < 2 {
        return lowest;
    }
    let joined = Role::read(&texts.concat());
    if !joined.is_empty() {
        return joined;
    }
    let above = texts.first().map(|text| Role::read(text)).unwrap_or_default();
    above.into_iter().map(|(role, _)| (role, 1)).collect()
}

/// Words without any blank.
fn squeeze(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace() && !super::grid::is_invisible(*c)).collect()
}

/// Words in one line: breaks between Chinese characters vanish.
fn one_line(words: &str) -> String {
    words.split_whitespace().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(rows: &[&[&str]]) -> Sheet {
        let rows = rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect();
        Sheet::of("表", rows, Vec::new())
    }

    #[test]
    fn a_heading_is_found_below_titles() {
        let sheet = sheet(&[
            &["某市行政处罚裁量权基准"],
            &["填报单位：某局", "", "日期：2024年"],
            &["序号", "违法行为", "法律依据", "类别", "裁量情节", "裁量标准", "备注"],
            &["1", "甲", "乙", "1", "丙", "丁", ""],
        ]);
        let heading = Heading::find(&sheet, 0, None, None).unwrap().unwrap();
        assert_eq!((heading.top, heading.data, heading.kind), (2, 3, Kind::Penalty));
        assert_eq!(
            serde_json::to_string(&heading.mapping()).unwrap(),
            r#"{"code":1,"violation":2,"basis":3,"tier":4,"condition":5,"standard":6,"remarks":7}"#
        );
    }

    #[test]
    fn subheadings_without_merges_are_part_of_the_heading() {
        let sheet = sheet(&[
            &["序号", "违法行为", "处罚依据", "裁量基准", "", "", "备注"],
            &["", "", "", "违法程度", "违法情节", "处罚幅度", ""],
            &["1", "甲", "乙", "轻微", "丙", "丁", ""],
        ]);
        let heading = Heading::find(&sheet, 0, None, None).unwrap().unwrap();
        assert_eq!((heading.top, heading.data), (0, 2));
        assert_eq!(
            serde_json::to_string(&heading.mapping()).unwrap(),
            r#"{"code":1,"violation":2,"basis":3,"tier":4,"condition":5,"standard":6,"remarks":7}"#
        );
    }

    #[test]
    fn other_kinds_are_told_by_their_words() {
        let sheet = sheet(&[
            &["检查事项", "检查主体", "检查依据", "检查对象", "检查内容", "检查方式", "检查频次", "检查标准"],
            &["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛"],
        ]);
        let heading = Heading::find(&sheet, 0, None, None).unwrap().unwrap();
        assert_eq!(heading.kind, Kind::Inspection);
        let ids: Vec<&str> = heading.columns.keys().map(|role| role.id()).collect();
        assert_eq!(ids, ["title", "basis", "standard", "content", "frequency", "means", "scope", "subject"]);
    }

    #[test]
    fn a_mapping_mends_what_is_recognised() {
        let sheet = sheet(&[&["号", "什么", "依据何在", "怎么罚"], &["1", "甲", "乙", "丙"]]);
        assert_eq!(Heading::find(&sheet, 0, None, None).unwrap(), None);
        let mapping = Mapping::parse("code = 1\nviolation = \"什么\"\nstandard = 4\n").unwrap();
        let heading = Heading::find(&sheet, 0, Some(&mapping), None).unwrap().unwrap();
        assert_eq!(heading.data, 1);
        assert_eq!(heading.columns.get(&Role::Standard), Some(&3));
        let wrong = Mapping::parse("heading_row = 1\nviolation = \"没有\"\n").unwrap();
        assert!(Heading::find(&sheet, 0, Some(&wrong), None).is_err());
    }

    #[test]
    fn data_rows_are_no_headings() {
        let sheet = sheet(&[&["1", "未按规定申报的违法行为", "《甲条例》", "情节较轻", "第一次", "处一千元罚款"]]);
        assert_eq!(Heading::find(&sheet, 0, None, None).unwrap(), None);
    }
}
