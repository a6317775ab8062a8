//! Duties and their clocks, asked through the real program: the law's hard cases as tables, and days that are past.

use serde_json::Value;

use super::cli::Place;

/// The duties that a filter finds on a day: rule, item, due day, standing, days late.
fn duties(place: &Place, question: &str) -> Vec<(String, String, String, String, i64)> {
    let rows = place.run(&format!("duty list {question} --format json")).done().json();
    let words = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
    let line = |row: &Value| {
        let late = row["days_late"].as_i64().unwrap();
        (words(row, "duty"), words(row, "item"), words(row, "due"), words(row, "standing"), late)
    };
    rows.as_array().unwrap().iter().map(line).collect()
}

/// A register of 2023 with an agency of the city, and one item.
fn city() -> Place {
    let place = Place::with_register();
    place.on("2023-08-15", &["agency add 云泽市城管局", "item add 占道经营 --agency 城管局 --code A"]);
    place
}

#[test]
fn on_the_first_of_november_a_verified_item_in_drafting_is_late_for_drafting_and_for_publication() {
    let place = city();
    place.write("a.json", r#"{"kind": "penalty", "fields": {"violation": "占道经营"}}"#);
    place.on("2023-08-20", &["item verify A", "baseline edit A a.json"]);
    let late = place.run("overdue A --as-of 2023-11-01 --format json").done().json();
    let told: Vec<_> = late.as_array().unwrap().iter().map(|row| (&row["duty"], &row["days_late"])).collect();
    assert_eq!(told, [(&Value::from("draft"), &Value::from(62)), (&Value::from("publish"), &Value::from(1))]);
    // The due day itself is still on time.
    for (day, count) in [("2023-08-31", 0), ("2023-09-01", 1), ("2023-10-31", 1)] {
        let late = place.run(&format!("overdue A --as-of {day} --format json")).done().json();
        assert_eq!(late.as_array().unwrap().len(), count, "{day}");
    }
}

/// Day of entry into force, due day, due day where it moves off rest days.
const MONTHS: &[(&str, &str, &str)] = &[
    ("2023-08-31", "2023-09-30", "2023-10-07"),
    ("2024-01-10", "2024-02-10", "2024-02-18"),
    ("2024-01-29", "2024-02-29", "2024-02-29"),
    ("2024-01-30", "2024-02-29", "2024-02-29"),
    ("2024-01-31", "2024-02-29", "2024-02-29"),
    ("2025-01-31", "2025-02-28", "2025-02-28"),
    ("2024-02-29", "2024-03-29", "2024-03-29"),
    ("2024-03-31", "2024-04-30", "2024-04-30"),
    ("2024-12-15", "2025-01-15", "2025-01-15"),
];

#[test]
fn one_month_ends_with_the_month_and_moves_off_rest_days_where_the_plan_says_so() {
    for moved in [false, true] {
        let place = city();
        place.on(
            "2023-08-16",
            &["source add 甲条例", "item add 乱倒垃圾 --agency 城管局 --code B --basis 《甲条例》第一条"],
        );
        if moved {
            let plan = place.run("plan show").done().out;
            assert!(plan.contains("move_to_working_day = false"), "{plan}");
            place.write("plan.toml", plan.replace("move_to_working_day = false", "move_to_working_day = true"));
            place.on("2023-08-17", &["plan load plan.toml"]);
        }
        for (at, (day, due, due_moved)) in (1..).zip(MONTHS) {
            place.on(
                "2025-12-01",
                &[&format!("event register amended --source 甲条例 --date {day}"), &format!("event confirm {at}")],
            );
            let expected = if moved { due_moved } else { due };
            let found = duties(&place, "B duty:adjust --today 2025-12-01");
            assert!(found.iter().any(|duty| duty.2 == *expected), "{day} should give {expected}: {found:?}");
        }
    }
}

#[test]
fn loading_a_plan_moves_open_duties_but_never_those_that_were_extended() {
    let place = city();
    place.on("2023-08-16", &["item add 乱倒垃圾 --agency 城管局 --code B"]);
    let extended = place.run("duty list B duty:draft --format json").done().json()[0]["id"].clone();
    place.on("2023-08-17", &[&format!("duty extend {extended} --to 2023-09-09 --reason 机构改革")]);
    let plan = place.run("plan show").done().out;
    // 10 September 2023 is a Sunday; 29 September begins the holidays, 7 October is worked.
    let plan = plan.replace("move_to_working_day = false", "move_to_working_day = true").replace("08-31", "09-10");
    place.write("plan.toml", &plan);
    place.on("2023-08-18", &["plan load plan.toml"]);
    let due = |question: &str| duties(&place, question).into_iter().map(|duty| duty.2).collect::<Vec<_>>();
    assert_eq!(due("A duty:draft"), ["2023-09-11"]);
    assert_eq!(due("B duty:draft"), ["2023-09-09"]);
    assert_eq!(due("duty:regional_training"), ["2023-09-11"]);
    assert_eq!(due("duty:system_training"), ["2023-10-07", "2023-10-07"]);
    let row = place.run("duty list B duty:draft --format json").done().json()[0].clone();
    assert_eq!((&row["extended"], &row["original_due"]), (&Value::from(true), &Value::from("2023-08-31")));
    // The same plan again adds nothing.
    place.run("--today 2023-08-18 plan load plan.toml").done().says("新增 0 项任务");
    let years = place.run("--today 2023-08-19 plan new 2027").done();
    years.says("没有装入 2027 年的节假日");
}

#[test]
fn excluded_waives_disputed_runs_on_reassigned_moves_extension_keeps_the_original_day() {
    let place = city();
    place.on(
        "2023-08-16",
        &[
            "agency add 云泽市公安局",
            "item add 二 --agency 城管局 --code B",
            "item add 三 --agency 城管局 --code C",
            "item add 四 --agency 城管局 --code D",
            "item exclude A --reason 没有裁量空间",
            "item dispute B --reason 不是本局的",
            "item assign C --agency 公安局",
        ],
    );
    let id = place.run("duty list D duty:draft --format json").json()[0]["id"].clone();
    place.on("2023-08-30", &[&format!("duty extend {id} --to 2023-09-20 --reason 机构改革")]);
    let rows = place.run("duty list duty:draft --as-of 2023-09-25 --format json").done().json();
    let told: Vec<Value> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            serde_json::json!([row["item"], row["agency"], row["standing"], row["days_late"], row["original_due"]])
        })
        .collect();
    assert_eq!(
        told,
        [
            serde_json::json!(["A", "云泽市城管局", "waived", 0, "2023-08-31"]),
            serde_json::json!(["B", "云泽市城管局", "overdue", 25, "2023-08-31"]),
            serde_json::json!(["C", "云泽市公安局", "overdue", 25, "2023-08-31"]),
            serde_json::json!(["D", "云泽市城管局", "overdue", 5, "2023-08-31"]),
        ]
    );
}

#[test]
fn a_zone_has_a_countys_duties_only_where_it_is_a_government() {
    let place = Place::with_register();
    place.on(
        "2023-08-15",
        &[
            "agency add 东河县人民政府 --form government --level county",
            "agency add 经济开发区 --form zone --government",
            "agency add 高新区 --form zone",
            "agency add 东河县司法局 --level county --parent 东河县人民政府",
            "agency add 云泽市税务局 --vertical",
        ],
    );
    let rows = place.run("status --of duties --by agency,duty --format json").done().json();
    let mut told: Vec<String> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| format!("{} {}", row["agency"].as_str().unwrap(), row["duty"].as_str().unwrap()))
        .collect();
    told.sort();
    let mut expected = Vec::new();
    for county in ["东河县人民政府", "经济开发区"] {
        for duty in ["annual_report", "progress_report", "regional_training"] {
            expected.push(format!("{county} {duty}"));
        }
    }
    expected.extend(["云泽市人民政府 regional_training", "云泽市司法局 system_training"].map(str::to_owned));
    expected.sort();
    assert_eq!(told, expected);
    // The county's bureau sends the county's report; an agency of the city has none to send.
    place.on("2023-11-08", &["duty receive 东河县司法局 --date 2023-11-07"]);
    let report = duties(&place, "duty:annual_report agency:东河县人民政府 --today 2023-11-20");
    assert_eq!(report[0].3, "done", "{report:?}");
    place.run("--today 2023-11-08 duty receive 云泽市税务局").ended(1);
}

#[test]
fn next_years_plan_asks_for_drafts_only_where_nothing_is_in_force() {
    let place = city();
    place.write("表.csv", "序号,违法行为,法律依据,类别,裁量情节,裁量标准\nP,乱倒垃圾,《甲条例》第一条,一般,初次,处一百元以上二百元以下罚款\n");
    place.on(
        "2023-09-01",
        &[
            "import 表.csv --agency 城管局 --apply --stage published --date 2021-05-01 --number 云政规〔2021〕1号",
            "plan new 2024",
        ],
    );
    let of_2024 = duties(&place, "year:2024 --today 2024-01-02");
    let items: Vec<_> =
        of_2024.iter().filter(|duty| !duty.1.is_empty()).map(|duty| (duty.0.as_str(), duty.1.as_str())).collect();
    assert_eq!(items, [("draft", "A"), ("publish", "A")]);
    let rules: Vec<_> =
        of_2024.iter().filter(|duty| duty.1.is_empty()).map(|duty| (duty.0.as_str(), duty.2.as_str())).collect();
    assert_eq!(
        rules,
        [("regional_training", "2024-08-31"), ("system_training", "2024-09-30"), ("system_training", "2024-09-30")]
    );
    // What was in force before the register has its duties done on its own day.
    let standing = duties(&place, "P --as-of 2023-11-01");
    assert!(standing.iter().all(|duty| duty.3 == "done"), "{standing:?}");
    place.run("--today 2024-01-02 plan new 2024").ended(1);
}

#[test]
fn a_past_day_is_told_the_same_after_everything_that_came_later() {
    let place = city();
    let asked = |place: &Place, day: &str, how: &str| {
        [
            "status",
            "status --of duties",
            "status --of duties --by agency,duty,standing",
            "status --by agency,stage,standing,verification",
            "overdue",
            "overdue --within 30d",
            "duty list",
            "list",
        ]
        .map(|question| place.run(&format!("{question} {how} {day} --format json")).done().out)
    };
    // What a question answers on its own day, day after day of a story.
    let story: &[(&str, &[&str])] = &[
        ("2023-08-15", &["item add 二 --agency 城管局 --code B", "item add 三 --agency 城管局 --code C"]),
        (
            "2023-08-20",
            &["item verify A", "item verify B", "baseline edit A a.json", "item dispute C --reason 不是本局的"],
        ),
        ("2023-08-31", &["baseline submit A", "training record 城管局 --title 培训 --people 9"]),
        (
            "2023-09-05",
            &["baseline return A --reason 太粗", "item settle C --reason 就是你局的", "baseline edit B b.json"],
        ),
        (
            "2023-09-11",
            &[
                "baseline submit A",
                "baseline submit B",
                "baseline accept A",
                "duty extend 5 --to 2023-12-01 --reason 延期",
            ],
        ),
        (
            "2023-09-12",
            &[
                "step record A evaluation",
                "step record A comment --from 2023-09-01 --to 2023-09-12",
                "step record A legality",
                "step record A decision",
                "baseline approve A --number 1号",
                "batch new 一 A",
            ],
        ),
        ("2023-10-20", &["batch publish 一 --number 云政规1号", "item exclude C --reason 并入"]),
        ("2023-11-11", &["baseline repeal A --reason 法变了", "baseline return B --reason 再改"]),
    ];
    let whole = r#"{"kind": "penalty", "fields": {"violation": "甲", "basis": "《甲条例》第二条"},
        "ladders": [{"tiers": [{"conditions": ["拒不改正"], "standard": "处三百元罚款"}]}]}"#;
    place.write("a.json", whole);
    place.write("b.json", whole.replace("甲\"", "乙\""));
    let mut told = Vec::new();
    for (day, lines) in story {
        place.on(day, lines);
        told.push((*day, asked(&place, day, "--today")));
    }
    for (day, then) in &told {
        for how in ["--as-of", "--today 2024-03-01 --as-of"] {
            let now = asked(&place, day, how);
            for (then, now) in then.iter().zip(&now) {
                assert_eq!(strip_updated(then), strip_updated(now), "{day} {how}");
            }
        }
    }
}

/// The time of the last write is that of now, whatever day is asked for.
fn strip_updated(json: &str) -> String {
    let mut rows: Value = serde_json::from_str(json).unwrap();
    for row in rows.as_array_mut().unwrap() {
        row.as_object_mut().unwrap().remove("updated");
    }
    rows.to_string()
}

#[test]
fn as_of_goes_by_the_day_of_the_act_and_known_on_by_the_day_it_was_recorded() {
    let place = city();
    place.on(
        "2023-11-05",
        &["training record 城管局 --title 培训 --date 2023-09-20", "duty close 4 --reason 直接适用 --date 2023-10-10"],
    );
    for (question, standing) in [
        ("duty:system_training agency:城管局 --as-of 2023-09-19", "due_soon"),
        ("duty:system_training agency:城管局 --as-of 2023-09-20", "done"),
        ("duty:system_training agency:城管局 --as-of 2023-11-06 --known-on 2023-11-04", "overdue"),
        ("duty:system_training agency:城管局 --as-of 2023-11-06 --known-on 2023-11-05", "done"),
        ("A duty:draft --as-of 2023-10-09", "overdue"),
        ("A duty:draft --as-of 2023-10-10", "done_late"),
        ("A duty:draft --as-of 2023-10-10 --known-on 2023-10-31", "overdue"),
    ] {
        let found = duties(&place, question);
        assert_eq!(found.iter().map(|duty| duty.3.as_str()).collect::<Vec<_>>(), [standing], "{question}");
    }
    place.run("status --as-of 2020-01-01").done().says("登记库 2023-08-14 才建立");
}
