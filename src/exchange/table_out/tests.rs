//! What goes out comes back the same.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use rust_decimal::Decimal;

use super::{CsvTable, OutRow, XlsxTable};
use crate::domain::agency::Level;
use crate::domain::baseline::{Answer, Band, Baseline, Conventions, Factor, FineBand, Grade, Ladder, Tier, Weights};
use crate::domain::clause::Clause;
use crate::domain::item::{Citation, ClauseRole, ItemText};
use crate::domain::kind::Kind;
use crate::domain::label::{Lang, Term};
use crate::domain::measure::{Amount, Days, Force, Measure, MeasureKind, Party, Unit};
use crate::domain::stage::Stage;
use crate::exchange::columns::Facts;
use crate::exchange::{Entry, Options, Piece, Place, ReadError, read};

/// Words with everything that a table can trip over.
fn words() -> BoxedStrategy<String> {
    let nasty = [
        "",
        " ",
        "'",
        "''",
        "=1+1",
        "+86",
        "-",
        "@at",
        "\tt",
        "'=x",
        "续",
        "不适用：甲",
        "not applicable: b",
        "\"",
        "a,b;c",
        "甲\n乙",
        "甲\r\n乙",
        "\r",
        "\n",
        " 首尾 ",
        "\u{3000}",
        "2-1",
        "001",
        "1.0",
        "2020-02-01",
        "[]",
        "{}",
        "[\"a\"",
        "是",
        "_x000D_",
        "甲：乙",
        "《甲》第一条",
        "依据《甲》",
        "【甲】",
        "甲 = 5%",
        "\u{feff}",
        "𠀀",
        "&<>",
        "\u{7f}\u{85}\u{2028}",
    ];
    prop_oneof![
        3 => select(nasty.to_vec()).prop_map(str::to_owned),
        2 => "[ -~\u{4e00}-\u{4e20}，。；：\n]{0,12}",
        1 => "[^\u{0}\u{fffe}\u{ffff}]{0,8}",
    ]
    .boxed()
}

fn amount() -> impl Strategy<Value = Amount> {
    (
        select(Unit::ALL.to_vec()),
        option::of(decimal()),
        option::of(decimal()),
        any::<[bool; 2]>(),
        option::of(words()),
        vec(words(), 0..2),
    )
        .prop_map(|(unit, low, high, [low_inclusive, high_inclusive], base, per)| Amount {
            unit,
            low,
            high,
            low_inclusive,
            high_inclusive,
            base,
            per,
            cap: None,
            floor: None,
        })
}

fn decimal() -> impl Strategy<Value = Decimal> {
    (any::<i32>(), 0_u32..4).prop_map(|(number, scale)| Decimal::new(i64::from(number), scale))
}

fn measure() -> impl Strategy<Value = Measure> {
    (select(MeasureKind::ALL.to_vec()), select(Party::ALL.to_vec()), select(Force::ALL.to_vec()), option::of(amount()))
        // Only a fine has an amount.
        .prop_map(|(kind, party, force, amount)| (kind, party, force, amount.filter(|_| kind == MeasureKind::Fine)))
        .prop_map(|(kind, party, force, amount)| Measure {
            kind,
            party,
            force,
            trigger: None,
            span: [0, 3],
            amount,
            daily_continuous: false,
            days: (kind == MeasureKind::Detention).then_some(Days { low: Some(5), high: None }),
            object: matches!(kind, MeasureKind::SuspendLicence | MeasureKind::Downgrade | MeasureKind::RevokeLicence)
                .then(|| "许可证".to_owned()),
        })
}

fn tier() -> impl Strategy<Value = Tier> {
    (
        words(),
        option::of(select(Grade::ALL.to_vec())),
        option::of(select(FineBand::ALL.to_vec())),
        vec(words(), 0..3),
        words(),
        vec(measure(), 0..2),
        words(),
    )
        .prop_map(|(label, grade, fine_band, conditions, standard, measures, remarks)| Tier {
            label,
            grade,
            fine_band,
            conditions,
            standard,
            measures,
            remarks,
        })
}

fn ladder() -> impl Strategy<Value = Ladder> {
    (option::of(words()), option::of(0_usize..9), vec(tier(), 0..4), words())
        .prop_map(|(label, band, tiers, remarks)| Ladder { label, band, tiers, remarks })
}

fn weights() -> impl Strategy<Value = Weights> {
    let factor =
        (words(), vec((words(), option::of(decimal())), 0..3)).prop_map(|(name, options)| Factor { name, options });
    (option::of(decimal()), vec(factor, 0..3), words(), words()).prop_map(|(start, factors, base, note)| Weights {
        start,
        factors,
        base,
        note,
    })
}

fn conventions() -> impl Strategy<Value = Conventions> {
    (any::<[bool; 2]>(), option::of(any::<u32>()), words(), option::of(any::<u32>())).prop_map(
        |([above_includes, below_includes], look_back_months, refusal_means, valid_years)| Conventions {
            above_includes,
            below_includes,
            look_back_months,
            refusal_means,
            valid_years,
        },
    )
}

fn answer() -> impl Strategy<Value = Answer> {
    prop_oneof![
        words().prop_map(Answer::Text),
        words().prop_map(|not_applicable| Answer::NotApplicable { not_applicable }),
        any::<u32>().prop_map(|number| Answer::Text(number.to_string())),
    ]
}

fn band() -> impl Strategy<Value = Band> {
    (words(), select(Party::ALL.to_vec()), words(), vec(measure(), 0..2))
        .prop_map(|(trigger, party, text, measures)| Band { trigger, party, text, measures })
}

fn baseline() -> impl Strategy<Value = Baseline> {
    let fields = |kind: Kind| {
        let ids: Vec<String> = kind.fields().iter().map(|field| field.id.to_owned()).collect();
        btree_map(select(ids), answer(), 0..6)
    };
    select(Kind::ALL.to_vec()).prop_flat_map(move |kind| {
        (
            fields(kind),
            vec(band(), 0..2),
            vec(ladder(), 0..3),
            option::of(weights()),
            conventions(),
            words(),
            vec((words(), words()), 0..3),
        )
            .prop_map(move |(fields, bands, ladders, weights, conventions, remarks, other)| Baseline {
                kind,
                fields,
                bands,
                ladders,
                weights,
                conventions,
                remarks,
                other,
            })
    })
}

fn citation() -> impl Strategy<Value = Citation> {
    let clause = any::<[u8; 5]>().prop_map(|n| Clause {
        article: n[0].into(),
        suffix: n[1].into(),
        paragraph: n[2].into(),
        item: n[3].into(),
        sub_item: n[4].into(),
    });
    (select(ClauseRole::ALL.to_vec()), words(), option::of(clause), words())
        .prop_map(|(role, title, clause, written)| Citation { role, source: None, title, clause, written })
}

fn entry() -> impl Strategy<Value = Entry> {
    (
        words(),
        words(),
        vec(citation(), 0..3),
        baseline(),
        option::of(words()),
        option::of(select(Level::ALL.to_vec())),
        option::of(any::<bool>()),
    )
        .prop_map(|(code, title, citations, baseline, agency, level, vertical)| Entry {
            text: ItemText { code, title, kind: baseline.kind, citations },
            baseline,
            agency,
            level,
            vertical,
            place: Place { sheet: Arc::from(""), row: 0 },
            ladder_rows: Vec::new(),
            blank: Vec::new(),
        })
}

/// Everything that was read, without its place.
fn entries(path: &Path) -> Vec<Entry> {
    let mut entries = Vec::new();
    read::<ReadError>(path, &Options::default(), &mut |piece| {
        match piece {
            Piece::Entry(entry) => {
                let place = Place { sheet: Arc::from(""), row: 0 };
                entries.push(Entry { place, ladder_rows: Vec::new(), blank: Vec::new(), ..*entry });
            }
            Piece::Notice(notice) => assert_eq!(notice.matter.code(), "twice", "{notice:?}"),
            Piece::Rejected(rejected) => panic!("{rejected:?}"),
        }
        Ok(())
    })
    .unwrap();
    entries
}

fn facts() -> Facts {
    Facts {
        stage: Some(Stage::Drafting),
        due: NaiveDate::from_ymd_opt(2026, 8, 31),
        version: Some(1),
        ..Facts::default()
    }
}

fn write_csv(path: &Path, entries: &[Entry], lang: Lang) {
    let mut table = CsvTable::begin(Vec::new(), &[], lang).unwrap();
    for entry in entries {
        table.push(&OutRow { entry, facts: facts() }).unwrap();
    }
    fs::write(path, table.finish().unwrap()).unwrap();
}

fn write_xlsx(path: &Path, entries: &[Entry], lang: Lang, rows: u32) {
    let mut table = XlsxTable::with_rows(&[], lang, rows).unwrap();
    for entry in entries {
        table.push(&OutRow { entry, facts: facts() }).unwrap();
    }
    let mut bytes = Vec::new();
    table.finish(&mut bytes).unwrap();
    fs::write(path, bytes).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn csv_out_and_in_changes_nothing(wanted in vec(entry(), 1..4), english in any::<bool>()) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.csv");
        write_csv(&path, &wanted, if english { Lang::En } else { Lang::Zh });
        prop_assert_eq!(entries(&path), wanted);
    }

    #[test]
    fn xlsx_out_and_in_changes_nothing(wanted in vec(entry(), 1..4), english in any::<bool>(), rows in 3_u32..40) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.xlsx");
        write_xlsx(&path, &wanted, if english { Lang::En } else { Lang::Zh }, rows);
        prop_assert_eq!(entries(&path), wanted);
    }
}

#[test]
fn cells_longer_than_a_workbook_holds_come_back_whole() {
    let mut long = entry_of("甲");
    long.baseline.remarks = "𠀀裁量'=".repeat(20_000);
    long.baseline.ladders[0].tiers[0].conditions[0] = "条".repeat(40_000);
    let wanted = vec![long, entry_of("乙")];
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("long.xlsx");
    write_xlsx(&path, &wanted, Lang::Zh, 1000);
    assert_eq!(entries(&path), wanted);
}

#[test]
fn csv_is_made_for_excel() {
    let mut charged = entry_of("=cmd");
    charged.baseline.remarks = "'".to_owned();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.csv");
    write_csv(&path, &[charged], Lang::Zh);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.starts_with("\u{feff}条目号,代码,事项名称,"));
    assert!(text.contains(",'=cmd,") && text.contains(",'',") && text.ends_with("\r\n"));
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
}

#[test]
fn an_edited_export_is_read_by_its_numbers() {
    let text = "条目号,事项名称,事项类型,阶梯号,阶次号,裁量阶次,适用条件,裁量标准,我的列\n\
                1,甲,行政处罚,1,1,轻微,子,不予处罚,记\n\
                1,甲乙,行政处罚,1,1,轻微,丑,不予处罚,\n\
                ,,,1,2,严重,寅,处一千元罚款,\n\
                2,乙,行政什么,,,,,,\n";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("edited.csv");
    fs::write(&path, text).unwrap();
    let (mut read_entries, mut told) = (Vec::new(), Vec::new());
    read::<ReadError>(&path, &Options::default(), &mut |piece| {
        match piece {
            Piece::Entry(entry) => read_entries.push(entry),
            Piece::Notice(notice) => told.push((notice.place.row, notice.matter.code())),
            Piece::Rejected(rejected) => told.push((rejected.place.row, "rejected")),
        }
        Ok(())
    })
    .unwrap();
    assert_eq!(told, [(1, "unmapped_column"), (3, "differs_from_first"), (5, "rejected")]);
    let baseline = &read_entries[0].baseline;
    assert_eq!(baseline.ladders[0].tiers[0].conditions, ["子", "丑"]);
    assert_eq!(baseline.ladders[0].tiers[1].standard, "处一千元罚款");
    assert_eq!(baseline.other, [("我的列".to_owned(), "记".to_owned())]);
}

fn entry_of(title: &str) -> Entry {
    let mut baseline = Baseline::new(Kind::Penalty);
    let tier = Tier { label: "1".to_owned(), conditions: vec!["甲".to_owned()], ..Tier::default() };
    baseline.ladders.push(Ladder { tiers: vec![tier], ..Ladder::default() });
    Entry {
        text: ItemText { code: String::new(), title: title.to_owned(), kind: Kind::Penalty, citations: Vec::new() },
        baseline,
        agency: None,
        level: None,
        vertical: None,
        place: Place { sheet: Arc::from(""), row: 0 },
        ladder_rows: Vec::new(),
        blank: Vec::new(),
    }
}
