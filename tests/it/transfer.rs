//! The register out as JSON and in again, and what is refused on the way in.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use cailiang::domain::kind::Kind;
use cailiang::exchange::Options;
use cailiang::i18n::{FailureKind, Lang};
use cailiang::service::{Health, ImportOptions, ImportStage, NewAgency, Question, Register, Saved, parse_filter};
use cailiang::store::{Chain, Head, Key, Of, TABLES};
use serde_json::{Value, json};

use crate::filled::{clock, day, filled, fresh};

fn export(register: &Register) -> String {
    let mut bytes = Vec::new();
    register.export_json(&mut bytes, None).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// The value of `register`, to the byte.
fn content(file: &str) -> &str {
    file.split_once("\"register\": ").unwrap().1
}

fn parsed(file: &str) -> Value {
    serde_json::from_str(file).unwrap()
}

fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path
}

fn import(path: &Path, from: &Path) -> cailiang::service::Result<Register> {
    Register::import_json(path, from, clock(), "test")
}

#[test]
fn what_went_out_comes_back_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let first = filled(&folder.path().join("a.db"));
    let file = export(&first);
    let value = parsed(&file);
    for table in TABLES {
        assert!(!value["register"][table.name].as_array().unwrap().is_empty(), "nothing in {}", table.name);
    }
    let json = write(folder.path(), "a.json", &file);
    fresh(&folder.path().join("made.db"));
    for (name, note) in [("new.db", "no file yet"), ("made.db", "just made")] {
        let second = import(&folder.path().join(name), &json).unwrap();
        assert_eq!(content(&export(&second)), content(&file), "{note}");
        assert_eq!(second.facts(), first.facts(), "{note}");
        assert_eq!(second.find("yqdj", 10).unwrap(), first.find("yqdj", 10).unwrap(), "{note}");
        assert_eq!(second.find("yqdj", 10).unwrap().len(), 1, "{note}");
        for (of, keys) in [
            (Of::Items, vec![Key::Agency, Key::Kind, Key::Stage, Key::Standing, Key::InForce]),
            (Of::Duties, vec![Key::Agency, Key::Duty, Key::Year, Key::Standing]),
        ] {
            let count =
                |register: &Register| register.count(of, &keys, &parse_filter("").unwrap(), Question::default());
            assert_eq!(count(&second).unwrap(), count(&first).unwrap(), "{note}");
        }
    }
}

#[test]
fn the_made_up_city_is_sound_and_makes_the_round() {
    let folder = tempfile::tempdir().unwrap();
    let first = Register::demo(Some(&folder.path().join("a.db")), &clock()).unwrap();
    let found = first.doctor();
    let failed: Vec<_> = found.iter().filter(|checkup| checkup.health == Health::Failed).collect();
    assert!(failed.is_empty(), "{failed:?}");
    let file = export(&first);
    let second = import(&folder.path().join("b.db"), &write(folder.path(), "a.json", &file)).unwrap();
    assert_eq!(content(&export(&second)), content(&file));
}

#[test]
fn work_goes_on_in_what_came_back() {
    let folder = tempfile::tempdir().unwrap();
    let first = filled(&folder.path().join("a.db"));
    let json = write(folder.path(), "a.json", &export(&first));
    let mut second = import(&folder.path().join("b.db"), &json).unwrap();
    let entries = |register: &Register| parsed(&export(register))["register"]["trail"].as_array().unwrap().len();
    second.add_agency(&NewAgency { name: "云泽市水务局".to_owned(), ..NewAgency::default() }).unwrap();
    assert!(entries(&second) > entries(&first));
    let store = cailiang::store::Store::open(&folder.path().join("b.db")).unwrap();
    assert!(matches!(store.verify_trail().unwrap(), Chain::Whole(_)));
}

#[test]
fn a_register_in_use_is_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let first = filled(&folder.path().join("a.db"));
    let json = write(folder.path(), "a.json", &export(&first));
    let place = folder.path().join("b.db");
    let mut used = fresh(&place);
    used.add_agency(&NewAgency { name: "云泽市水务局".to_owned(), ..NewAgency::default() }).unwrap();
    let before = export(&used);
    let failure = import(&place, &json).unwrap_err();
    assert_eq!(failure.kind, FailureKind::Refused);
    assert!(failure.say(Lang::Zh).contains("b.db 已经有人使用过"), "{failure}");
    assert_eq!(content(&export(&used)), content(&before));
}

#[test]
fn an_export_holds_one_moment() {
    /// Writes to the register as soon as the first bytes arrive.
    struct Meddling {
        bytes: Vec<u8>,
        other: Option<Register>,
    }
    impl Write for Meddling {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            if let Some(mut other) = self.other.take() {
                other.add_agency(&NewAgency { name: "云泽市水务局".to_owned(), ..NewAgency::default() }).unwrap();
            }
            self.bytes.write(bytes)
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let register = filled(&path);
    let other = Register::open(&path, clock(), "test").unwrap();
    let mut out = Meddling { bytes: Vec::new(), other: Some(other) };
    let head = register.export_json(&mut out, None).unwrap();
    let value = parsed(&String::from_utf8(out.bytes).unwrap());
    let trail = value["register"]["trail"].as_array().unwrap();
    assert_eq!(trail.last().unwrap()["hash"], json!(head.hash));
    assert_eq!(i64::try_from(trail.len()).unwrap(), head.count);
    assert_eq!(value["envelope"]["trail"], json!({ "count": head.count, "head": head.hash }));
    let after: Value = parsed(&export(&register));
    assert_eq!(after["envelope"]["trail"]["count"], json!(head.count + 2), "the other write happened meanwhile");
}

#[test]
fn a_part_holds_what_belongs_to_its_items() {
    let folder = tempfile::tempdir().unwrap();
    let register = filled(&folder.path().join("a.db"));
    let mut bytes = Vec::new();
    register.export_json(&mut bytes, Some(&parse_filter("遗弃").unwrap())).unwrap();
    let file = String::from_utf8(bytes).unwrap();
    let value = parsed(&file);
    assert_eq!(value["envelope"]["filter"], json!("遗弃"));
    let counts: BTreeMap<&str, usize> =
        TABLES.iter().map(|table| (table.name, value["register"][table.name].as_array().unwrap().len())).collect();
    let expected = [
        ("register", 1),
        ("setting", 2),
        ("agency", 4),
        ("source", 1),
        ("source_version", 1),
        ("article", 3),
        ("batch", 0),
        ("item", 1),
        ("citation", 2),
        ("version", 1),
        ("finding_answer", 0),
        ("step", 0),
        ("evidence", 0),
        ("plan", 2),
        ("rest_days", 1),
        ("event", 1),
        ("duty", 5),
        ("duty_history", 2),
        ("item_history", 4),
        ("training", 0),
        ("received", 0),
        ("mapping", 0),
        ("trail", 7),
    ];
    assert_eq!(counts, expected.into_iter().collect());
    let failure = import(&folder.path().join("b.db"), &write(folder.path(), "part.json", &file)).unwrap_err();
    assert!(failure.say(Lang::Zh).contains("只含筛选「遗弃」的事项"), "{}", failure.say(Lang::Zh));
    assert!(!folder.path().join("b.db").exists());
}

/// One change to a sound file.
type Change = fn(&str) -> String;

/// What is changed, and what the refusal then says.
const FLAWS: &[(&str, Change, FailureKind, &str)] = &[
    ("empty", |_| String::new(), FailureKind::Usage, "文件不完整"),
    ("not JSON", |_| "序号,违法行为\n".to_owned(), FailureKind::Usage, "这里不是 JSON"),
    ("another JSON", |_| "[1, 2]".to_owned(), FailureKind::Usage, "不是登记库的导出文件"),
    ("no envelope", |file| format!("{{\"register\": {}", content(file)), FailureKind::Usage, "没有「envelope」"),
    (
        "no table",
        |file| file.replace("\"setting\": [", "\"settings\": ["),
        FailureKind::Usage,
        "没有「settings」这个表",
    ),
    (
        "only an envelope",
        |file| format!("{}\"register\": {{}}}}", file.split_once("\"register\": ").unwrap().0),
        FailureKind::Usage,
        "没有「register」",
    ),
    ("rest after the end", |file| format!("{file}]"), FailureKind::Usage, "这里不是 JSON"),
    ("newer", |file| file.replacen("\"format\":1", "\"format\":2", 1), FailureKind::Usage, "第 2 版，本程序读第 1 版"),
    (
        "unknown column",
        |file| file.replacen("{\"key\":", "{\"colour\":1,\"key\":", 1),
        FailureKind::Usage,
        "表 setting 第 1 条记录：没有「colour」这一列",
    ),
    (
        "missing column",
        |file| file.replacen("\"opened_on\":\"2023-09-20\",", "", 1),
        FailureKind::Usage,
        "缺「opened_on」",
    ),
    (
        "column twice",
        |file| file.replacen("{\"key\":", "{\"key\":\"x\",\"key\":", 1),
        FailureKind::Usage,
        "「key」写了两次",
    ),
    (
        "wrong value",
        |file| file.replacen("\"plan_year\":2024", "\"plan_year\":true", 1),
        FailureKind::Usage,
        "「plan_year」的值不能用",
    ),
    (
        "null where words must stand",
        |file| file.replacen("\"plan_year\":2024", "\"plan_year\":null", 1),
        FailureKind::Refused,
        "「plan_year」的值类型不对",
    ),
    (
        "row twice",
        |file| file.replacen("{\"key\":", "{\"key\":\"check.E07\",\"value\":\"\",\"reason\":\"\"},\n{\"key\":", 1),
        FailureKind::Refused,
        "表 setting 第 2 条记录不合规则",
    ),
    (
        "an unknown term",
        |file| file.replacen("\"form\":\"bureau\"", "\"form\":\"office\"", 1),
        FailureKind::Refused,
        "表 agency 的「form」有不认识的值「office」",
    ),
    (
        "no day",
        |file| file.replacen("\"opened_on\":\"2023-09-20\"", "\"opened_on\":\"20.9.2023\"", 1),
        FailureKind::Refused,
        "有不认识的值「20.9.2023」",
    ),
    ("no register in it", without_register, FailureKind::Refused, "表 register 应有一条记录"),
    (
        "dangling",
        |file| file.replacen("\"parent_id\":1", "\"parent_id\":99", 1),
        FailureKind::Refused,
        "指向表 agency 中不存在的记录",
    ),
    (
        "entry changed",
        |file| file.replacen("\"actor\":\"local\"", "\"actor\":\"other\"", 1),
        FailureKind::Refused,
        "操作记录链在第 1 条断开",
    ),
    ("head changed", |file| file.replacen("\"head\":\"", "\"head\":\"0", 1), FailureKind::Refused, "末尾哈希 0"),
    (
        "content changed",
        |file| file.replacen("处三百元罚款", "处一百元罚款", 1),
        FailureKind::Refused,
        "内容与其哈希不符",
    ),
    (
        "title changed",
        |file| file.replacen("\"title\":\"遗弃犬只\",\"kind\"", "\"title\":\"遗弃犬\",\"kind\"", 1),
        FailureKind::Refused,
        "文字或状态与其最新历史记录不符",
    ),
];

fn without_register(file: &str) -> String {
    let (before, rest) = file.split_once("\"register\": [").unwrap();
    let (_, after) = rest.split_once("\n]").unwrap();
    format!("{before}\"register\": [\n]{after}")
}

#[test]
fn a_full_disk_is_told() {
    struct Full;
    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let register = filled(&folder.path().join("a.db"));
    let failure = register.export_json(&mut Full, None).unwrap_err();
    assert!(failure.say(Lang::Zh).contains("磁盘已满"), "{}", failure.say(Lang::Zh));
}

#[test]
fn a_flaw_leaves_everything_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let file = export(&filled(&folder.path().join("a.db")));
    let place = folder.path().join("b.db");
    let made = fresh(&place);
    let before = export(&made);
    for (name, change, kind, words) in FLAWS {
        let changed = change(&file);
        assert_ne!(changed, file, "{name}");
        let json = write(folder.path(), "changed.json", &changed);
        let failure = import(&place, &json).unwrap_err();
        let (zh, en) = (failure.say(Lang::Zh), failure.say(Lang::En));
        assert!(zh.contains(words), "{name}: {zh}");
        assert!(zh.contains("changed.json：") && en.contains("changed.json: "), "{name}: {en}");
        assert_eq!(failure.kind, *kind, "{name}: {en}");
        assert!(!failure.next.zh.is_empty() && !failure.next.en.is_empty(), "{name}");
        assert_eq!(content(&export(&made)), content(&before), "{name}");
        let nowhere = folder.path().join("nowhere.db");
        import(&nowhere, &json).unwrap_err();
        assert!(!nowhere.exists() && !folder.path().join("nowhere.db-wal").exists(), "{name}");
    }
    import(&place, &write(folder.path(), "sound.json", &file)).unwrap();
}

#[test]
fn a_file_cut_anywhere_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = export(&filled(&folder.path().join("a.db")));
    let place = folder.path().join("b.db");
    let made = fresh(&place);
    let before = export(&made);
    let bytes = file.trim_end().as_bytes();
    for at in (0..bytes.len()).step_by(bytes.len() / 40).chain([bytes.len() - 2, bytes.len() - 1]) {
        let json = folder.path().join("cut.json");
        std::fs::write(&json, &bytes[..at]).unwrap();
        let failure = import(&place, &json).unwrap_err();
        assert_eq!(failure.kind, FailureKind::Usage, "{at}: {failure}");
        assert_eq!(content(&export(&made)), content(&before), "{at}");
    }
}

#[test]
fn a_missing_file_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let failure = import(&folder.path().join("b.db"), &folder.path().join("none.json")).unwrap_err();
    assert_eq!(failure.kind, FailureKind::Usage);
    assert!(failure.say(Lang::Zh).contains("none.json：读不到文件"), "{failure}");
    assert!(!folder.path().join("b.db").exists());
}

#[test]
fn a_published_workbook_makes_the_round() {
    let real = std::env::var_os("CAILIANG_REAL")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/real"), PathBuf::from)
        .join("jiangmen-environment.xls");
    if !real.exists() {
        eprintln!("skipped: no {}", real.display());
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut first = fresh(&folder.path().join("a.db"));
    first.add_agency(&NewAgency { name: "云泽市生态环境局".to_owned(), ..NewAgency::default() }).unwrap();
    let options = ImportOptions {
        apply: true,
        skip_rejected: true,
        stage: ImportStage::Published { on: day(9, 1), number: "云环〔2023〕1号".to_owned() },
        agency: Some("云泽市生态环境局".to_owned()),
        saved: Saved::None,
        reading: Options { kind: Some(Kind::Penalty), ..Options::default() },
    };
    let imported = first.import(&real, &options, |_| {}).unwrap();
    assert!(imported.created > 30, "{imported:?}");
    let file = export(&first);
    let second = import(&folder.path().join("b.db"), &write(folder.path(), "a.json", &file)).unwrap();
    assert_eq!(content(&export(&second)), content(&file));
    let Head { count, .. } = second.export_json(&mut std::io::sink(), None).unwrap();
    assert_eq!(parsed(&file)["envelope"]["trail"]["count"], json!(count));
}
