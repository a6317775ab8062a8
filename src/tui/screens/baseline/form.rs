//! A baseline as a form: its rows and cells by the field list of its kind, how each is read, written and changed.
//! Pure: a change takes a baseline and gives it back changed, or says why it cannot be.

use rust_decimal::Decimal;

use crate::domain::baseline::{Answer, Baseline, Factor, FineBand, Grade, Tier};
use crate::domain::kind::{Field, Form, Need};
use crate::domain::label::{Lang, Term, Text};
use crate::i18n::Words;
use crate::words;

/// A row of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// A field of the kind's list.
    Field(&'static Field),
    /// The words that tell a ladder from its neighbours.
    Ladder(usize),
    /// A tier: ladder and place in it.
    Tier(usize, usize),
    /// Starting point of the weights form, in per cent.
    Start,
    /// A factor of the weights form.
    Factor(usize),
    /// What the percentage is taken of.
    Base,
    /// Notes on the computation.
    Note,
    /// Remarks on the whole.
    Remarks,
}

/// A column of a tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// Label as written.
    Label,
    /// Grade of the circumstances.
    Grade,
    /// Part of the fine.
    FineBand,
    /// Conditions, one a line.
    Conditions,
    /// Standard as written.
    Standard,
    /// Remarks.
    Remarks,
}

/// The columns of a tier, in their order.
pub const COLUMNS: &[Column] =
    &[Column::Label, Column::Grade, Column::FineBand, Column::Conditions, Column::Standard, Column::Remarks];

/// How a cell is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Words of one line.
    Line,
    /// Words of many lines.
    Lines,
    /// Yes, no, or nothing.
    Flag,
    /// One of the grades, or nothing.
    Grade,
    /// One of the parts of the fine, or nothing.
    FineBand,
}

/// The rows of a baseline.
pub fn rows(baseline: &Baseline) -> Vec<Row> {
    let mut rows: Vec<Row> = baseline.kind.fields().iter().map(Row::Field).collect();
    for (at, ladder) in baseline.ladders.iter().enumerate() {
        rows.push(Row::Ladder(at));
        rows.extend((0..ladder.tiers.len()).map(|tier| Row::Tier(at, tier)));
    }
    if let Some(weights) = &baseline.weights {
        rows.push(Row::Start);
        rows.extend((0..weights.factors.len()).map(Row::Factor));
        rows.extend([Row::Base, Row::Note]);
    }
    rows.push(Row::Remarks);
    rows
}

impl Row {
    /// How many cells stand in the row.
    pub const fn cells(self) -> usize {
        match self {
            Self::Tier(..) => COLUMNS.len(),
            Self::Factor(_) => 2,
            _ => 1,
        }
    }

    /// What the row or one of its cells is called.
    pub fn label(self, cell: usize) -> Text {
        match self {
            Self::Field(field) => field.label,
            Self::Ladder(_) => Text::new("阶次序列的区别", "what tells the ladder apart"),
            Self::Tier(..) => COLUMNS.get(cell).map_or(Text::new("", ""), |column| column.label()),
            Self::Start => Text::new("裁量起点（%）", "starting point (%)"),
            Self::Factor(_) if cell == 0 => Text::new("因素", "factor"),
            Self::Factor(_) => Text::new("选项（每行：权重 选项）", "options (a line: weight, option)"),
            Self::Base => Text::new("计算基数", "base"),
            Self::Note => Text::new("计算说明", "note on the computation"),
            Self::Remarks => Text::new("备注", "remarks"),
        }
    }

    /// How a cell is changed.
    pub fn way(self, cell: usize) -> Way {
        match self {
            Self::Field(Field { form: Form::Flag, .. }) => Way::Flag,
            Self::Field(Field { form: Form::Long, .. }) | Self::Note | Self::Remarks => Way::Lines,
            Self::Tier(..) => match COLUMNS.get(cell) {
                Some(Column::Grade) => Way::Grade,
                Some(Column::FineBand) => Way::FineBand,
                Some(Column::Label) => Way::Line,
                _ => Way::Lines,
            },
            Self::Factor(_) if cell == 1 => Way::Lines,
            _ => Way::Line,
        }
    }
}

impl Column {
    /// Its heading.
    pub const fn label(self) -> Text {
        match self {
            Self::Label => Text::new("阶次", "tier"),
            Self::Grade => Text::new("情节", "grade"),
            Self::FineBand => Text::new("罚款档", "band"),
            Self::Conditions => Text::new("适用条件", "conditions"),
            Self::Standard => Text::new("裁量标准", "standard"),
            Self::Remarks => Text::new("备注", "remarks"),
        }
    }
}

/// A label with the dotted end of a required field's gap, for what is missing.
pub fn is_missing(baseline: &Baseline, row: Row) -> bool {
    match row {
        Row::Field(field) => !matches!(field.need, Need::Optional) && !baseline.fields.contains_key(field.id),
        Row::Tier(ladder, tier) => {
            let tier = baseline.ladders.get(ladder).and_then(|of| of.tiers.get(tier));
            tier.is_some_and(|tier| tier.standard.is_empty() || tier.conditions.is_empty())
        }
        _ => false,
    }
}

/// The words of a cell, in `lang` where they are a term.
pub fn read(baseline: &Baseline, row: Row, cell: usize, lang: Lang) -> String {
    match row {
        Row::Field(field) => match baseline.fields.get(field.id) {
            None => String::new(),
            Some(Answer::Text(words)) => words.clone(),
            Some(Answer::NotApplicable { not_applicable }) => {
                format!("{}{not_applicable}", Text::new("不适用：", "not applicable: ").say(lang))
            }
        },
        Row::Ladder(at) => baseline.ladders.get(at).and_then(|ladder| ladder.label.clone()).unwrap_or_default(),
        Row::Tier(ladder, tier) => {
            let tier = baseline.ladders.get(ladder).and_then(|of| of.tiers.get(tier));
            tier.zip(COLUMNS.get(cell)).map_or_else(String::new, |(tier, column)| read_tier(tier, *column, lang))
        }
        Row::Remarks => baseline.remarks.clone(),
        Row::Start | Row::Factor(_) | Row::Base | Row::Note => read_weights(baseline, row, cell),
    }
}

fn read_tier(tier: &Tier, column: Column, lang: Lang) -> String {
    let term = |label: Option<Text>| label.map(|label| label.say(lang).to_owned()).unwrap_or_default();
    match column {
        Column::Label => tier.label.clone(),
        Column::Grade => term(tier.grade.map(Term::label)),
        Column::FineBand => term(tier.fine_band.map(Term::label)),
        Column::Conditions => tier.conditions.join("\n"),
        Column::Standard => tier.standard.clone(),
        Column::Remarks => tier.remarks.clone(),
    }
}

fn read_weights(baseline: &Baseline, row: Row, cell: usize) -> String {
    let Some(weights) = &baseline.weights else { return String::new() };
    match row {
        Row::Start => weights.start.map(|start| start.to_string()).unwrap_or_default(),
        Row::Base => weights.base.clone(),
        Row::Note => weights.note.clone(),
        Row::Factor(at) => weights.factors.get(at).map_or_else(String::new, |factor| match cell {
            0 => factor.name.clone(),
            _ => factor.options.iter().map(option_line).collect::<Vec<_>>().join("\n"),
        }),
        _ => String::new(),
    }
}

fn option_line((option, weight): &(String, Option<Decimal>)) -> String {
    weight.map_or_else(|| option.clone(), |weight| format!("{weight}% {option}"))
}

/// The words that an editor opens with: those of the cell, without the mark of «not applicable».
pub fn words_to_edit(baseline: &Baseline, row: Row, cell: usize, lang: Lang) -> String {
    match row {
        Row::Field(field) => baseline.text(field.id).to_owned(),
        _ => read(baseline, row, cell, lang),
    }
}

/// Writes words into a cell.
pub fn write(baseline: &mut Baseline, row: Row, cell: usize, words: &str) -> Result<(), Words> {
    let trimmed = words.trim();
    match row {
        Row::Field(Field { form: Form::Count, .. }) if !trimmed.is_empty() && trimmed.parse::<u32>().is_err() => {
            return Err(words!("「{trimmed}」不是整数。", "\"{trimmed}\" is no whole number."));
        }
        Row::Field(field) => {
            if matches!(field.id, "band" | "basis") && baseline.text(field.id) != trimmed {
                // Bands that were told by hand do not hold for other words of the law.
                baseline.forget_bands();
            }
            baseline.set_text(field.id, trimmed);
        }
        Row::Ladder(at) => {
            if let Some(ladder) = baseline.ladders.get_mut(at) {
                ladder.label = Some(trimmed.to_owned()).filter(|words| !words.is_empty());
            }
        }
        Row::Tier(ladder, tier) => {
            let tier = baseline.ladders.get_mut(ladder).and_then(|of| of.tiers.get_mut(tier));
            if let Some((tier, column)) = tier.zip(COLUMNS.get(cell)) {
                write_tier(tier, *column, trimmed);
            }
        }
        Row::Remarks => trimmed.clone_into(&mut baseline.remarks),
        Row::Start | Row::Factor(_) | Row::Base | Row::Note => return write_weights(baseline, row, cell, trimmed),
    }
    Ok(())
}

fn write_tier(tier: &mut Tier, column: Column, words: &str) {
    match column {
        Column::Label => words.clone_into(&mut tier.label),
        Column::Conditions => {
            tier.conditions = words.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
        }
        Column::Standard => {
            if tier.standard != words {
                words.clone_into(&mut tier.standard);
                // What was read from the old words does not hold for the new ones.
                tier.measures.clear();
            }
        }
        Column::Remarks => words.clone_into(&mut tier.remarks),
        Column::Grade => tier.grade = Grade::from_words(words),
        Column::FineBand => tier.fine_band = FineBand::from_words(words),
    }
}

fn write_weights(baseline: &mut Baseline, row: Row, cell: usize, words: &str) -> Result<(), Words> {
    let Some(weights) = &mut baseline.weights else { return Ok(()) };
    match row {
        Row::Start => weights.start = if words.is_empty() { None } else { Some(percentage(words)?) },
        Row::Base => words.clone_into(&mut weights.base),
        Row::Note => words.clone_into(&mut weights.note),
        Row::Factor(at) => {
            if let Some(factor) = weights.factors.get_mut(at) {
                write_factor(factor, cell, words);
            }
        }
        _ => {}
    }
    Ok(())
}

fn write_factor(factor: &mut Factor, cell: usize, words: &str) {
    if cell == 0 {
        words.clone_into(&mut factor.name);
        return;
    }
    let option = |line: &str| match line.trim().split_once([' ', '\u{3000}']) {
        Some((head, rest)) if head.ends_with(['%', '％']) && percentage(head).is_ok() => {
            (rest.trim().to_owned(), percentage(head).ok())
        }
        _ => (line.trim().to_owned(), None),
    };
    factor.options = words.lines().filter(|line| !line.trim().is_empty()).map(option).collect();
}

fn percentage(words: &str) -> Result<Decimal, Words> {
    let number = words.trim().trim_end_matches(['%', '％']);
    number.parse().map_err(|_| words!("「{words}」不是百分数。", "\"{words}\" is no percentage."))
}

/// Answers a conditional field with «not applicable» and its reason.
pub fn not_applicable(baseline: &mut Baseline, field: &Field, reason: &str) {
    let not_applicable = reason.trim().to_owned();
    baseline.fields.insert(field.id.to_owned(), Answer::NotApplicable { not_applicable });
}

/// From yes to no to nothing.
pub fn turn_flag(baseline: &mut Baseline, field: &Field) {
    let next = match baseline.text(field.id) {
        "" => "是",
        "是" => "否",
        _ => "",
    };
    baseline.set_text(field.id, next);
}

#[cfg(test)]
mod tests {
    use super::super::shape::add_tier;
    use super::*;
    use crate::domain::baseline::Ladder;
    use crate::domain::kind::Kind;

    #[test]
    fn every_kind_is_written_and_read_by_its_field_list() {
        for kind in Kind::ALL {
            let mut baseline = Baseline::new(*kind);
            add_tier(&mut baseline, Row::Remarks);
            for row in rows(&baseline) {
                for cell in 0..row.cells() {
                    let words = match (row, row.way(cell)) {
                        (_, Way::Grade) => "较轻",
                        (_, Way::FineBand) => "从轻",
                        (Row::Field(Field { form: Form::Count, .. }), _) => "2",
                        _ => "甲乙",
                    };
                    write(&mut baseline, row, cell, words).unwrap();
                    assert_eq!(read(&baseline, row, cell, Lang::Zh), words, "{row:?} {cell}");
                }
                assert!(!is_missing(&baseline, row), "{row:?}");
            }
            let json = serde_json::to_string(&baseline).unwrap();
            assert_eq!(serde_json::from_str::<Baseline>(&json).unwrap(), baseline);
        }
    }

    #[test]
    fn corrections_go_with_the_words_that_they_are_about() {
        let field = |id| Row::Field(Kind::Penalty.field(id).unwrap());
        let standard = |words: &'static str| (Row::Tier(0, 0), Column::Standard, words);
        let of_field = |id, words: &'static str| (field(id), Column::Label, words);
        // What is written, and whether the measures of the tier and the bands of the law stay.
        for (at, ((row, column, words), measures, bands)) in [
            (standard("处二百元罚款"), true, true),
            (standard("处三百元罚款"), false, true),
            (of_field("basis", "处五百元以下罚款"), true, true),
            (of_field("basis", "处六百元以下罚款"), true, false),
            (of_field("band", "处六百元以下罚款"), true, false),
            (of_field("violation", "遗弃犬只"), true, true),
        ]
        .into_iter()
        .enumerate()
        {
            let mut baseline = Baseline::new(Kind::Penalty);
            baseline.set_text("basis", "处五百元以下罚款");
            baseline.bands = crate::service::filled(&baseline).bands;
            let measures_by_hand = baseline.bands.iter().flat_map(|band| band.measures.clone()).collect();
            let tier =
                Tier { standard: "处二百元罚款".to_owned(), measures: measures_by_hand, ..Tier::default() };
            baseline.ladders.push(Ladder { band: Some(0), tiers: vec![tier], ..Ladder::default() });
            let cell = COLUMNS.iter().position(|of| *of == column).unwrap();
            write(&mut baseline, row, cell, words).unwrap();
            let ladder = &baseline.ladders[0];
            assert_eq!(!ladder.tiers[0].measures.is_empty(), measures, "{at}");
            assert_eq!((!baseline.bands.is_empty(), ladder.band.is_some()), (bands, bands), "{at}");
        }
    }

    #[test]
    fn options_are_lines_with_weights() {
        let mut factor = Factor { name: String::new(), options: Vec::new() };
        write_factor(&mut factor, 1, "10% 首次\n\n 两次以上\n30％ 三次");
        let weights: Vec<Option<i64>> =
            factor.options.iter().map(|(_, weight)| weight.map(|weight| weight.try_into().unwrap())).collect();
        assert_eq!(weights, [Some(10), None, Some(30)]);
        assert_eq!(factor.options.iter().map(option_line).collect::<Vec<_>>(), ["10% 首次", "两次以上", "30% 三次"]);
    }

    #[test]
    fn a_count_is_a_number_and_a_changed_standard_loses_what_was_read() {
        let mut baseline = Baseline::new(Kind::Inspection);
        let row = Row::Field(Kind::Inspection.field("yearly_cap").unwrap());
        assert!(write(&mut baseline, row, 0, "两次").is_err());
        assert!(write(&mut baseline, row, 0, " 2 ").is_ok());
        let field = Kind::Inspection.field("random").unwrap();
        for expected in ["是", "否", ""] {
            turn_flag(&mut baseline, field);
            assert_eq!(baseline.text("random"), expected);
        }
    }
}
