//! What programs may rely on: keys and types of JSON, exit codes, what goes to which stream.

use serde_json::Value;

use super::cli::{Place, real_tables};

/// A command and its keys with the types that a value may have: s text, n number, b yes or no, 0 nothing.
const LISTS: &[(&str, &str)] = &[
    (
        "list",
        "code s, title s, kind s, agency s, level s, source s, clause s, sources s, stage s, in_force n0, verification s, \
         standing s0, due s0, version n0, updated s",
    ),
    (
        "overdue --as-of 2024-02-01",
        "id n, duty s, clause s, agency s, item s0, title s0, starts s0, due s0, original_due s0, extended b, done s0, \
         standing s, days_late n, chased n, last_chased s0",
    ),
    (
        "duty list",
        "id n, duty s, clause s, agency s, item s0, title s0, starts s0, due s0, original_due s0, extended b, done s0, \
         standing s, days_late n, chased n, last_chased s0",
    ),
    ("status", "stage s, count n"),
    ("status --of duties", "duty s, standing s, count n"),
    ("status --by agency,kind,level", "agency s, kind s, level s, count n"),
    ("status --by source,stage,standing", "source s0, stage s, standing s0, count n"),
    ("status --by in_force,verification", "in_force b, verification s, count n"),
    ("status --of duties --by year,agency", "year n, agency s, count n"),
    ("find 占道", "id n, code s, title s, agency s, kind s, stage s"),
    ("agency list", "code s, name s, short s, form s, level s, parent s0, is_government b, vertical b"),
    ("source list", "title s, rank s0, issuer s, number s, effective s0, amended s0, status s"),
    ("source show 甲条例", "article s, items n, no_item_reason s, text s"),
    ("training list", "date s, agency s, title s, people n, note s"),
    ("batch show", "name s, items n, created s, published s0, number s"),
    ("event list", "id n, form s, source s, articles s, date s, affected n, note s"),
    ("event affected 1", "item n, code s, agency s, title s, clause s, stage s"),
    ("item verify A B --dry-run", "id n, code s0, done b, stage s0, reason s0, findings 0a"),
    ("check severity", "code s, severity s, built_in s, finds s, reason s0"),
    ("setting list", "key s, value s0, about s, reason s0"),
];

const STANDINGS: &[&str] = &["not_started", "on_track", "due_soon", "overdue", "done", "done_late", "waived"];
const STAGES: &[&str] = &[
    "listed",
    "verified",
    "excluded",
    "drafting",
    "submitted",
    "returned",
    "accepted",
    "approved",
    "published",
    "superseded",
    "repealed",
];

fn city() -> Place {
    let place = Place::with_register();
    place.write("甲条例.txt", "第一条　为了管理，制定本条例。\n第二条　占道经营的，处二百元以上五百元以下罚款。\n");
    place.on(
        "2023-08-15",
        &[
            "agency add 云泽市城管局 --short 城管局",
            "source import 甲条例.txt --rank city_regulation --effective 2020-01-01",
            "item add 占道经营 --agency 城管局 --code A --basis 《甲条例》第二条",
            "item add 占道堆物 --agency 城管局 --code B",
            "item add 检查摊点 --agency 城管局 --kind inspection",
            "item exclude B --reason 并入",
            "training record 城管局 --title 培训",
            "batch new 第一批 A",
            "event register amended --source 甲条例",
        ],
    );
    place
}

#[test]
fn lists_have_stable_keys_and_types() {
    let place = city();
    for (line, keys) in LISTS {
        let json = place.run(&format!("{line} --format json"));
        assert!(json.code <= 1 && json.err.is_empty(), "{json:#?}");
        let rows = json.json();
        let rows = rows.as_array().unwrap();
        assert!(!rows.is_empty(), "{line} is empty: nothing was compared");
        for row in rows {
            let row = row.as_object().unwrap();
            let expected: Vec<(&str, &str)> = keys.split(", ").map(|key| key.split_once(' ').unwrap()).collect();
            for (key, types) in &expected {
                let form = match &row[*key] {
                    Value::String(_) => 's',
                    Value::Number(number) if number.is_i64() => 'n',
                    Value::Bool(_) => 'b',
                    Value::Null => '0',
                    Value::Array(_) => 'a',
                    other => panic!("{line}: {key} is {other}"),
                };
                assert!(types.contains(form), "{line}: {key} is {}", row[*key]);
            }
            assert_eq!(row.len(), expected.len(), "{line}: {row:?}");
            let of =
                |key: &str, set: &[&str]| row.get(key).and_then(Value::as_str).is_none_or(|value| set.contains(&value));
            assert!(of("standing", STANDINGS) && of("stage", STAGES), "{line}: {row:?}");
        }
        // The same in lines, and as a table of the same keys.
        let lines = place.run(&format!("{line} --format jsonl")).out;
        let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(&lines, rows, "{line}");
        let csv = place.run(&format!("{line} --format csv")).out;
        let heading: Vec<&str> = csv.lines().next().unwrap().split(',').collect();
        let keys: Vec<&str> = keys.split(", ").map(|key| key.split_once(' ').unwrap().0).collect();
        assert_eq!(heading, keys, "{line}");
    }
}

#[test]
fn an_empty_list_is_an_empty_array_and_a_heading() {
    let place = city();
    assert_eq!(place.run("list code=没有 --format json").done().out, "[]\n");
    assert_eq!(place.run("list code=没有 --format jsonl").done().out, "");
    assert!(place.run("list code=没有 --format csv").done().out.starts_with("code,title,"));
    place.run("list code=没有").done().says("0 个事项");
}

#[test]
fn an_item_whole_as_json() {
    let item = city().run("show A --format json").done().json();
    for key in [
        "id",
        "code",
        "title",
        "kind",
        "agency",
        "level",
        "vertical",
        "citations",
        "verification",
        "reason",
        "listed",
        "stage",
        "standing",
        "due",
        "in_force",
        "version",
        "baseline",
        "versions",
        "steps",
        "duties",
        "trail",
    ] {
        assert!(item.get(key).is_some(), "{key} is missing");
    }
    assert_eq!(item["duties"][0]["duty"], "draft");
    assert_eq!(item["trail"][0]["verb"], "item.add");
}

#[test]
fn talk_goes_to_standard_error_and_quiet_silences_it() {
    let place = city();
    let told = place.run("--today 2023-08-16 agency add 云泽市公安局").done();
    assert!(told.out.is_empty() && told.err.contains("已新增机关"), "{told:#?}");
    let quiet = place.run("--today 2023-08-16 --quiet agency add 云泽市教育局").done();
    assert!(quiet.out.is_empty() && quiet.err.is_empty(), "{quiet:#?}");
    let listed = place.run("list").done();
    assert!(listed.out.contains("占道经营") && listed.err.contains("3 个事项"), "{listed:#?}");
    // A refusal is not talk.
    place.run("--quiet show 没有").ended(1).says("没有事项");
}

#[test]
fn language_and_register_come_from_option_environment_or_default() {
    let place = city();
    let with =
        |words: &[&str], key: &str, value: &str| super::cli::ran(place.command().args(words).env(key, value), words);
    with(&["list"], "CAILIANG_LANG", "en").done().says("3 items");
    with(&["list", "--lang", "zh"], "CAILIANG_LANG", "en").done().says("3 个事项");
    with(&["list"], "LANG", "en_US.UTF-8").done().says("3 个事项");
    with(&["list"], "CAILIANG_DB", "nowhere.db").ended(2).says("nowhere.db");
    with(&["list", "--db", "register.db"], "CAILIANG_DB", "nowhere.db").done();
    with(&["list", "--db", "sqlite:register.db"], "CAILIANG_DB", "nowhere.db").done();
    let none = super::cli::ran(place.command().env_remove("CAILIANG_DB").arg("list"), &["list"]);
    none.ended(2).says("data/cailiang/register.db");
    assert!(!place.run("list").done().out.contains('\u{1b}'), "no colour into a pipe");
}

#[test]
fn a_day_that_is_told_is_for_reading_and_writes_only_a_rehearsal_register() {
    let place = Place::new();
    place.run("init --city 云泽市").done();
    place.run("--today 2023-09-01 status --of duties").done();
    place.run("--today 2023-09-01 agency add 云泽市城管局").ended(1).says("演练库");
    place.run("agency add 云泽市城管局").done();
    // A trial writes nothing, whatever the day.
    place.write(
        "表.csv",
        "序号,违法行为,法律依据,类别,裁量情节,裁量标准\n1,占道,《甲条例》第一条,一般,初次,处一百元罚款\n",
    );
    place.run("--today 2023-09-01 import 表.csv --agency 城管局").done().says("这是试读");
    place.run("import 表.csv --agency 城管局 --apply").done();
    place.run("--today 2023-09-01 baseline ready 1 --dry-run").done().says("将提请法制审核");
}

#[test]
fn dry_runs_tell_what_would_be_refused_and_write_nothing() {
    let place = city();
    place.run("export 前.json").done();
    place
        .run("--today 2023-08-16 item verify A B --dry-run")
        .ended(1)
        .says("将核对确认：#1 A 占道经营")
        .says("不能核对确认：#2 B");
    place.run("--today 2023-08-16 item verify B --dry-run").ended(1);
    place.run("--today 2023-08-16 item exclude --where kind:inspection --reason x --dry-run").done().says("将排除：#3");
    place.run("--today 2023-08-16 duty waive --where duty:draft --reason x --dry-run").done().says("将免除：任务");
    place.run("--today 2023-08-16 event confirm 1 --dry-run").done().says("将为 1 个事项起算");
    place.run("--today 2023-08-16 batch new 第二批 A --dry-run").done();
    place.run("--today 2023-08-16 item exclude --where code=没有 --reason x").done().says("没有符合条件的");
    place.run("export 后.json").done();
    let register = |name: &str| serde_json::from_slice::<Value>(&place.read(name)).unwrap()["register"].clone();
    assert_eq!(register("前.json"), register("后.json"));
}

const TABLE: &str = "云泽市城市管理行政处罚裁量基准,,,,,\n序号,违法行为,法律依据,类别,裁量情节,裁量标准\n\
                     C-1,占道经营,《甲条例》第二条,轻微,及时改正,不予处罚\n,,,一般,初次,处二百元以上三百元以下罚款\n\
                     C-2,占道堆物,《甲条例》第三条,一般,初次,处一百元以上二百元以下罚款\n";

#[test]
fn a_trial_as_json_has_its_shape_with_and_without_a_register() {
    let place = Place::new();
    place.write("表.csv", TABLE);
    let expected = serde_json::json!({
        "file": "表.csv", "encoding": "utf-8",
        "sheets": [{ "name": "表", "heading_row": 2, "items": 2, "tiers": 3,
            "mapping": { "code": 1, "violation": 2, "basis": 3, "tier": 4, "condition": 5, "standard": 6 } }],
        "items": [
            { "action": "create", "code": "C-1", "title": "占道经营", "sheet": "表", "row": 3,
              "ladders": [{ "ladder": 1, "label": null, "row": 3 }],
              "tiers": [
                { "ladder": 1, "label": "轻微", "row": 3, "conditions": ["及时改正"], "standard": "不予处罚" },
                { "ladder": 1, "label": "一般", "row": 4, "conditions": ["初次"], "standard": "处二百元以上三百元以下罚款" } ] },
            { "action": "create", "code": "C-2", "title": "占道堆物", "sheet": "表", "row": 5,
              "ladders": [{ "ladder": 1, "label": null, "row": 5 }],
              "tiers": [
                { "ladder": 1, "label": "一般", "row": 5, "conditions": ["初次"], "standard": "处一百元以上二百元以下罚款" } ] } ],
        "notices": [], "rejected": [],
    });
    let mut told = place.run("import 表.csv --dry-run --format json").done().json();
    // How the encoding is written is the report's own matter.
    told["encoding"] = "utf-8".into();
    assert_eq!(told, expected);
    place.run("init --city 云泽市").done();
    place.run("agency add 云泽市城管局").done();
    for line in ["import 表.csv --dry-run --format json", "import 表.csv --format json --agency 城管局"] {
        let mut told = place.run(line).done().json();
        told["encoding"] = "utf-8".into();
        assert_eq!(told, expected, "{line}");
    }
    place.run("import 表.csv --apply --agency 城管局").done();
    let again = place.run("import 表.csv --format json --agency 城管局").done().json();
    let actions: Vec<&Value> = again["items"].as_array().unwrap().iter().map(|item| &item["action"]).collect();
    assert_eq!(actions, ["skip", "skip"]);
    place.write("表.csv", TABLE.replace("三百元", "四百元").replace("C-2", "C-3"));
    let changed = place.run("import 表.csv --format json --agency 城管局").done().json();
    let actions: Vec<&Value> = changed["items"].as_array().unwrap().iter().map(|item| &item["action"]).collect();
    assert_eq!(actions, ["update", "create"]);
    // What is missing from the newer table is told and stays.
    assert_eq!(changed["notices"][0]["code"], "missing");
    assert!(changed["notices"][0]["text"].as_str().unwrap().contains("C-2 占道堆物"), "{changed:#}");
}

#[test]
fn rejected_rows_are_named_and_nothing_is_written_unless_they_may_be_skipped() {
    let place = city();
    place.write("表.csv", format!("{TABLE}C-1,占道经营,《甲条例》第二条,一般,初次,处一百元罚款\n"));
    let told = place.run("--today 2023-08-16 import 表.csv --agency 城管局 --apply").ended(1);
    told.says("第 6 行：同一文件里已有这个事项").says("没有写入任何内容").says("--skip-rejected");
    let object = place.run("--today 2023-08-16 import 表.csv --agency 城管局 --apply --format json").ended(1);
    assert_eq!(object.error()["error"]["kind"], "refused");
    assert_eq!(object.json()["rejected"][0]["row"], 6);
    place.run("list code:C- --format json").done().says("[]");
    place.run("--today 2023-08-16 import 表.csv --agency 城管局").ended(1);
    for _ in 0..2 {
        place.run("--today 2023-08-16 import 表.csv --agency 城管局 --apply --skip-rejected").done();
    }
    assert_eq!(place.run("list code:C- --format json").done().json().as_array().unwrap().len(), 2);
}

#[test]
fn a_table_in_as_drafts_comes_into_force_when_it_comes_again_as_published() {
    let place = city();
    place.write("表.csv", TABLE);
    let drafts = "import 表.csv --agency 城管局 --apply";
    let published = format!("{drafts} --stage published --date 2021-05-01 --number 云政规〔2021〕1号");
    place.on("2023-08-16", &[drafts, &published]);
    let item = place.run("show C-1 --format json").done().json();
    assert_eq!((&item["stage"], &item["in_force"], &item["version"]), (&"published".into(), &1.into(), &1.into()));
    assert_eq!(item["versions"][0]["in_force_from"], "2021-05-01");
    assert!(item["duties"].as_array().unwrap().iter().all(|duty| duty["closed"]["done"] == "2021-05-01"), "{item:#}");
    // Neither once more as published, nor as drafts, does the same table change anything.
    place.run(&format!("--today 2023-08-17 {published}")).done().says("登记库没有变化");
    place.run(&format!("--today 2023-08-17 {drafts}")).done().says("登记库没有变化");
    // Nothing enters before what is in force already.
    place.write("表.csv", TABLE.replace("三百元", "四百元"));
    place.run(&format!("--today 2023-08-17 {published}")).ended(1).says("现行版本自 2021-05-01 起施行");
    place.on("2023-08-17", &[&published.replace("2021-05-01", "2023-01-01")]);
    let item = place.run("show C-1 --format json").done().json();
    assert_eq!(item["versions"][0]["in_force_to"], "2022-12-31");
    assert_eq!(item["in_force"], 2);
}

#[test]
fn published_tables_go_in_once_and_come_out_the_same() {
    let Some(real) = real_tables() else { return };
    let place = Place::new();
    place.run("init --city 云泽市").done();
    place.run("agency add 云泽市生态环境局").done();
    for file in [
        "jiangmen-environment.xls",
        "jiangmen-environment-2.xlsx",
        "shenzhen-city-management-gbk.csv",
        "xinjiang-road-traffic.csv",
        "guangdong-weight-tables.csv",
    ] {
        let path = real.join(file).display().to_string();
        place.run(&format!("import {path} --agency sthjj --apply")).done().says("已写入登记库");
        place.run(&format!("import {path} --agency sthjj --apply")).done().says("登记库没有变化");
    }
    for file in ["台账.csv", "台账.xlsx"] {
        place.run(&format!("export {file}")).done();
        place.run(&format!("import {file} --apply")).done().says("登记库没有变化");
    }
    place.run("export 全.json").done();
    place.run("--db 另.db import 全.json --apply").done();
    place.run("--db 另.db export 另.json").done();
    let register = |name: &str| serde_json::from_slice::<Value>(&place.read(name)).unwrap()["register"].clone();
    assert_eq!(register("全.json"), register("另.json"));
}
