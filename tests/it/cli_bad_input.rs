//! What the program says to bad input: the exit code, the words, and nothing changed.

use super::cli::{Place, ran};

/// Arguments, exit code, words that are said in Chinese.
const BAD: &[(&str, i32, &str)] = &[
    ("nonsense", 2, "没有命令「nonsense」"),
    ("lst", 2, "是不是「list」"),
    ("agency", 2, "可以写：add、list、import。"),
    ("list --colour", 2, "不认识的选项「--colour」"),
    ("list --as-of 2023-02-30", 2, "日期写成 2023-11-01"),
    ("list --format yaml", 2, "的值「yaml」不对"),
    ("list --limit -1", 2, "不认识的选项「-1」"),
    ("list --limit 99999999999999999999999", 2, "的值"),
    ("list 颜色:红", 2, "没有「颜色」这个字段"),
    ("list (kind:penalty", 2, "补上右括号"),
    ("list days_late>=x", 2, "写成 10、>=10 或 1..30"),
    ("list due:2023-09..2023-08", 2, "把较小的写在前面"),
    ("list kind:penalties", 2, "是不是「行政处罚」"),
    ("list --sort colour", 2, "没有「colour」这个字段"),
    ("status --by colour", 2, "没有「colour」这个值"),
    ("status --of colours", 2, "写 items（事项）或 duties（任务）"),
    ("status --by duty", 2, "只用于 --of duties"),
    ("overdue --within soon", 2, "写成 14d"),
    ("show 没有的", 1, "没有事项「没有的」"),
    ("show #99", 1, "用 cailiang list 查看"),
    ("agency add 云泽市城管局", 1, "已经有了"),
    ("agency add 某局 --form 司令部", 2, "可以写：政府（government）"),
    ("agency add 某局 --parent 没有的局", 1, "没有机关「没有的局」"),
    ("source show 没有的条例", 1, "没有法源「没有的条例」"),
    ("source import 空.txt", 2, "文件是空的"),
    ("item add 某事 --agency 没有的局", 1, "没有机关"),
    ("item add 某事 --agency 城管局 --kind 处分", 2, "行政处罚（penalty）"),
    ("item add 某事 --agency 城管局 --date 2999-01-01", 2, "还没有到"),
    ("item verify", 2, "没有写明哪些事项"),
    ("item dispute A-1", 1, "要写明理由"),
    ("baseline submit A-1", 1, "现在是「待核对」阶段"),
    ("baseline edit A-1 没有.json", 2, "没有这个文件"),
    ("baseline edit A-1 坏.json", 2, "第 1 行第"),
    ("baseline edit A-1", 2, "没有设置 EDITOR"),
    ("step record A-1 颂扬", 2, "没有「颂扬」这道程序"),
    ("step record A-1 evaluation --evidence 没有", 2, "证明材料"),
    ("batch publish 没有 --number 1", 1, "没有批次「没有」"),
    ("event register 地震", 2, "amended（修改）"),
    ("event confirm 9", 1, "没有编号 9 的事件"),
    ("duty extend 99 --to 2030-01-01 --reason x", 1, "用 cailiang duty list 查看"),
    ("duty waive --reason x", 2, "没有写明哪些任务"),
    ("duty receive 城管局", 1, "不属于任何县区"),
    ("training record 城管局 --title x --date 2999-01-01", 2, "还没有到"),
    ("plan show 2050", 1, "没有 2050 年的计划"),
    ("plan load 坏.json", 2, "计划文件：第 1 行"),
    ("plan rest-days 坏.json", 2, "节假日文件：第 1 行"),
    ("import 没有.csv", 2, "没有这个文件或文件夹"),
    ("import .", 2, "这是一个文件夹"),
    ("import 空.csv", 2, "空.csv：文件是空的"),
    ("import 空.xlsx", 2, "文件是空的"),
    ("import 零.csv", 2, "无法识别的文件"),
    ("import 引号.csv", 2, "引号"),
    ("import 乱码.csv", 2, "第 3 行不符"),
    ("import 无表头.csv", 2, "甲 | 乙 | 丙"),
    ("import 断.xlsx", 2, "不完整或已损坏"),
    ("import 加密.xlsx", 2, "密码"),
    ("import 网页.xls", 2, "网页"),
    ("import 报告.pdf", 2, "PDF"),
    ("import 好.csv --agency 没有的局", 1, "没有机关「没有的局」"),
    ("import 好.csv --apply", 1, "--agency 指明机关"),
    ("import 好.csv --agency 城管局 --stage published", 2, "--date 和 --number"),
    ("import 好.csv --agency 城管局 --stage nearly", 2, "写 drafting 或 published"),
    ("import 好.csv --agency 城管局 --mapping 没有", 1, "没有保存过「没有」"),
    ("import 好.csv --mapping 坏.json", 2, "列对应文件的「第 1 行」有误"),
    ("import 好.csv --apply --dry-run", 2, "不能和"),
    ("import 坏.json --apply", 1, "请用 --db 指向一个新的位置"),
    ("--db 另.db import 坏.json --apply", 2, "JSON"),
    ("export", 2, "缺少 <FILE>"),
    ("export 表.pages", 2, "扩展名写 .csv、.xlsx 或 .json"),
    ("export 没有/表.csv", 2, "请检查文件夹"),
    ("export 好.csv", 2, "加 --force"),
    ("--db 没有.db status", 2, "用 cailiang init 新建"),
    ("--db 坏.json status", 2, "不是登记库"),
    ("--db 空.csv status", 2, "不是登记库"),
    ("--db postgres://x status", 2, "不支持 postgres"),
    ("--as 张三 status", 3, "没有账户「张三」"),
    ("init --city 甲市", 2, "已经存在"),
    ("--db 新.db init", 2, "--city 云泽市"),
    ("--db 新.db init --city 甲市 --year 1999", 2, "2023 年或以后"),
    ("--db 新.db init --city 甲市 --plan 坏.json", 2, "计划文件"),
    ("demo --items 10", 2, "请用 --out 指明"),
    ("demo --out register.db", 2, "已经存在"),
    ("--config 没有.toml status", 2, "没有这个文件或文件夹"),
    ("--config 坏.json status", 2, "坏.json 第 1 行"),
    ("--config 键.toml keys", 2, "键.toml 第 3 行：没有命令「items.opn」。"),
    ("backup 没有/备.db", 2, "请检查文件夹"),
    ("restore 没有.db --force", 2, "没有备份文件"),
    ("completions tcsh", 2, "的值「tcsh」不对"),
];

fn prepared() -> Place {
    let place = Place::with_register();
    place.on("2023-08-15", &["agency add 云泽市城管局", "item add 占道经营 --agency 城管局 --code A-1"]);
    let head = "序号,违法行为,法律依据,类别,裁量情节,裁量标准\n";
    let good = format!("{head}1,占道经营,《甲条例》第一条,一般,初次,处一百元以上二百元以下罚款\n");
    place.write("好.csv", &good);
    place.write("引号.csv", format!("{head}1,\"占道经营,《甲条例》第一条,一般,初次,处一百元罚款\n"));
    place.write("乱码.csv", [good.as_bytes(), b"\xff\xfe\x80\x80\n"].concat());
    place.write("无表头.csv", "甲,乙,丙\n1,2,3\n");
    place.write("键.toml", "[keys]\nquit = \"F12\"\nitems.opn = \"o\"\n");
    place.write("空.csv", "");
    place.write("空.txt", " \n");
    place.write("空.xlsx", "");
    place.write("零.csv", vec![0; 5000]);
    place.write("坏.json", "[[[\n");
    place.write("断.xlsx", b"PK\x03\x04 and no more");
    place.write("加密.xlsx", encrypted());
    place.write("网页.xls", "<html><table></table></html>");
    place.write("报告.pdf", "%PDF-1.7");
    place
}

/// The least of a compound file that holds an encrypted workbook: a header and a folder that names its parts.
fn encrypted() -> Vec<u8> {
    let mut file = vec![0_u8; 512 * 3];
    file[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    file[24..34].copy_from_slice(&[0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
    file[44] = 1;
    file[48] = 1;
    file[56..60].copy_from_slice(&0x1000_u32.to_le_bytes());
    file[60..64].copy_from_slice(&0xFFFF_FFFE_u32.to_le_bytes());
    file[68..72].copy_from_slice(&0xFFFF_FFFE_u32.to_le_bytes());
    file[76..512].fill(0xFF);
    file[76..80].copy_from_slice(&0_u32.to_le_bytes());
    file[512..1024].fill(0xFF);
    file[512..516].copy_from_slice(&0xFFFF_FFFD_u32.to_le_bytes());
    file[516..520].copy_from_slice(&0xFFFF_FFFE_u32.to_le_bytes());
    let entry = |file: &mut [u8], at: usize, name: &str, form: u8, child: u32| {
        let start = 1024 + at * 128;
        let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        file[start..start + units.len()].copy_from_slice(&units);
        file[start + 64] = u8::try_from(units.len() + 2).unwrap();
        file[start + 66] = form;
        file[start + 67] = 1;
        file[start + 68..start + 76].fill(0xFF);
        file[start + 76..start + 80].copy_from_slice(&child.to_le_bytes());
        file[start + 116..start + 120].copy_from_slice(&0xFFFF_FFFE_u32.to_le_bytes());
    };
    entry(&mut file, 0, "Root Entry", 5, 1);
    entry(&mut file, 1, "EncryptionInfo", 2, u32::MAX);
    entry(&mut file, 2, "EncryptedPackage", 2, u32::MAX);
    let right = 1024 + 128 + 72;
    file[right..right + 4].copy_from_slice(&2_u32.to_le_bytes());
    file
}

#[test]
fn every_bad_input_is_told_in_full_sentences_in_both_languages_and_changes_nothing() {
    let place = prepared();
    place.run("export 前.json").done();
    for (line, code, words) in BAD {
        let told = place.run(line).ended(*code).says(words);
        let last = told.err.trim_end().chars().last();
        assert!(matches!(last, Some('。' | '？')) || told.err.contains('\n'), "no sentence: {told:#?}");
        let english = place.run(&format!("--lang en {line}")).ended(*code);
        assert!(!english.err.contains("。"), "{english:#?}");
        let object = place.run(&format!("--format json {line}")).ended(*code);
        if line.contains("--format") {
            continue;
        }
        let error = object.error();
        let kind = ["", "refused", "usage", "right", "busy", "internal"][usize::try_from(*code).unwrap()];
        assert_eq!(error["error"]["kind"], kind, "{object:#?}");
        for key in ["reason", "next"] {
            assert!(error["error"][key].as_str().is_some_and(|words| !words.is_empty()), "{key}: {object:#?}");
        }
    }
    place.run("export 后.json").done();
    let register =
        |name: &str| serde_json::from_slice::<serde_json::Value>(&place.read(name)).unwrap()["register"].clone();
    assert_eq!(register("前.json"), register("后.json"));
}

#[test]
fn a_register_of_a_newer_program_or_a_damaged_one_is_left_alone() {
    let place = prepared();
    let whole = place.read("register.db");
    // The format number stands in bytes 60 to 63 of the file.
    let mut newer = whole.clone();
    newer[60..64].copy_from_slice(&999_u32.to_be_bytes());
    place.write("newer.db", &newer);
    place.write("cut.db", &whole[..whole.len() / 3]);
    let mut zeros = whole.clone();
    zeros[4096..4096 * 20].fill(0);
    place.write("zeros.db", &zeros);
    for (file, code, words) in [("newer.db", 2, "第 999 版"), ("cut.db", 5, "已损坏"), ("zeros.db", 5, "已损坏")]
    {
        let before = place.read(file);
        for command in ["status", "list", "find 占道", "agency add 甲局", "export - --to csv"] {
            place.run(&format!("--db {file} {command}")).ended(code).says(words);
        }
        assert_eq!(place.read(file), before, "{file} was touched");
    }
}

#[test]
fn nothing_that_a_terminal_obeys_is_printed() {
    let place = Place::with_register();
    let title = "占\u{1b}[31m道\u{7}经\u{9b}1m营\u{202e}";
    place.run("--today 2023-08-15 agency add 云泽市城管局").done();
    place.run_words(&["--today", "2023-08-15", "item", "add", title, "--agency", "城管局", "--code", "A"]).done();
    place.write(
        "表.csv",
        format!("序号,违法行为,法律依据,类别,裁量情节,裁量标准\nB,{title},《甲\u{9b}条例》第一条,一般,初次\u{9b}1m,处一百元罚款\n"),
    );
    place.run("--today 2023-08-16 import 表.csv --agency 城管局 --apply").done();
    let obeyed = |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c);
    for line in [
        "list",
        "list --format json",
        "list --format jsonl",
        "show A",
        "show B",
        "show B --format json",
        "find 占",
        "find 占 --format json",
        "overdue",
        "import 表.csv",
        "import 表.csv --agency 城管局 --format json",
        "item verify A --dry-run",
    ] {
        let told = place.run(line).done();
        let bad = told.out.chars().chain(told.err.chars()).find(|c| obeyed(*c));
        assert_eq!(bad, None, "{told:#?}");
    }
    for words in [["show", title], ["import", title], ["list", title], ["agency", title]] {
        let told = place.run_words(&words);
        assert!(!told.err.chars().chain(told.out.chars()).any(obeyed), "{told:#?}");
    }
    let listed = place.run("list code=A --format json").json();
    assert_eq!(listed[0]["title"], title, "programs get the words as they are");
}

#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_written_out_is_told() {
    use std::process::Stdio;
    let place = prepared();
    for line in [
        "status",
        "list --format json",
        "--help",
        "man",
        "completions bash",
        "export - --to csv",
        "export - --to xlsx",
        "export - --to json",
    ] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let words: Vec<&str> = line.split_whitespace().collect();
        ran(place.command().args(&words).stdout(Stdio::from(full)), &words).ended(5).says("磁盘已满");
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_that_is_closed_early_ends_the_command_quietly() {
    use std::process::Stdio;
    let place = prepared();
    for line in
        ["list", "list --format json", "export - --to csv", "export - --to xlsx", "export - --to json", "--help"]
    {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let words: Vec<&str> = line.split_whitespace().collect();
        let told = ran(place.command().args(&words).args(["--quiet"]).stdout(Stdio::from(writer)), &words).done();
        assert_eq!(told.err, "", "{told:#?}");
    }
}

#[test]
fn a_file_that_could_not_be_written_whole_leaves_what_stood_there() {
    let place = prepared();
    place.run("export 好.csv").ended(2);
    place.run("export 好.xlsx").done();
    let workbook = place.read("好.xlsx");
    place.run("export 好.xlsx --force").done();
    assert_eq!(place.read("好.xlsx").len(), workbook.len());
    assert!(!place.has("好.xlsx.part"));
}

#[test]
fn a_filter_of_thousands_of_conditions_is_answered_or_told() {
    let place = prepared();
    for (word, by) in [("甲", " "), ("code=x", " or "), ("kind:penalty", " and ")] {
        let filter = vec![word; 3000].join(by);
        place.run_words(&["list", &filter, "--format", "json"]).done();
    }
    let codes = format!("code:{}", vec!["x"; 20_000].join(","));
    place.run_words(&["list", &codes, "--format", "json"]).done();
    let codes = format!("code:{}", vec!["x"; 40_000].join(","));
    place.run_words(&["list", &codes]).ended(2).says("筛选条件太多");
}

#[test]
fn a_day_is_taken_in_every_way_of_writing_it() {
    let place = Place::with_register();
    for word in ["2023-08-15", "2023/8/15", "2023.08.15", "20230815", "2023年8月15日"] {
        place.run(&format!("--today {word} list")).done();
    }
    for word in ["2023年8月", "今天", "2023-13-01"] {
        place.run(&format!("--today {word} list")).ended(2).says("2023-11-01");
    }
}
