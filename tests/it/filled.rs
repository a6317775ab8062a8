//! A register filled by the use cases: something in every table.

use std::path::Path;

use cailiang::domain::agency::AgencyForm;
use cailiang::domain::baseline::{Baseline, Ladder, Tier};
use cailiang::domain::duty::Closing;
use cailiang::domain::ids::{AgencyId, ItemId};
use cailiang::domain::kind::Kind;
use cailiang::domain::procedure::{Step, StepRecord};
use cailiang::domain::source::Rank;
use cailiang::service::{
    CheckCode, Clock, EventForm, ItemForm, NewAgency, NewRegister, NewSource, Register, SettingKey, TrainingForm, Which,
};
use cailiang::store::{Done, Entry, Stamp, Store, StoreError};
use chrono::NaiveDate;

use super::tui_desk::form;

/// 20 September 2023, ten in the morning.
pub fn clock() -> Clock {
    Clock { day: day(9, 20), time: "10:00:00".to_owned(), told: false }
}

/// A day of 2023.
pub fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2023, month, day).unwrap()
}

/// A register in which nothing was done yet.
pub fn fresh(path: &Path) -> Register {
    let new = NewRegister { city: "云泽市".to_owned(), year: None, plan: None, rehearsal: false };
    Register::init(path, clock(), "test", &new).unwrap()
}

/// A register with agencies, a source, items in several stages, steps with evidence, a batch, trainings and reports.
pub fn filled(path: &Path) -> Register {
    let mut register = fresh(path);
    let agency = tree(&mut register);
    let text = "第一条 为了规范养犬，制定本条例。\n第十条 携犬出户应当束犬链。\n第二十条之一 \u{1f415} 违反第十条的，处五十元以上二百元以下罚款。";
    let source = NewSource {
        title: "《云泽市养犬管理条例》".to_owned(),
        rank: Some(Rank::CityRegulation),
        label: "2021年".to_owned(),
        text: text.to_owned(),
        ..NewSource::default()
    };
    register.add_source(&source).unwrap();
    register.explain_article("云泽市养犬管理条例", "1", "没有处罚\t\"只说目的\"").unwrap();
    published(&mut register);
    let disputed = add(&mut register, "02", "携犬出户不束犬链");
    register.dispute_item(disputed, "不归本局").unwrap();
    let excluded = add(&mut register, "03", "没有裁量余地的行为");
    register.exclude_item(excluded, "单一罚额").unwrap();
    let drafted = add(&mut register, "", "遗弃犬只");
    register.verify_item(drafted, None).unwrap();
    register.edit_baseline(drafted, &baseline("遗弃犬只", "二百元"), None).unwrap();
    register.edit_baseline(drafted, &baseline("遗弃犬只", "三百元"), None).unwrap();
    let duty =
        register.show_item(drafted).unwrap().duties.iter().find(|row| row.duty.closing == Closing::Open).unwrap().id;
    register.extend_duty(duty, day(11, 30), "等候省基准").unwrap();
    trainings(&mut register);
    amended(&mut register, drafted);
    answered(&mut register);
    register.new_plan(2024).unwrap();
    register.load_rest_days("[[year]]\nyear = 2031\nnotice = \"试\"\nholidays = []\nworking = []\n").unwrap();
    drop(register);
    beyond_use_cases(path, agency);
    let register = Register::open(path, clock(), "test").unwrap();
    register.index_all().unwrap();
    register
}

/// Content with signs that files like to break.
pub fn baseline(violation: &str, fine: &str) -> Baseline {
    let mut baseline = Baseline::new(Kind::Penalty);
    baseline.set_text("violation", violation);
    let tier = Tier {
        label: "①".to_owned(),
        conditions: vec!["首次\u{2028}且\"及时\"改正\\".to_owned(), "</script>\u{7f}\u{1}".to_owned()],
        standard: format!("处{fine}罚款"),
        ..Tier::default()
    };
    baseline.ladders.push(Ladder { tiers: vec![tier], ..Ladder::default() });
    baseline
}

fn tree(register: &mut Register) -> AgencyId {
    let agency = register
        .add_agency(&NewAgency {
            name: "云泽市城市管理局".to_owned(),
            short: "城管局".to_owned(),
            ..NewAgency::default()
        })
        .unwrap();
    let county =
        NewAgency {
            name: "青浦县人民政府".to_owned(), form: Some(AgencyForm::Government), ..NewAgency::default()
        };
    register.add_agency(&county).unwrap();
    agency
}

fn add(register: &mut Register, code: &str, title: &str) -> ItemId {
    let form = ItemForm {
        basis: "《云泽市养犬管理条例》第二十条之一".to_owned(),
        duty: "《云泽市养犬管理条例》第十条".to_owned(),
        ..form("城管局", code, title)
    };
    register.add_item(&form).unwrap()
}

/// An item through its whole life, and a second version begun.
fn published(register: &mut Register) {
    let item = add(register, "01", "未办理养犬登记");
    register.verify_item(item, Some(day(9, 1))).unwrap();
    register.edit_baseline(item, &baseline("未办理养犬登记", "五十元"), None).unwrap();
    for (step, on) in [(Step::Evaluation, 2), (Step::Comment, 5), (Step::Legality, 6), (Step::Decision, 7)] {
        let from = (step == Step::Comment).then(|| day(9, 3));
        let record = StepRecord { step, on: day(9, on), from, number: format!("{on}号"), note: String::new() };
        let bytes: Vec<u8> = (0..=255).cycle().take(300_001).collect();
        let files = if step == Step::Legality {
            vec![("意见 书.pdf".to_owned(), bytes), ("空.txt".to_owned(), Vec::new())]
        } else {
            Vec::new()
        };
        register.record_step(item, &record, files).unwrap();
    }
    register.mark_ready(item).unwrap();
    register.submit(item).unwrap();
    register.accept(item).unwrap();
    register.approve(item, Some(day(9, 8)), "云政〔2023〕8号").unwrap();
    register.new_batch("第一批", &[item]).unwrap();
    let results = register.publish_batch("第一批", Some(day(9, 15)), "云政发〔2023〕9号").unwrap();
    assert!(results.iter().all(|(_, result)| result.is_ok()), "{results:?}");
    register.revise(item).unwrap();
}

fn trainings(register: &mut Register) {
    let training = TrainingForm {
        agency: "城管局".to_owned(),
        title: "裁量权基准".to_owned(),
        on: Some(day(9, 10)),
        people: 35,
        note: String::new(),
    };
    register.record_training(&training).unwrap();
    register.record_received("青浦县人民政府", "progress", None, Some(day(9, 18)), "第一次").unwrap();
}

/// An amendment that opens a clock on an item.
fn amended(register: &mut Register, item: ItemId) {
    let form = EventForm {
        form: "amended".to_owned(),
        source: Some("云泽市养犬管理条例".to_owned()),
        articles: "第十条".to_owned(),
        on: Some(day(9, 19)),
        note: String::new(),
    };
    let event = register.register_event(&form).unwrap();
    register.confirm_event(event, &[item]).unwrap();
}

/// A draft with a warning that was answered in words, and what the register set for itself.
fn answered(register: &mut Register) {
    let item = add(register, "05", "犬只伤人");
    register.verify_item(item, None).unwrap();
    let mut baseline = baseline("犬只伤人", "五百");
    "处一百以上五百元以下罚款".clone_into(&mut baseline.ladders[0].tiers[0].standard);
    register.edit_baseline(item, &baseline, None).unwrap();
    register.answer_findings(item, &Which::every(CheckCode::R03), "原件\"如此\"，\u{1f415}\n已与省厅核对").unwrap();
    register.set_setting(SettingKey::ShortestComment, "30", "甲办法第三条").unwrap();
    register.set_setting(SettingKey::Severity(CheckCode::E07), "note", "本市罚款不分三档").unwrap();
}

/// What no use case writes: a mapping.
fn beyond_use_cases(path: &Path, agency: AgencyId) {
    let mut store = Store::open(path).unwrap();
    let at = "2023-09-20T11:00:00+08:00".to_owned();
    let stamp = Stamp { day: day(9, 20), at, actor: "local".to_owned(), origin: "test" };
    store
        .write(&stamp, |write| {
            write.set_mapping(agency, "常用", "violation = 2\n")?;
            let entry = Entry { verb: "mapping.save", record: "mapping", record_id: 0, detail: serde_json::json!({}) };
            Ok::<_, StoreError>(Done::Wrote((), entry))
        })
        .unwrap();
}
