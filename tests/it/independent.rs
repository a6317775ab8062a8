//! Files of ours, opened by a reader that is not ours: openpyxl, where Python has it.

use std::process::Command;

use crate::filled;

const SCRIPT: &str = r"
import sys, openpyxl, datetime
book = openpyxl.load_workbook(sys.argv[1])
sheet = book.worksheets[0]
heads = [cell.value for cell in sheet[1]]
rows = list(sheet.iter_rows(min_row=2, values_only=True))
dates = {type(value).__name__ for row in rows for value in row if isinstance(value, (datetime.date, datetime.datetime))}
numbers = any(isinstance(value, (int, float)) for row in rows for value in row)
print(len(rows), heads[0] is not None, sheet.freeze_panes, sheet.auto_filter.ref is not None, bool(dates), numbers)
print(len(book.worksheets), sum(len(one._charts) for one in book.worksheets))
";

#[test]
fn a_workbook_opens_elsewhere_with_typed_dates_and_numbers() {
    let has = Command::new("python3").args(["-c", "import openpyxl"]).output();
    if !has.is_ok_and(|output| output.status.success()) {
        println!("skipped: python3 with openpyxl is not here");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let register = filled::filled(&folder.path().join("register.db"));
    let path = folder.path().join("out.xlsx");
    let file = std::fs::File::create(&path).unwrap();
    let everything = cailiang::domain::filter::Filter::Everything;
    let items = register.export_xlsx(file, &everything, cailiang::domain::label::Lang::Zh).unwrap();
    let output = Command::new("python3").args(["-c", SCRIPT]).arg(&path).output().unwrap();
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let facts: Vec<&str> = printed.split_whitespace().collect();
    assert!(facts[0].parse::<u64>().unwrap() >= items, "{printed}");
    assert_eq!(&facts[1..6], ["True", facts[2], "True", "True", "True"], "{printed}");
    assert!(facts[2].ends_with('2'), "the heading is frozen: {printed}");
}
