//! Backups that restore or refuse, the trail against its anchor, and what the doctor finds.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use cailiang::i18n::{FailureKind, Lang};
use cailiang::service::{
    Anchor, Backup, CheckCode, Checkup, Health, NewAgency, Present, Register, Restored, Result, SettingKey, Which,
    doctor,
};
use rusqlite::Connection;

use crate::filled::{clock, filled, fresh};

fn content(register: &Register) -> String {
    let mut bytes = Vec::new();
    register.export_json(&mut bytes, None).unwrap();
    String::from_utf8(bytes).unwrap()
}

fn content_at(path: &Path) -> String {
    content(&Register::open(path, clock(), "test").unwrap())
}

fn add_agency(register: &mut Register, name: &str) {
    register.add_agency(&NewAgency { name: name.to_owned(), ..NewAgency::default() }).unwrap();
}

fn restore(from: &Path, to: &Path) -> Result<Restored> {
    Register::restore(from, to, Present::KeepAside, &clock())
}

/// Changes a file behind the program's back.
fn tamper(path: &Path, sql: &str) {
    let db = Connection::open(path).unwrap();
    db.pragma_update(None, "foreign_keys", false).unwrap();
    db.execute_batch(sql).unwrap();
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_backup_is_the_register_in_one_file_with_its_anchor() {
    let folder = tempfile::tempdir().unwrap();
    let register = filled(&folder.path().join("a.db"));
    let away = tempfile::tempdir().unwrap();
    let to = away.path().join("备份.db");
    assert_eq!(register.backup_place(), folder.path().join("a.backup-20230920-100000.db"));
    let Backup { bytes, head, anchor } = register.backup(&to).unwrap();
    assert_eq!(names(away.path()), ["备份.db", "备份.db.anchor"]);
    assert_eq!(bytes, std::fs::metadata(&to).unwrap().len());
    let read = Anchor::read(&anchor).unwrap();
    assert_eq!((read.count, &read.head, &read.register), (head.count, &head.hash, &register.facts().uid));
    assert_eq!(register.verify_trail(Some(&read)).unwrap(), head);
    assert_eq!(content_at(&to), content(&register));
}

#[test]
fn a_backup_replaces_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let register = fresh(&path);
    let other = folder.path().join("other.txt");
    std::fs::write(&other, "mine").unwrap();
    std::fs::write(folder.path().join("b.db.anchor"), "kept elsewhere").unwrap();
    std::fs::write(folder.path().join("c.db-wal"), "left over").unwrap();
    for (to, taken) in [("a.db", "a.db"), ("other.txt", "other.txt"), ("b.db", "b.db.anchor"), ("c.db", "c.db-wal")] {
        let failure = register.backup(&folder.path().join(to)).unwrap_err();
        assert_eq!(failure.kind, FailureKind::Usage, "{to}");
        assert!(failure.say(Lang::Zh).contains(&format!("{taken} 已经存在")), "{to}: {}", failure.say(Lang::Zh));
    }
    assert_eq!(std::fs::read_to_string(&other).unwrap(), "mine");
    let mine = ["a.db", "a.db-shm", "a.db-wal", "b.db.anchor", "c.db-wal", "other.txt"];
    assert_eq!(names(folder.path()), mine);
}

#[test]
fn backups_are_sound_while_others_write() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let register = filled(&path);
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut other = Register::open(&path, clock(), "test").unwrap();
            for n in 0.. {
                if done.load(Ordering::Relaxed) {
                    break;
                }
                add_agency(&mut other, &format!("第{n}局"));
            }
        });
        let mut last = 0;
        for n in 0..8 {
            let to = folder.path().join(format!("backup-{n}.db"));
            let Backup { head, anchor, .. } = register.backup(&to).unwrap();
            let copy = Register::open(&to, clock(), "test").unwrap();
            assert!(head.count >= last);
            last = head.count;
            assert_eq!(copy.verify_trail(Some(&Anchor::read(&anchor).unwrap())).unwrap(), head);
            assert!(copy.doctor().iter().all(|checkup| checkup.health != Health::Failed), "{:?}", copy.doctor());
        }
        done.store(true, Ordering::Relaxed);
    });
}

#[test]
fn a_backup_comes_back_and_the_present_register_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("register.db");
    let mut register = filled(&path);
    let backup = folder.path().join("backup.db");
    register.backup(&backup).unwrap();
    let then = content(&register);
    add_agency(&mut register, "云泽市水务局");
    let now = content(&register);
    drop(register);
    let failure = Register::restore(&backup, &path, Present::Refuse, &clock()).unwrap_err();
    assert_eq!(failure.kind, FailureKind::Refused);
    assert_eq!(content_at(&path), now);
    let restored = restore(&backup, &path).unwrap();
    assert_eq!(content_at(&path), then);
    let kept = folder.path().join("register.before-restore-20230920-100000.db");
    assert_eq!(restored.kept.as_deref(), Some(kept.as_path()));
    assert_eq!(content_at(&kept), now);
    let elsewhere = folder.path().join("new.db");
    let restored = Register::restore(&backup, &elsewhere, Present::Refuse, &clock()).unwrap();
    assert_eq!(restored.kept, None);
    assert_eq!(content_at(&elsewhere), then);
    // The name with the time is taken by now: nothing is overwritten.
    assert!(restore(&backup, &path).unwrap_err().say(Lang::Zh).contains("已经存在"));
}

#[test]
fn what_lies_beside_a_lost_register_is_not_read_into_the_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("register.db");
    let mut register = filled(&path);
    let backup = folder.path().join("backup.db");
    register.backup(&backup).unwrap();
    let then = content(&register);
    add_agency(&mut register, "云泽市水务局");
    // The log of the last writes stays behind where only the register is deleted.
    let log = std::fs::read(folder.path().join("register.db-wal")).unwrap();
    assert!(!log.is_empty());
    drop(register);
    std::fs::remove_file(&path).unwrap();
    std::fs::write(folder.path().join("register.db-wal"), log).unwrap();
    restore(&backup, &path).unwrap();
    assert_eq!(content_at(&path), then);
    assert!(names(folder.path()).contains(&"register.before-restore-20230920-100000.db-wal".to_owned()));
}

#[test]
fn a_damaged_register_gives_way_to_a_backup() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("register.db");
    let backup = folder.path().join("backup.db");
    filled(&path).backup(&backup).unwrap();
    std::fs::write(&path, "nothing of a register").unwrap();
    let found = doctor(&path);
    assert_eq!((found.len(), found[0].id, found[0].health), (1, "open", Health::Failed));
    restore(&backup, &path).unwrap();
    assert_eq!(content_at(&path), content_at(&backup));
}

#[test]
fn a_register_that_is_open_elsewhere_is_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("register.db");
    let mut register = filled(&path);
    let backup = folder.path().join("backup.db");
    register.backup(&backup).unwrap();
    add_agency(&mut register, "云泽市水务局");
    let now = content(&register);
    let failure = restore(&backup, &path).unwrap_err();
    assert_eq!(failure.kind, FailureKind::Busy);
    assert!(failure.say(Lang::Zh).contains("register.db 正被另一个程序打开"), "{}", failure.say(Lang::Zh));
    add_agency(&mut register, "云泽市林业局");
    assert_ne!(content(&register), now);
    assert_eq!(
        names(folder.path()),
        ["backup.db", "backup.db.anchor", "register.db", "register.db-shm", "register.db-wal"]
    );
}

/// One way to spoil a backup.
type Spoil = fn(&Path);

/// What is spoilt, and what the refusal then says.
const SPOILT: &[(&str, Spoil, &str)] = &[
    ("gone", |path| std::fs::remove_file(path).unwrap(), "没有备份文件"),
    ("empty", |path| std::fs::write(path, "").unwrap(), "不是登记库"),
    ("another file", |path| std::fs::write(path, "序号,违法行为\n".repeat(500)).unwrap(), "不是登记库"),
    ("cut in half", cut, "backup.db"),
    ("pages overwritten", overwrite, "backup.db"),
    ("newer", |path| tamper(path, "PRAGMA user_version = 99"), "第 99 版"),
    ("an entry changed", |path| tamper(path, "UPDATE trail SET detail = '{}' WHERE seq = 3"), "在第 3 条断开"),
    ("an entry removed", |path| tamper(path, "DELETE FROM trail WHERE seq = 2"), "在第 3 条断开"),
    (
        "the last entry removed",
        |path| tamper(path, "DELETE FROM trail WHERE seq = (SELECT max(seq) FROM trail)"),
        "操作记录应为",
    ),
    (
        "the anchor changed",
        |path| std::fs::write(path.with_extension("db.anchor"), "count = 1").unwrap(),
        "不是锚点文件",
    ),
];

fn cut(path: &Path) {
    let bytes = std::fs::read(path).unwrap();
    std::fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
}

fn overwrite(path: &Path) {
    let mut bytes = std::fs::read(path).unwrap();
    for page in bytes.chunks_mut(4096).skip(2).step_by(3) {
        page[..64].fill(0xab);
    }
    std::fs::write(path, bytes).unwrap();
}

#[test]
fn a_spoilt_backup_is_refused_before_anything_is_touched() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("register.db");
    let mut register = filled(&path);
    let good = folder.path().join("good.db");
    register.backup(&good).unwrap();
    add_agency(&mut register, "云泽市水务局");
    let now = content(&register);
    drop(register);
    for (name, spoil, words) in SPOILT {
        let away = tempfile::tempdir().unwrap();
        let backup = away.path().join("backup.db");
        std::fs::copy(&good, &backup).unwrap();
        std::fs::copy(folder.path().join("good.db.anchor"), away.path().join("backup.db.anchor")).unwrap();
        spoil(&backup);
        let before = names(folder.path());
        let failure = restore(&backup, &path).unwrap_err();
        assert!(failure.say(Lang::Zh).contains(words), "{name}: {}", failure.say(Lang::Zh));
        assert!(!failure.next.zh.is_empty() && !failure.next.en.is_empty(), "{name}");
        assert_eq!(names(folder.path()), before, "{name}");
        assert_eq!(content_at(&path), now, "{name}");
    }
}

#[test]
fn an_anchor_finds_what_the_chain_alone_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let mut register = filled(&path);
    let anchor = Anchor::read(&register.backup(&folder.path().join("b.db")).unwrap().anchor).unwrap();
    add_agency(&mut register, "云泽市水务局");
    let head = register.verify_trail(Some(&anchor)).unwrap();
    assert!(head.count > anchor.count, "what came after the anchor is no trouble");
    let cut = format!("DELETE FROM trail WHERE seq >= {}", anchor.count);
    tamper(&path, &cut);
    assert!(register.verify_trail(None).is_ok(), "a cut tail leaves a whole chain");
    let failure = register.verify_trail(Some(&anchor)).unwrap_err();
    assert_eq!(failure.kind, FailureKind::Refused);
    assert!(failure.say(Lang::Zh).contains(&format!("应为 {} 条", anchor.count)), "{}", failure.say(Lang::Zh));
    // The chain goes on from the cut: long enough, and another.
    add_agency(&mut register, "云泽市林业局");
    add_agency(&mut register, "云泽市体育局");
    assert!(register.verify_trail(None).unwrap().count > anchor.count);
    assert_eq!(register.verify_trail(Some(&anchor)).unwrap_err().kind, FailureKind::Refused);
    let foreign = Anchor { register: "another".to_owned(), ..anchor };
    assert!(register.verify_trail(Some(&foreign)).unwrap_err().say(Lang::Zh).contains("另一个登记库"));
}

/// What is changed in the file, and which checkup finds it: identifier and words.
const DAMAGE: &[(&str, &str, &str)] = &[
    ("UPDATE citation SET source_id = 99 WHERE ordinal = 1", "references", "表 citation 里有记录指向表 source"),
    ("UPDATE trail SET actor = 'other' WHERE seq = 4", "trail", "在第 4 条断开"),
    ("UPDATE version SET content = replace(content, '五十元', '五元')", "contents", "第 1 版的内容与其哈希不符"),
    ("UPDATE evidence SET bytes = x'00' WHERE name = '空.txt'", "evidence", "「空.txt」与其哈希不符"),
    ("UPDATE item SET title = title || '罪' WHERE id = 2", "items", "事项 #2 的文字或状态"),
    ("UPDATE item SET stage = 'repealed' WHERE id = 3", "items", "事项 #3 的文字或状态"),
    ("UPDATE citation SET written = '第九条' WHERE item_id = 4 AND ordinal = 1", "items", "事项 #4 的文字或状态"),
    ("DELETE FROM version WHERE item_id = 4", "items", "事项 #4 的文字或状态"),
    ("UPDATE duty SET rule = 'x' WHERE id = 1", "values", "表 duty 的「rule」有不认识的值「x」"),
    ("UPDATE version SET created_on = '2023-02-30' WHERE no = 2", "values", "有不认识的值「2023-02-30」"),
    ("UPDATE finding_answer SET answer = '无'", "answers", "事项 #5 对 R03 的说明"),
    ("UPDATE finding_answer SET answered_by = 'other'", "answers", "事项 #5 对 R03 的说明"),
    ("UPDATE finding_answer SET answered_on = '2020-01-01'", "answers", "事项 #5 对 R03 的说明"),
    ("DELETE FROM finding_answer", "answers", "事项 #5 对 R03 的说明"),
    ("UPDATE finding_answer SET item_id = 2", "answers", "事项 #2 对 R03 的说明"),
    ("INSERT INTO setting VALUES ('severity.T08', 'note', '')", "answers", "设置「severity.T08」与操作记录不符"),
    ("UPDATE setting SET value = '7' WHERE value = '30'", "answers", "与操作记录不符"),
    ("DELETE FROM setting WHERE value = 'note'", "answers", "E07」与操作记录不符"),
    ("UPDATE item_tally SET n = n + 1", "derived", "汇总表 item_tally"),
    ("DELETE FROM duty_tally", "derived", "汇总表 duty_tally"),
    ("UPDATE item SET next_due = '2020-01-01' WHERE id = 4", "derived", "事项 #4 显示的任务状态"),
    ("UPDATE plan SET toml = 'year = 2023' WHERE year = 2023", "plan", "计划文件"),
    ("UPDATE register SET plan_year = 2031", "plan", "没有 2031 年的计划"),
    ("UPDATE rest_days SET toml = 'x'", "rest_days", "节假日文件"),
    ("UPDATE source SET title = x'ff' WHERE id = 1", "values", "表 source 第 1 条记录"),
];

fn failed(found: &[Checkup]) -> Vec<&Checkup> {
    found.iter().filter(|checkup| checkup.health == Health::Failed).collect()
}

fn told(checkup: &Checkup) -> String {
    checkup.found.iter().map(|words| words.zh.as_str()).collect()
}

#[test]
fn the_doctor_finds_what_was_changed_behind_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let sound = folder.path().join("sound.db");
    let register = filled(&folder.path().join("a.db"));
    assert_eq!(failed(&register.doctor()), Vec::<&Checkup>::new());
    register.backup(&sound).unwrap();
    for (at, (sql, id, words)) in DAMAGE.iter().enumerate() {
        let path = folder.path().join(format!("{at}.db"));
        std::fs::copy(&sound, &path).unwrap();
        tamper(&path, sql);
        let found = doctor(&path);
        let failed = failed(&found);
        let Some(checkup) = failed.iter().find(|checkup| checkup.id == *id) else { panic!("{sql}: {failed:?}") };
        assert!(told(checkup).contains(words), "{sql}: {}", told(checkup));
        assert!(!checkup.next.zh.is_empty() && !checkup.next.en.is_empty(), "{sql}");
    }
}

#[test]
fn answers_and_settings_follow_the_trail_and_what_does_not_breaks_its_verification() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let mut register = filled(&path);
    let item = cailiang::domain::ids::ItemId(5);
    let which = Which::every(CheckCode::R03);
    // Answered, withdrawn, answered anew; set, set anew, cleared.
    register.answer_findings(item, &which, "另一个理由").unwrap();
    register.withdraw_answers(item, &which).unwrap();
    register.verify_trail(None).unwrap();
    register.answer_findings(item, &which, "最后的理由").unwrap();
    register.set_setting(SettingKey::ShortestComment, "20", "乙办法").unwrap();
    register.clear_setting(SettingKey::Severity(CheckCode::E07), "").unwrap();
    register.verify_trail(None).unwrap();
    assert_eq!(failed(&register.doctor()), Vec::<&Checkup>::new());
    drop(register);
    tamper(&path, "UPDATE finding_answer SET answer = '伪造的理由'");
    let refused = Register::open(&path, clock(), "test").unwrap().verify_trail(None).unwrap_err();
    assert_eq!(refused.kind, FailureKind::Refused);
    assert!(refused.reason.zh.contains("事项 #5 对 R03 的说明与操作记录不符"), "{}", refused.reason.zh);
}

#[test]
fn derived_data_is_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let mut register = filled(&path);
    let before = content(&register);
    tamper(
        &path,
        "UPDATE item_tally SET n = 7; DELETE FROM duty_tally; UPDATE item SET duty_state = 'done', next_due = '';
         DELETE FROM item_search",
    );
    assert_eq!(failed(&register.doctor()).len(), 1);
    assert!(register.find("养犬登记", 10).unwrap().is_empty());
    register.rebuild_derived().unwrap();
    assert_eq!(failed(&register.doctor()), Vec::<&Checkup>::new());
    assert_eq!(register.find("养犬登记", 10).unwrap().len(), 1);
    assert_eq!(content(&register), before);
}

#[test]
fn what_is_only_to_be_known_is_a_notice() {
    let folder = tempfile::tempdir().unwrap();
    let mut register = filled(&folder.path().join("a.db"));
    register.new_plan(2029).unwrap();
    add_item(&mut register);
    let found = register.doctor();
    let notices = found.iter().filter(|checkup| checkup.health == Health::Notice).map(|checkup| checkup.id);
    assert_eq!(notices.collect::<Vec<_>>(), ["search", "rest_days"]);
}

fn add_item(register: &mut Register) {
    let form = super::tui_desk::form("城管局", "77", "占道经营");
    register.add_item(&form).unwrap();
}

#[test]
fn a_missing_register_is_told() {
    let found = doctor(&PathBuf::from("/nowhere/register.db"));
    assert!(told(&found[0]).contains("没有登记库"), "{found:?}");
}
