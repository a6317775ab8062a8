//! The story of an agency and of the bureau, told by the real program from start to end.

use super::cli::Place;

#[test]
fn an_item_is_found_by_its_title_before_anybody_searched() {
    let place = Place::with_register();
    place.on("2023-08-15", &["agency add 云泽市城管局", "item add 占道经营 --agency 城管局"]);
    place.run("--today 2023-08-16 item verify 占道经营").done();
}

const AGENCIES: &str = "云泽市机关名单,,,,,\n名称,代码,简称,类型,层级,上级\n云泽市司法局,SFJ,司法局,司法局,市,\n\
                        云泽市城市管理局,CGJ,城管局,部门,市,\n东河县人民政府,DH,东河县,政府,县,\n\
                        东河县城市管理局,DHCG,,部门,县,东河县人民政府\n";

const LAW: &str = "云泽市养犬管理条例\n\n第一条　为了规范养犬行为，制定本条例。\n第二十条　携犬外出不使用犬绳的，由城市管理部门\
                   责令改正；拒不改正的，处二百元以上五百元以下罚款。\n第二十一条　遗弃犬只的，处五百元以上二千元以下罚款。\n";

const BASELINE: &str = r#"{"kind": "penalty",
 "fields": {"violation": "携犬外出不使用犬绳", "basis": "《云泽市养犬管理条例》第二十条"},
 "ladders": [{"tiers": [
  {"label": "轻微", "grade": "minor", "fine_band": "no_penalty", "conditions": ["首次违法，及时改正"], "standard": "不予处罚"},
  {"label": "一般", "grade": "ordinary", "conditions": ["拒不改正"], "standard": "处二百元以上三百元以下罚款"},
  {"label": "严重", "grade": "severe", "conditions": ["两次以上拒不改正", "造成伤害"], "standard": "处三百元以上五百元以下罚款"}]}]}"#;

/// The bureau lists what the regulation holds, the agency verifies.
fn listed() -> Place {
    let place = Place::with_register();
    place.write("机关.csv", AGENCIES);
    place.write("云泽市养犬管理条例.txt", LAW);
    place.write("犬绳.json", BASELINE);
    place.on(
        "2023-08-15",
        &[
            "agency import 机关.csv",
            "source import 云泽市养犬管理条例.txt --rank 市地方性法规 --effective 2020-05-01",
            "source explain 养犬 1 --reason 立法目的",
            "item add 携犬外出不使用犬绳 --agency 城管局 --code CG-1 --basis 《云泽市养犬管理条例》第二十条",
            "item add 遗弃犬只 --agency 城管局 --code CG-2 --basis 《云泽市养犬管理条例》第二十一条",
            "item propose 携犬进入公园 --agency cgj --reason 漏列 --code CG-3",
        ],
    );
    place
}

#[test]
fn the_bureau_lists_and_the_agency_answers() {
    let place = listed();
    place.run("agency list").done().says("东河县城市管理局");
    let law = place.run("source show 养犬").done();
    law.says("3 条中 2 条有事项").says("立法目的");
    place.on(
        "2023-08-16",
        &[
            "item verify CG-1 CG-2 --date 2023-08-15",
            "item dispute CG-2 --reason 应由公安负责",
            "item settle CG-2 --reason 职责在城管",
            "item settle CG-3 --reason 确属漏列",
        ],
    );
    place.run("item verify CG-1 --today 2023-08-17").ended(1).says("只有在「待核对」阶段才可以");
    assert_eq!(
        place.run("list --format csv --sort code").done().out.lines().map(columns).collect::<Vec<_>>(),
        [
            "code stage verification standing due",
            "CG-1 verified confirmed overdue 2023-08-31",
            "CG-2 verified confirmed overdue 2023-08-31",
            "CG-3 verified confirmed overdue 2023-08-31"
        ]
    );
}

/// Code, stage, verification, standing and due day of a line of `list`.
fn columns(line: &str) -> String {
    let cells: Vec<&str> = line.split(',').collect();
    [0, 8, 10, 11, 12].map(|at| cells[at]).join(" ")
}

#[test]
fn a_baseline_is_written_returned_accepted_published_revised_and_repealed() {
    let place = listed();
    place.on("2023-08-16", &["item verify CG-1", "baseline edit CG-1 犬绳.json"]);
    place.run("--today 2023-08-16 baseline edit CG-1 犬绳.json").done().says("内容没有变化");
    place.on(
        "2023-08-20",
        &["baseline ready CG-1", "baseline submit CG-1", "baseline return CG-1 --reason 严重一档再细化"],
    );
    place.run("show CG-1").done().says("退回理由：严重一档再细化");
    let better = BASELINE.replace("造成伤害", "造成他人受伤");
    place.run_with_input("--today 2023-08-21 baseline edit CG-1 -", &better).done().says("第 1 版");
    place.on("2023-08-22", &["baseline submit CG-1", "baseline accept CG-1"]);
    place.run("--today 2023-08-22 baseline edit CG-1 犬绳.json").ended(1).says("不能编辑");
    place.on("2023-08-23", &["baseline reopen CG-1 --reason 文字修改", "baseline submit CG-1", "baseline accept CG-1"]);
    place.run("--today 2023-09-20 batch new 第一批 CG-1").done();
    place.on("2023-09-20", &["baseline approve CG-1 --number 云政常〔2023〕9号"]);
    let gate = place.run("--today 2023-09-20 batch publish 第一批 --number 云政规〔2023〕1号").ended(1);
    gate.says("评估论证、公开征求意见、合法性审核、集体审议");
    place.write("论证.txt", "评估论证报告");
    place.on(
        "2023-09-20",
        &[
            "step record CG-1 evaluation --date 2023-08-21 --evidence 论证.txt",
            "step record CG-1 征求意见 --from 2023-08-22 --to 2023-09-05",
            "step record CG-1 legality --date 2023-09-10",
            "step record --where code=CG-1 decision --date 2023-09-12",
        ],
    );
    place
        .run("--today 2023-10-20 batch publish 第一批 --number 1 --date 2023-09-15")
        .ended(1)
        .says("P02 程序顺序不对：公布的日期早于政府审定");
    place.on("2023-10-20", &["batch publish 第一批 --number 云政规〔2023〕1号 --date 2023-10-18"]);
    place.run("show CG-1 --as-of 2023-10-17").ended(1).says("没有有效的版本");
    place.run("show CG-1 --as-of 2023-10-18").done().says("造成他人受伤");
    let duties = place.run("duty list CG-1 --as-of 2023-11-01 --format csv").done().out;
    assert!(duties.contains("draft,") && !duties.contains("overdue"), "{duties}");
    place.on("2023-10-25", &["step record CG-1 distribution"]);
    place.write("新.json", BASELINE.replace("五百元以下", "四百元以下"));
    place.on("2024-01-08", &["baseline revise CG-1", "baseline edit CG-1 新.json"]);
    let item = place.run("show CG-1 --format json").done().json();
    assert_eq!((&item["stage"], &item["in_force"], &item["version"]), (&"drafting".into(), &1.into(), &2.into()));
    place.run("--today 2024-01-09 baseline repeal CG-1 --reason 法已修改").ended(1).says("已公布");
    place.run("show CG-1 --version 1").done().says("云政规〔2023〕1号").says("五百元以下");
    place.run("doctor").done();
}

#[test]
fn a_new_version_is_published_after_the_old_one_began_and_repealed_after_itself_began() {
    let place = listed();
    place.on("2023-08-16", &["item verify CG-1", "baseline edit CG-1 犬绳.json"]);
    let publish = |day: &str, edit: &str| {
        place.on(
            day,
            &[
                edit,
                "baseline submit CG-1",
                "baseline accept CG-1",
                "baseline approve CG-1 --number 1",
                "step record CG-1 evaluation",
                &format!("step record CG-1 comment --from {day} --to {day}"),
                "step record CG-1 legality",
                "step record CG-1 decision",
                "batch new 批 CG-1",
            ],
        );
        place.run(&format!("--today {day} batch publish 批 --number 2"))
    };
    publish("2023-09-01", "status").done();
    place
        .run("--today 2023-09-02 baseline repeal CG-1 --reason 错 --date 2023-08-31")
        .ended(1)
        .says("自 2023-09-01 起施行");
    publish("2023-09-01", "baseline revise CG-1").ended(1).says("自 2023-09-01 起施行");
    place.run("--today 2023-09-02 batch publish 批 --number 2").done();
    let versions = place.run("show CG-1 --format json").done().json()["versions"].clone();
    assert_eq!(
        (&versions[0]["in_force_to"], &versions[1]["in_force_from"]),
        (&"2023-09-01".into(), &"2023-09-02".into())
    );
    place.on("2023-10-01", &["baseline repeal CG-1 --reason 法已废止"]);
    place.run("list stage:repealed --format json").done().says("CG-1");
    place.run("doctor").done();
}

/// An editor that runs a line of shell over the file.
#[cfg(unix)]
fn editor(place: &Place, script: &str) -> String {
    use std::os::unix::fs::PermissionsExt;
    place.write("editor", format!("#!/bin/sh\nfor file; do :; done\n{script}\n"));
    let path = place.path("editor");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    path.display().to_string()
}

#[cfg(unix)]
#[test]
fn an_editor_gets_a_form_and_nothing_typed_is_lost() {
    let place = listed();
    place.on("2023-08-16", &["item verify CG-1"]);
    let edit = |script: &str, options: &str| {
        let editor = editor(&place, script) + options;
        let words = ["--today", "2023-08-17", "baseline", "edit", "CG-1"];
        super::cli::ran(place.command().args(words).env("EDITOR", editor).env("TMPDIR", place.path("")), &words)
    };
    // The form holds every field of the kind; left blank, it says nothing.
    edit("cp \"$file\" form.json", "").done().says("内容没有变化");
    let form = String::from_utf8(place.read("form.json")).unwrap();
    for word in ["violation", "basis", "band", "conditions", "standard"] {
        assert!(form.contains(word), "{word}: {form}");
    }
    edit("cp 犬绳.json \"$file\"", " --wait").done().says("已保存");
    let broken = edit("echo '{\"kind\": \"penalty\", ' > \"$file\"", "").ended(2);
    let kept = broken.err.split("存在 ").nth(1).unwrap().split('；').next().unwrap().to_owned();
    assert_eq!(std::fs::read_to_string(&kept).unwrap(), "{\"kind\": \"penalty\", \n");
    edit("exit 3", "").ended(2).says("编辑器没有正常退出");
    place.run("show CG-1").done().says("处二百元以上三百元以下罚款");
}

#[test]
fn two_people_at_one_register_wait_for_each_other() {
    let place = listed();
    let lines: Vec<String> = (0..8).map(|n| format!("--today 2023-08-20 agency add 第{n}局")).collect();
    std::thread::scope(|scope| {
        for line in &lines {
            scope.spawn(|| place.run(line).done());
        }
    });
    let names = place.run("agency list --format csv").done().out;
    assert!((0..8).all(|n| names.contains(&format!("第{n}局"))), "{names}");
    place.run("doctor").done();
}

#[test]
fn a_list_of_agencies_may_name_children_before_their_parents() {
    let place = Place::with_register();
    place.write("乱序.csv", "名称,上级,类型,层级\n东河县城管局,东河县人民政府,,县\n东河县人民政府,,政府,县\n");
    place.run("--today 2023-08-15 agency import 乱序.csv").done().says("新增 2 个机关");
    place.write("循环.csv", "名称,上级\n甲局,乙局\n乙局,甲局\n");
    place.run("--today 2023-08-15 agency import 循环.csv").ended(1).says("第 3 行：没有机关「甲局」");
    place.write("代码.csv", "名称,代码\n甲局,ZF\n");
    place.run("--today 2023-08-15 agency import 代码.csv").ended(1).says("代码「ZF」已经用于云泽市人民政府");
    // What is listed goes into another register as it stands.
    place.write("名单.csv", place.run("agency list --format csv").done().out);
    place.run("--db 另.db init --city 云泽市").done();
    place.run("--db 另.db agency import 名单.csv").done();
    assert_eq!(place.run("--db 另.db agency list --format csv").out, place.run("agency list --format csv").out);
    // A name is one line, whatever was pasted.
    place.run_words(&["--today", "2023-08-15", "agency", "add", "丙\n  局"]).done();
    assert!(place.run("agency list --format csv").out.contains(",丙 局,"));
}

#[test]
fn search_finds_words_characters_initials_and_agencies_and_nothing_for_signs() {
    let place = listed();
    for (text, found) in [
        ("犬绳", 1),
        ("携犬", 2),
        ("犬 公园", 1),
        ("yqfz", 0),
        ("yqqz", 1),
        ("csgl", 3),
        ("城管局 遗弃", 1),
        ("cg-2", 1),
        ("%", 0),
        ("😀", 0),
        ("'; drop table item", 0),
    ] {
        let hits = place.run_words(&["find", text, "--format", "json"]).done().json();
        assert_eq!(hits.as_array().unwrap().len(), found, "{text}: {hits}");
    }
}
