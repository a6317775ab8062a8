use std::sync::Arc;

use super::*;
use crate::checks::filled;
use crate::domain::baseline::{FineBand, Grade};
use crate::domain::item::ItemText;
use crate::domain::kind::Kind;
use crate::domain::measure::{Measure, MeasureKind};
use crate::exchange::{LadderRows, Place};
use crate::service::import::changes::Changes;

/// A table's item: two ladders, the grades of the first read from its labels.
fn table() -> Entry {
    let mut baseline = Baseline::new(Kind::Penalty);
    baseline.set_text("violation", "未办理养犬登记");
    baseline.set_text("basis", "处一万元以上五万元以下罚款；情节严重的，处五万元以上十万元以下罚款");
    let tier = |label: &str, grade, condition: &str, standard: &str| Tier {
        label: label.to_owned(),
        grade,
        conditions: vec![condition.to_owned()],
        standard: standard.to_owned(),
        ..Tier::default()
    };
    let tiers = vec![
        tier("较轻", Some(Grade::Lighter), "一只", "处一万元以上三万元以下罚款"),
        tier("一般", Some(Grade::Ordinary), "两只", "处三万元以上五万元以下罚款"),
    ];
    baseline.ladders.push(Ladder { label: Some("单位".to_owned()), tiers, ..Ladder::default() });
    let tiers = vec![tier("1", None, "三只", "处六万元罚款")];
    baseline.ladders.push(Ladder { label: Some("个人".to_owned()), tiers, ..Ladder::default() });
    let labelled = |grade| Said { grade, fine_band: None };
    let rows = vec![
        LadderRows {
            row: 2,
            tiers: vec![2, 3],
            labelled: vec![labelled(Some(Grade::Lighter)), labelled(Some(Grade::Ordinary))],
        },
        LadderRows { row: 4, tiers: vec![4], labelled: vec![labelled(None)] },
    ];
    let text = ItemText {
        code: "1".to_owned(),
        title: "未办理养犬登记".to_owned(),
        kind: Kind::Penalty,
        citations: Vec::new(),
    };
    Entry {
        text,
        baseline,
        agency: None,
        level: None,
        vertical: None,
        place: Place { sheet: Arc::from("表"), row: 2 },
        ladder_rows: rows,
        blank: Vec::new(),
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Fate {
    /// The correction stands, and nothing is told of it.
    Kept,
    /// It is gone, and the changes say so.
    Gone,
    /// The file's own word counts, and the changes say so.
    File,
}
use Fate::{File, Gone, Kept};

type Correct = fn(&mut Baseline);
type Edit = fn(&mut Entry);

fn first(entry: &mut Entry) -> &mut Tier {
    &mut entry.baseline.ladders[0].tiers[0]
}

const NOTHING: Edit = |_| {};
const STANDARD: Edit = |entry| "处一万元以上二万元以下罚款".clone_into(&mut first(entry).standard);
const CONDITION: Edit = |entry| first(entry).conditions.push("已绝育".to_owned());
const LABEL: Edit = |entry| "轻".clone_into(&mut first(entry).label);
const OTHER_TIER: Edit = |entry| "处四万元罚款".clone_into(&mut entry.baseline.ladders[0].tiers[1].standard);
const TIER_BEFORE: Edit = |entry| {
    let tier = Tier { label: "轻微".to_owned(), standard: "不予处罚".to_owned(), ..Tier::default() };
    entry.baseline.ladders[0].tiers.insert(0, tier);
    entry.ladder_rows[0].labelled.insert(0, Said::default());
};
const LADDER_NAME: Edit = |entry| entry.baseline.ladders[0].label = Some("法人".to_owned());
const LADDERS_SWAPPED: Edit = |entry| {
    entry.baseline.ladders.swap(0, 1);
    entry.ladder_rows.swap(0, 1);
};
const BASIS: Edit = |entry| entry.baseline.set_text("basis", "处一万元以上二十万元以下罚款");
const GRADE_CELL: Edit = |entry| {
    first(entry).grade = Some(Grade::Minor);
    entry.ladder_rows[0].labelled[0].grade = None;
};
const FINE_CELL: Edit = |entry| first(entry).fine_band = Some(FineBand::Mitigated);
const MEASURES_CELL: Edit = |entry| first(entry).measures = vec![Measure::new(MeasureKind::Criticism, [0, 2])];
const BANDS_CELL: Edit = |entry| {
    let mut bands = filled(&entry.baseline).bands;
    bands.truncate(1);
    bands[0].measures.truncate(0);
    entry.baseline.bands = bands;
};
const TIERLESS: Edit = |entry| {
    entry.baseline.ladders.clear();
    entry.ladder_rows.clear();
};

const GRADE: Correct = |one| one.ladders[0].tiers[0].grade = Some(Grade::Heavier);
const FINE: Correct = |one| one.ladders[0].tiers[0].fine_band = Some(FineBand::Lenient);
const MEASURES: Correct = |one| one.ladders[0].tiers[0].measures = vec![Measure::new(MeasureKind::Warning, [0, 2])];
const BANDS: Correct = |one| {
    one.bands = filled(one).bands;
    one.bands[0].measures.clear();
};
const PLACE: Correct = |one| {
    one.bands = filled(one).bands;
    one.ladders[0].band = Some(1);
};

/// What is looked at: the tier of one dog, wherever it stands.
fn tier(one: &Baseline) -> &Tier {
    let tiers = one.ladders.iter().flat_map(|ladder| &ladder.tiers);
    tiers.into_iter().find(|tier| tier.conditions.first().is_some_and(|words| words == "一只")).unwrap()
}

fn ladder_of_units(one: &Baseline) -> &Ladder {
    one.ladders.iter().find(|ladder| ladder.tiers.len() > 1).unwrap()
}

struct Case {
    /// How the changes name it.
    part: &'static str,
    correct: Correct,
    /// The value that was corrected.
    value: fn(&Baseline) -> String,
    edits: &'static [(&'static str, Edit, Fate)],
}

const CASES: &[Case] = &[
    Case {
        part: "情节",
        correct: GRADE,
        value: |one| format!("{:?}", tier(one).grade),
        edits: &[
            ("nothing", NOTHING, Kept),
            ("standard", STANDARD, Gone),
            ("condition", CONDITION, Gone),
            ("label", LABEL, Gone),
            ("name of the ladder", LADDER_NAME, Gone),
            ("another tier", OTHER_TIER, Kept),
            ("a tier before", TIER_BEFORE, Kept),
            ("ladders swapped", LADDERS_SWAPPED, Kept),
            ("basis", BASIS, Kept),
            ("cell of the part of the fine", FINE_CELL, Kept),
            ("cell of the grade", GRADE_CELL, File),
            ("no tiers at all", TIERLESS, Kept),
        ],
    },
    Case {
        part: "罚款档次",
        correct: FINE,
        value: |one| format!("{:?}", tier(one).fine_band),
        edits: &[
            ("nothing", NOTHING, Kept),
            ("standard", STANDARD, Gone),
            ("another tier", OTHER_TIER, Kept),
            ("a tier before", TIER_BEFORE, Kept),
            ("cell of the grade", GRADE_CELL, Kept),
            ("cell of the part of the fine", FINE_CELL, File),
        ],
    },
    Case {
        part: "更正的读数",
        correct: MEASURES,
        value: |one| format!("{:?}", tier(one).measures),
        edits: &[
            ("nothing", NOTHING, Kept),
            ("standard", STANDARD, Gone),
            ("condition", CONDITION, Gone),
            ("another tier", OTHER_TIER, Kept),
            ("a tier before", TIER_BEFORE, Kept),
            ("basis", BASIS, Kept),
            ("cell of the measures", MEASURES_CELL, File),
            ("no tiers at all", TIERLESS, Kept),
        ],
    },
    Case {
        part: "法定幅度",
        correct: BANDS,
        value: |one| format!("{:?}", one.bands),
        edits: &[
            ("nothing", NOTHING, Kept),
            ("standard", STANDARD, Kept),
            ("ladders swapped", LADDERS_SWAPPED, Kept),
            ("basis", BASIS, Gone),
            ("cell of the bands", BANDS_CELL, File),
        ],
    },
    Case {
        part: "对应幅度",
        correct: PLACE,
        value: |one| format!("{:?}", ladder_of_units(one).band),
        edits: &[
            ("nothing", NOTHING, Kept),
            ("another tier", OTHER_TIER, Gone),
            ("name of the ladder", LADDER_NAME, Gone),
            ("ladders swapped", LADDERS_SWAPPED, Kept),
            ("basis", BASIS, Gone),
        ],
    },
    Case {
        part: "有效年数",
        correct: |one| one.conventions.valid_years = Some(3),
        value: |one| format!("{:?}", one.conventions),
        edits: &[
            ("nothing", NOTHING, Kept),
            ("standard", STANDARD, Kept),
            ("cell of the years", |entry| entry.baseline.conventions.valid_years = Some(5), File),
        ],
    },
    Case {
        part: "法定幅度",
        correct: |one| one.set_text("band", "处一万元以上十万元以下罚款"),
        value: |one| format!("{:?}", one.fields.get("band")),
        edits: &[
            ("nothing", NOTHING, Kept),
            ("standard", STANDARD, Kept),
            ("basis", BASIS, Gone),
            ("a cell that is blank", |entry| entry.blank.push("band"), Gone),
            ("a cell of its own", |entry| entry.baseline.set_text("band", "处十万元以下罚款"), File),
            (
                "the same words in another column",
                |entry| entry.baseline.other.push(("依据".to_owned(), "处一万元以上十万元以下罚款".to_owned())),
                Gone,
            ),
        ],
    },
    Case {
        part: "法定幅度",
        correct: |one| {
            one.fields.insert("band".to_owned(), Answer::NotApplicable { not_applicable: "见依据".to_owned() });
        },
        value: |one| format!("{:?}", one.fields.get("band")),
        edits: &[
            ("a cell that is blank", |entry| entry.blank.push("band"), Kept),
            ("a cell of its own", |entry| entry.baseline.set_text("band", "处十万元以下罚款"), File),
        ],
    },
];

#[test]
fn a_correction_by_hand_against_what_the_file_changed() {
    for Case { part, correct, value, edits } in CASES {
        let mut stands = table().baseline;
        correct(&mut stands);
        for (name, edit, fate) in *edits {
            let mut entry = table();
            edit(&mut entry);
            let file = entry.baseline.clone();
            carry_over(&stands, &mut entry);
            let came = value(&entry.baseline);
            let at = format!("{part}: {name}");
            match fate {
                Kept => assert_eq!(came, value(&stands), "{at}"),
                Gone | File => {
                    assert_eq!(came, value(&file), "{at}");
                    assert_ne!(came, value(&stands), "{at}");
                }
            }
            let unread = value(&table().baseline);
            assert_eq!(came == unread, *fate == Gone, "{at}: {came}");
            let changes = Changes::of(&table().text, &entry.text, Some(&stands), &entry.baseline).0;
            assert_eq!(changes.is_empty(), entry.baseline == stands, "{at}: {changes:#?}");
            let told = changes.iter().any(|change| change.part.zh.contains(part) && change.old != change.new);
            assert!(told || *fate == Kept, "{at}: {changes:#?}");
            // Once taken, the same file changes nothing any more.
            let mut again = table();
            edit(&mut again);
            carry_over(&entry.baseline, &mut again);
            assert_eq!(again.baseline, entry.baseline, "{at}: taken twice");
        }
    }
}
