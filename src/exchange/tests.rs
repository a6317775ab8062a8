//! Tables as cities publish them, and what is read from them.

use super::grid::{Merge, Sheet};
use super::read::read_sheets;
use super::{Fate, Looks, Mapping, Options, Outcome, Piece, ReadError, SheetLook, read};
use crate::domain::label::Term;

/// A sheet from rows of cells parted by `|`; `^` stands in a cell that is merged with the one above it, `<` in one
/// merged with the one to its left.
fn sheet(text: &str) -> Sheet {
    let rows: Vec<Vec<String>> =
        text.lines().map(|row| row.split('|').map(|cell| cell.trim().to_owned()).collect()).collect();
    let mut merges = Vec::new();
    for (top, row) in rows.iter().enumerate() {
        for (left, _) in row.iter().enumerate().filter(|(_, cell)| !matches!(cell.as_str(), "^" | "<")) {
            let below = rows[top + 1..].iter().take_while(|row| row.get(left).is_some_and(|cell| cell == "^")).count();
            let beside = row[left + 1..].iter().take_while(|cell| cell.as_str() == "<").count();
            let number = |value: usize| u32::try_from(value).unwrap();
            let region = Merge {
                top: number(top),
                bottom: number(top + below),
                left: number(left),
                right: number(left + beside),
            };
            if region.is_merged() {
                merges.push(region);
            }
        }
    }
    let plain = |cell: String| if matches!(cell.as_str(), "^" | "<") { String::new() } else { cell.replace('~', "\n") };
    Sheet::of("表", rows.into_iter().map(|row| row.into_iter().map(plain).collect()).collect(), merges)
}

/// What was read, one line a piece.
fn said(piece: &Piece) -> String {
    let entry = match piece {
        Piece::Entry(entry) => entry,
        Piece::Notice(notice) => return format!("! {} {}", notice.place.row, notice.matter.code()),
        Piece::Rejected(rejected) => return format!("× {}", rejected.place.row),
    };
    let remarked = |words: &str| if words.is_empty() { String::new() } else { format!("※{words}") };
    let mut parts = vec![format!("{} {}@{}", entry.text.code, entry.text.title, entry.place.row)];
    parts.extend(Some(remarked(&entry.baseline.remarks)).filter(|words| !words.is_empty()));
    for (ladder, rows) in entry.baseline.ladders.iter().zip(&entry.ladder_rows) {
        parts.push(format!("[{}]{}", ladder.label.as_deref().unwrap_or_default(), remarked(&ladder.remarks)));
        parts.extend(ladder.tiers.iter().zip(&rows.tiers).map(|(tier, row)| {
            let conditions = tier.conditions.join("/");
            format!("{}@{row}({conditions})={}{}", tier.label, tier.standard, remarked(&tier.remarks))
        }));
    }
    parts.extend(entry.baseline.other.iter().map(|(heading, words)| format!("+{heading}={words}")));
    parts.join(" ")
}

fn read_lines(sheets: &[Sheet]) -> Vec<String> {
    let mut lines = Vec::new();
    read_sheets::<ReadError>(sheets, &Options::default(), &mut |piece| {
        lines.push(said(&piece));
        Ok(())
    })
    .unwrap();
    lines
}

fn read_csv(text: &str) -> (Vec<String>, Result<Outcome, ReadError>) {
    read_bytes("table.csv", text.as_bytes())
}

fn read_bytes(name: &str, bytes: &[u8]) -> (Vec<String>, Result<Outcome, ReadError>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let mut lines = Vec::new();
    let outcome = read::<ReadError>(&path, &Options::default(), &mut |piece| {
        lines.push(said(&piece));
        Ok(())
    });
    (lines, outcome)
}

const HEAD: &str = "序号|违法行为|法律依据|类别|裁量情节|裁量标准|备注\n";

/// Rows under the usual heading, and what they come to.
const SHEETS: &[(&str, &str, &[&str])] = &[
    (
        "one tier over several conditions",
        "1|甲|乙|1|子|罚一|总\n\
         ^|^|^|2|丑|罚二|^\n\
         ^|^|^|^|寅|^|^\n\
         2|丙|丁|1|卯|罚三|\n",
        &["1 甲@2 ※总 [] 1@2(子)=罚一 2@3(丑/寅)=罚二", "2 丙@5 [] 1@5(卯)=罚三"],
    ),
    (
        "blank bordered cells go on with the tier above",
        "1|甲|乙|1|子|罚一|\n\
         ||||丑||\n\
         |||2|寅|罚二|\n\
         ||||卯||记\n",
        &["1 甲@2 [] 1@2(子/丑)=罚一 2@4(寅/卯)=罚二※记"],
    ),
    (
        "one tier over two standards counts as two",
        "1|甲|乙|3|子|罚一|\n\
         ^|^|^|^|丑|^|\n\
         ^|^|^|^|寅|罚二|\n\
         ^|^|^|^|卯|^|\n",
        &["1 甲@2 [] 3@2(子/丑)=罚一 3@4(寅/卯)=罚二", "! 4 T11"],
    ),
    (
        "a number in two cells of its own is no number over two standards",
        "1|甲|乙|2|子|罚一|\n\
         ^|^|^|2|丑|罚二|\n",
        &["1 甲@2 [] 2@2(子)=罚一 2@3(丑)=罚二"],
    ),
    (
        "two tiers under one standard, one condition under two tiers",
        "1|甲|乙|轻微|子|罚一|\n\
         ^|^|^|一般|^|^|\n\
         ^|^|^|严重|丑|罚二|\n",
        &["1 甲@2 [] 轻微@2(子)=罚一 一般@3(子)=罚一 严重@4(丑)=罚二"],
    ),
    (
        "ladders by the words of the law, with remarks of their own",
        "1|甲|乙|1|子|罚一|\n\
         ^|^|^|2|丑|罚二|\n\
         ^|^|逾期不改正的，处罚|1|子|罚三|后\n\
         ^|^|^|2|丑|罚四|^\n\
         ^|^|对直接责任人员，处罚|1|子|罚五|\n\
         ^|^|^|2|丑|罚六|独\n",
        &["1 甲@2 [] 1@2(子)=罚一 2@3(丑)=罚二 [逾期不改正的，处罚]※后 1@4(子)=罚三 2@5(丑)=罚四 \
           [对直接责任人员，处罚] 1@6(子)=罚五 2@7(丑)=罚六※独"],
    ),
    (
        "ladders by tiers that start again, under one basis",
        "1|甲|乙|1|子|罚一|\n\
         ^|^|^|2|丑|罚二|\n\
         ^|^|^|1|寅|罚三|\n\
         ^|^|^|2|卯|罚四|\n",
        &["1 甲@2 [] 1@2(子)=罚一 2@3(丑)=罚二 [] 1@4(寅)=罚三 2@5(卯)=罚四"],
    ),
    (
        "a basis over two items is the basis of both and no ladder",
        "1|甲|乙|1|子|罚一|\n\
         2|丙|^|1|丑|罚二|\n\
         ^|^|^|2|寅|罚三|\n",
        &["1 甲@2 [] 1@2(子)=罚一", "2 丙@3 [] 1@3(丑)=罚二 2@4(寅)=罚三"],
    ),
    (
        "remarks over two items belong to both",
        "1|甲|乙|1|子|罚一|共\n\
         2|丙|丁|1|丑|罚二|^\n\
         ^|^|^|2|寅|罚三|^\n",
        &["1 甲@2 ※共 [] 1@2(子)=罚一", "2 丙@3 ※共 [] 1@3(丑)=罚二 2@4(寅)=罚三"],
    ),
    (
        "sections, repeated headings, counted columns, notes",
        "1|2|3|4|5|6|7\n\
         一、《甲法》|<|<|<|<|<|<\n\
         1|甲|乙|1|子|罚一|\n\
         序号|违法 行为|法律依据|类别|裁量情节|裁量标准|备注\n\
         1|丙|丁|1|丑|罚二|\n\
         3||||||\n\
         注：本基准自公布之日起施行。|<|<|<|<|<|<\n",
        &[
            "! 2 loose_row",
            "! 3 loose_row",
            "! 5 repeated_heading",
            "1 甲@4 [] 1@4(子)=罚一",
            "1 丙@6 [] 1@6(丑)=罚二",
            "! 6 twice",
            "! 7 loose_row",
            "! 8 loose_row",
        ],
    ),
    (
        "the same words in every row are one item",
        "7|甲|乙|轻微|子|罚一|\n\
         7|甲|乙|轻微|丑|罚一|\n\
         7|甲|乙|严重|寅|罚二|\n\
         7|丙|乙|严重|卯|罚三|\n",
        &["7 甲@2 [] 轻微@2(子/丑)=罚一 严重@4(寅)=罚二", "7 丙@5 [] 严重@5(卯)=罚三", "! 5 twice"],
    ),
    (
        "no codes: the violation tells the items apart",
        "|甲|乙|1|子|罚一|\n\
         |^|^|2|丑|罚二|\n\
         |丙|丁|1|寅|罚三|\n",
        &[" 甲@2 [] 1@2(子)=罚一 2@3(丑)=罚二", " 丙@4 [] 1@4(寅)=罚三"],
    ),
    (
        "rows counted under one violation are one item",
        "1|甲|乙|轻微|子|罚一|\n\
         2|^|^|一般|丑|罚二|\n\
         3|^|^|严重|寅|罚三|\n",
        &["1 甲@2 [] 轻微@2(子)=罚一 一般@3(丑)=罚二 严重@4(寅)=罚三", "! 2 counted_row", "! 2 counted_row"],
    ),
    (
        "rows above the first item, and an item without tiers",
        "||||子|罚零|\n\
         1|甲|乙||||\n\
         2||丁|1|子|罚一|\n",
        &["× 2", "1 甲@3", "2 @4 [] 1@4(子)=罚一"],
    ),
    (
        "stray blanks and line breaks",
        "1 - 1| 未按~规定的 |乙|较~重|（一）子；~~（二）丑| 罚一 |\n",
        &["1-1 未按规定的@2 [] 较重@2(（一）子；\n（二）丑)=罚一"],
    ),
    (
        "a standard that is missing stays missing",
        "1|甲|乙|轻微|子|罚一|\n\
         ^|^|^|严重|丑||\n",
        &["1 甲@2 [] 轻微@2(子)=罚一 严重@3(丑)="],
    ),
    (
        "columns that nobody knows",
        "1|甲|乙|1|子|罚一||外\n",
        &["! 2 unmapped_column", "1 甲@2 [] 1@2(子)=罚一 +第8列=外"],
    ),
];

#[test]
fn rows_become_items() {
    for (name, rows, wanted) in SHEETS {
        let read = read_lines(&[sheet(&format!("{HEAD}{rows}"))]);
        assert_eq!(read, *wanted, "{name}");
    }
}

/// The same tables with their merges lost, as a spreadsheet saves CSV.
#[test]
fn texts_group_as_workbooks_do() {
    let lost = [
        "a number in two cells",
        "two tiers under one standard",
        "remarks over two items",
        "sections,",
        "rows counted",
        "rows above",
        "stray",
        "columns that",
        "no codes",
    ];
    let mut compared = 0;
    for (name, rows, wanted) in SHEETS.iter().filter(|(name, ..)| !lost.iter().any(|lost| name.starts_with(lost))) {
        let text = format!("{HEAD}{rows}").replace(['^', '<'], "").replace('|', ",");
        let (read, outcome) = read_csv(&text);
        assert!(outcome.is_ok(), "{name}: {outcome:?}");
        let read: Vec<String> = read.into_iter().filter(|line| !line.contains("filled_down")).collect();
        assert_eq!(read, *wanted, "{name}");
        compared += 1;
    }
    assert_eq!(compared + lost.len(), SHEETS.len());
}

#[test]
fn a_heading_of_two_rows() {
    let sheet = sheet(
        "某局裁量基准表|<|<|<|<|<|<\n\
         序号|违法行为|处罚依据|裁量基准|<|<|备注\n\
         ^|^|^|违法程度|违法情形|处罚幅度|^\n\
         1|甲|乙|轻微|子|罚一|\n",
    );
    let mut pieces = Vec::new();
    let outcome = read_sheets::<ReadError>(&[sheet], &Options::default(), &mut |piece| {
        pieces.push(said(&piece));
        Ok(())
    })
    .unwrap();
    assert_eq!(pieces, ["1 甲@4 [] 轻微@4(子)=罚一"]);
    let summary = &outcome.sheets[0];
    assert_eq!((summary.heading_row, summary.items, summary.tiers), (Some(2), 1, 1));
    let roles: Vec<_> = summary.mapping.iter().map(|(role, column)| format!("{role}={column}")).collect();
    assert_eq!(roles.join(" "), "code=1 violation=2 basis=3 tier=4 condition=5 standard=6 remarks=7");
}

#[test]
fn two_tables_on_one_sheet() {
    let sheet = sheet(
        "序号|违法行为|法律依据|类别|裁量情节|裁量标准\n\
         1|甲|乙|1|子|罚一\n\
         |\n\
         事项编码|案由|裁量档次|适用情形|处罚标准|处罚依据\n\
         9|丙|轻微|丑|罚二|丁\n",
    );
    assert_eq!(read_lines(&[sheet]), ["1 甲@2 [] 1@2(子)=罚一", "9 丙@5 [] 轻微@5(丑)=罚二"]);
}

#[test]
fn what_a_person_would_not_see_is_told() {
    let mut with_stale = sheet(&format!("{HEAD}1|甲|乙|1|子|罚一|\n^|^|^|2|丑|罚二|\n"));
    with_stale.rows[2][1] = "残".to_owned();
    with_stale.hidden_rows = vec![2, 9];
    with_stale.hidden_columns = vec![4];
    with_stale.hidden = true;
    let mut cover = sheet("说明\n本表由某局编制");
    "封面".clone_into(&mut cover.name);
    assert_eq!(
        read_lines(&[cover, with_stale]),
        [
            "! 1 hidden_sheet",
            "! 3 hidden_row",
            "! 1 hidden_column",
            "! 3 stale_cell",
            "1 甲@2 [] 1@2(子)=罚一 2@3(丑)=罚二",
            "! 1 no_heading",
        ]
    );
}

#[test]
fn other_kinds_take_their_own_fields() {
    let sheet = sheet(
        "检查事项|检查主体|检查依据|检查标准|检查对象|检查内容|检查方式|检查频次\n\
         甲检查|乙局|丙法|丁标准|戊企业|己内容|庚|每年一次\n",
    );
    let mut entries = Vec::new();
    read_sheets::<ReadError>(&[sheet], &Options::default(), &mut |piece| {
        if let Piece::Entry(entry) = piece {
            entries.push(entry);
        }
        Ok(())
    })
    .unwrap();
    let baseline = &entries[0].baseline;
    let told =
        ["subject", "basis", "standard", "scope", "content", "means", "frequency"].map(|field| baseline.text(field));
    assert_eq!(told, ["乙局", "丙法", "丁标准", "戊企业", "己内容", "庚", "每年一次"]);
    assert_eq!(
        (entries[0].text.kind.id(), entries[0].text.title.as_str(), baseline.ladders.len()),
        ("inspection", "甲检查", 0)
    );
}

#[test]
fn a_kind_column_tells_the_kind_row_by_row() {
    let (lines, _) = read_csv(
        "事项编码,事项名称,事项类型,法律依据,裁量阶次,适用条件,裁量标准\n\
         1,甲,行政处罚,乙,轻微,子,罚一\n\
         2,丙,行政检查,丁,,,\n\
         3,戊,行政什么,己,,,\n",
    );
    assert_eq!(lines, ["1 甲@2 [] 轻微@2(子)=罚一", "2 丙@3", "× 4"]);
}

#[test]
fn text_that_cannot_be_read_is_told() {
    let head = "序号,违法行为,法律依据,裁量标准\n";
    let gbk = encoding_rs::GB18030.encode("序号,违法行为,法律依据,裁量标准\n1,甲,乙,罚一\n").0.into_owned();
    let (lines, outcome) = read_bytes("gbk.csv", &gbk);
    assert_eq!(lines, ["1 甲@2 [] @2()=罚一"]);
    assert_eq!(outcome.unwrap().encoding.unwrap().id(), "gb18030");

    let mut mixed = format!("{head}1,甲,乙,罚一\n").into_bytes();
    mixed.extend_from_slice(&[0x31, 0x2C, 0xC0, 0xFF, 0x0A]);
    assert_eq!(read_bytes("mixed.csv", &mixed).1, Err(ReadError::Encoding { line: 3 }));

    let open = format!("{head}1,甲,\"乙,罚一\n2,丙,丁,罚二\n");
    assert_eq!(read_csv(&open).1, Err(ReadError::OpenQuote { row: 2 }));
    assert_eq!(read_csv(" \n\n").1, Err(ReadError::Empty));
    assert_eq!(read_csv("").1, Err(ReadError::Empty));
    assert!(matches!(read_csv("甲,乙\n丙,丁\n").1, Err(ReadError::NoHeading { .. })));
}

#[test]
fn rows_of_a_text_are_those_that_a_spreadsheet_counts() {
    let text = "\n表\n\n序号,违法行为,法律依据,裁量标准\n1,\"甲\n乙\",丙,罚一\n\n2,丁,戊,罚二";
    for text in [text.to_owned(), text.replace('\n', "\r\n")] {
        assert_eq!(read_csv(&text).0, ["1 甲乙@5 [] @5()=罚一", "2 丁@7 [] @7()=罚二"], "{text:?}");
    }
    let (lines, _) = read_csv("序号\t违法行为\t法律依据\t裁量标准\n1\t甲, 乙\t丙\t罚一\n");
    assert_eq!(lines, ["1 甲, 乙@2 [] @2()=罚一"]);
}

#[test]
fn a_saved_mapping_holds_for_the_sheets_that_have_its_headings() {
    let named = |name: &str, text: &str| {
        let of = sheet(text);
        Sheet::of(name, of.rows, of.merges)
    };
    let known = named("市容", "序号|违法行为|处罚依据|处罚标准\n1|占道|《甲条例》|罚款一百元");
    let strange = named("园林", "一览\n号|做了什么|凭哪一条|罚多少\n1|砍树|《乙条例》|罚款二百元");
    let notes = named("说明", "本表自公布之日起施行");
    let mapping = |text: &str| Mapping::parse(text).unwrap();
    let words = "code = \"号\"\nviolation = \"做了什么\"\nbasis = \"凭哪一条\"\nstandard = \"罚多少\"\n";
    let other = "violation = \"另一个表头\"\n";
    let left_out = format!("[sheets.\"市容\"]\nleave_out = true\n[sheets.\"园林\"]\n{words}");
    for (saved, used, items, fates) in [
        (vec![("甲", other)], None, 1, "读 无 无"),
        (vec![("甲", other), ("乙", words)], Some("乙"), 2, "读 读 无"),
        (vec![("丙", left_out.as_str()), ("乙", words)], Some("丙"), 1, "弃 读 无"),
        // What names no heading cannot be known to fit.
        (vec![("丁", "violation = 2\n")], None, 1, "读 无 无"),
    ] {
        let saved = saved.into_iter().map(|(name, text)| (name.to_owned(), mapping(text))).collect();
        let options = Options { saved, looks: Looks::Wanted, ..Options::default() };
        let mut read = 0;
        let sheets = [known.clone(), strange.clone(), notes.clone()];
        let outcome = read_sheets::<ReadError>(&sheets, &options, &mut |piece| {
            read += u32::from(matches!(piece, Piece::Entry(_)));
            Ok(())
        });
        let outcome = outcome.unwrap();
        assert_eq!((outcome.used.as_deref(), read), (used, items));
        let fate = |look: &SheetLook| match look.fate {
            Fate::Read => "读",
            Fate::NoHeading => "无",
            Fate::LeftOut => "弃",
            Fate::Fixed => "定",
        };
        assert_eq!(outcome.looks.iter().map(fate).collect::<Vec<_>>().join(" "), fates);
    }
}

#[test]
fn a_file_without_headings_is_looked_at_where_somebody_wants_to() {
    let sheets = [sheet("甲|乙\n丙|丁\n^|戊")];
    let read = |looks| {
        let options = Options { looks, ..Options::default() };
        read_sheets::<ReadError>(&sheets, &options, &mut |_| Ok(()))
    };
    assert!(matches!(read(Looks::Unwanted), Err(ReadError::NoHeading { .. })));
    let looks = read(Looks::Wanted).unwrap().looks;
    let cells = |row: &(u32, Vec<String>)| format!("{} {}", row.0, row.1.join("|"));
    assert_eq!(looks[0].rows.iter().map(cells).collect::<Vec<_>>(), ["1 甲|乙", "2 丙|丁", "3 |戊"]);
}
