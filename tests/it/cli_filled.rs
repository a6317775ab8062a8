//! What the words tell is given out, and only what was corrected by hand is kept.

use cailiang::domain::measure::{Measure, MeasureKind};
use cailiang::exchange::{Options, Piece, ReadError, read};
use cailiang::service::{filled, told_after};
use serde_json::{Value, json};

use super::cli::{Place, real_tables};

const TABLE: &str = "代码,违法行为,法定依据,裁量阶次,适用条件,裁量标准\n\
    F-1,占道经营,《甲条例》第二条：处二百元以上二千元以下罚款；拒不改正的，处二千元以上五千元以下罚款,较轻,初次,处二百元以上八百元以下罚款\n\
    F-1,,,严重,再次,处八百以上二千元以下罚款\n\
    F-2,占道堆物,《甲条例》第三条：处五百元以上一千元以下罚款,较轻,初次,处五百元以上七百元以下罚款\n";

fn with_table() -> Place {
    let place = Place::with_register();
    place.on("2023-08-14", &["agency add 云泽市城市管理局 --short 城管局"]);
    import(&place, TABLE, "--apply");
    place
}

fn import(place: &Place, table: &str, options: &str) -> super::cli::Ran {
    place.write("表.csv", table);
    place.run(&format!("--today 2023-08-15 import 表.csv --agency 城管局 {options}")).done()
}

fn baseline(place: &Place, item: &str) -> Value {
    place.run(&format!("show {item} --format json")).done().json()["baseline"].take()
}

fn edit(place: &Place, item: &str, baseline: &Value) -> super::cli::Ran {
    place.run_with_input(&format!("--today 2023-08-16 baseline edit {item} -"), &baseline.to_string()).done()
}

fn tier(baseline: &Value) -> &Value {
    &baseline["ladders"][0]["tiers"][0]
}

#[test]
fn a_correction_survives_the_next_import_until_its_words_change() {
    let place = with_table();
    let mut corrected = baseline(&place, "F-1");
    let first = &mut corrected["ladders"][0]["tiers"][0];
    assert_eq!(first["grade"], "lighter", "read from the label");
    first["grade"] = json!("minor");
    first["fine_band"] = json!("lenient");
    first["measures"][0]["amount"]["low"] = json!("300");
    edit(&place, "F-1", &corrected).says("已保存");
    let corrected = baseline(&place, "F-1");
    assert_eq!(tier(&corrected)["measures"][0]["amount"]["low"], "300");

    for options in ["", "--apply"] {
        import(&place, TABLE, options).says("新增 0，更新 0，不变 2");
    }
    assert_eq!(baseline(&place, "F-1"), corrected);
    // Another tier of the same item changes.
    let elsewhere = TABLE.replace("处八百以上", "处八百元以上");
    import(&place, &elsewhere, "--apply")
        .says("更新 1，不变 1")
        .says("阶次 2 标准：处八百以上二千元以下罚款 → 处八百元以上");
    assert_eq!(tier(&baseline(&place, "F-1")), tier(&corrected));
    // The words that the corrections are about change.
    let changed = elsewhere.replace("八百元以下", "九百元以下");
    let told = import(&place, &changed, "");
    for line in ["阶次 1 情节：轻微 → 较轻", "阶次 1 罚款档次：从轻 → —", "阶次 1 更正的读数：罚款：300元至800元 → —"]
    {
        assert!(told.out.contains(line), "{line}: {told:#?}");
    }
    let report = import(&place, &changed, "--format json --lang en").json();
    let changes = report["items"][0]["changes"].as_array().unwrap();
    assert!(changes.contains(&json!({ "part": "tier 1 grade", "old": "minor", "new": "lighter" })), "{report:#}");
    assert_eq!(report["items"][1].get("changes"), None);
    import(&place, &changed, "--apply").says("更新 1");
    let now = baseline(&place, "F-1");
    assert_eq!((&tier(&now)["grade"], tier(&now).get("fine_band")), (&json!("lighter"), None));
    assert_eq!(tier(&now)["measures"][0]["amount"]["high"], "900");
    assert_eq!(tier(&now)["measures"][0]["amount"]["low"], "200");
}

#[test]
fn a_baseline_is_given_out_filled_and_kept_as_it_was_told() {
    let place = with_table();
    let given = baseline(&place, "F-1");
    let bands = given["bands"].as_array().unwrap();
    assert_eq!(bands.len(), 2, "{given:#}");
    assert_eq!((&bands[1]["trigger"], &given["ladders"][0]["band"]), (&json!("拒不改正的"), &json!(0)));
    assert_eq!(tier(&given)["measures"][0]["amount"]["high"], "800");
    // Out and in again changes nothing, by either door.
    edit(&place, "F-1", &given).says("内容没有变化");
    place.run("export 台账.csv").done();
    place.run("--today 2023-08-16 import 台账.csv --apply").done().says("新增 0，更新 0，不变 2");
    let text = String::from_utf8(place.read("台账.csv")).unwrap();
    assert!(!text.contains("\"\"unit\"\""), "a table holds corrections only: {text}");
    assert_eq!(baseline(&place, "F-1"), given);
    // Words change; what was read from the old ones does not stay, wherever it is left standing.
    let mut changed = given.clone();
    changed["ladders"][0]["tiers"][0]["standard"] = json!("处三百元以上六百元以下罚款");
    let basis = given["fields"]["basis"].as_str().unwrap().replace("五千元", "六千元");
    changed["fields"]["basis"] = json!(basis);
    edit(&place, "F-1", &changed).says("已保存");
    let now = baseline(&place, "F-1");
    assert_eq!(tier(&now)["measures"][0]["amount"]["high"], "600");
    assert_eq!(now["bands"][1]["measures"][0]["amount"]["high"], "6000");
}

#[test]
fn a_table_of_ones_own_tells_corrections_and_a_cell_that_changed_counts() {
    let place = with_table();
    let mut corrected = baseline(&place, "F-2");
    corrected["ladders"][0]["tiers"][0]["grade"] = json!("minor");
    corrected["ladders"][0]["tiers"][0]["measures"][0]["amount"]["low"] = json!("600");
    corrected["bands"][0]["measures"][0]["amount"]["high"] = json!("3000");
    edit(&place, "F-2", &corrected);
    place.run("export 台账.csv").done();
    let table = String::from_utf8(place.read("台账.csv")).unwrap();
    let again = |from: &str, to: &str| {
        assert!(table.contains(from), "{from}: {table}");
        place.write("改.csv", table.replace(from, to));
        place.run("--today 2023-08-17 import 改.csv").done()
    };
    again("F-2", "F-2").says("新增 0，更新 0，不变 2");
    // Back to what the label says: in a cell of its own that is told, and counts.
    again(",轻微,,初次", ",较轻,,初次").says("阶次 1 情节：轻微 → 较轻");
    // A blank cell takes nothing away.
    again(",轻微,,初次", ",,,初次").says("更新 0，不变 2");
    // The standard was changed, and the measures of the old one stood in the cell beside it.
    let told = again("处五百元以上七百元以下罚款", "处五百元以上八百元以下罚款");
    let told = told.says("阶次 1 更正的读数：罚款：600元至700元 → —");
    told.says("“处罚措施明细”一栏更正的是原来的文字");
    let told = again("处五百元以上一千元以下罚款", "处五百元以上二千元以下罚款");
    let told = told.says("法定幅度：罚款：500元至3000元 → —");
    told.says("“法定幅度明细”一栏更正的是原来的文字");
    place.run("--today 2023-08-17 import 改.csv --apply").done().says("更新 1");
    place.run("--today 2023-08-17 import 改.csv --apply").done().says("新增 0，更新 0，不变 2");
}

#[test]
fn what_was_read_stands_under_the_words_with_what_could_not_be_read() {
    let place = with_table();
    let mut corrected = baseline(&place, "F-2");
    corrected["ladders"][0]["tiers"][0]["measures"] =
        json!([{ "kind": "warning", "party": "unit", "force": "may", "trigger": null, "span": [0, 1] }]);
    edit(&place, "F-2", &corrected);
    for (line, says) in [
        ("show F-1", "  法定幅度 1：罚款：200元至2000元\n  法定幅度 2：拒不改正的：罚款：2000元至5000元\n"),
        (
            "show F-1",
            "  ── 法定幅度 1\n  较轻　处二百元以上八百元以下罚款\n      读作：罚款：200元至800元\n      · 初次\n",
        ),
        ("show F-1", "      ▲「八百以上」：一侧缺少单位，请补上「元」或者相应单位。\n      · 再次\n"),
        ("show F-2", "      更正为：警告，单位，可以\n"),
        ("show F-1 --lang en", "      read as: fine: 200 yuan to 800 yuan\n"),
        ("show F-1 --lang en", "      ▲ 「八百以上」: a unit is missing on one side;"),
        ("show F-2 --lang en", "      corrected to: warning, unit, may\n"),
    ] {
        let shown = place.run(line).done();
        assert!(shown.out.contains(says), "{says}\n{}", shown.out);
    }
    let shown = place.run("show F-1 --format json --lang en").done().json();
    let unread = &shown["unread"][0];
    assert_eq!((&unread["code"], &unread["ladder"], &unread["tier"]), (&json!("R03"), &json!(1), &json!(2)));
    assert_eq!((&unread["field"], &unread["words"]), (&json!("standard"), &json!("八百以上")));
}

#[test]
fn published_tables_go_out_filled_and_come_back_as_they_were() {
    let Some(folder) = real_tables() else { return };
    let mut bands = 0;
    for file in ["jiangmen-environment.xls", "jiangmen-environment-2.xlsx", "shenzhen-city-management-gbk.csv"] {
        let taken = &mut |piece: Piece| {
            let Piece::Entry(entry) = piece else { return Ok(()) };
            let mut one = entry.baseline;
            // As read, and with a correction by hand in its last tier.
            for corrected in [false, true] {
                let last = one.ladders.last_mut().and_then(|ladder| ladder.tiers.last_mut());
                if let Some(tier) = last.filter(|_| corrected) {
                    tier.measures = vec![Measure::new(MeasureKind::Criticism, [0, 1])];
                }
                let full = filled(&one);
                bands += full.bands.len();
                let out = serde_json::to_string(&full).unwrap();
                assert_eq!(told_after(&one, serde_json::from_str(&out).unwrap()), one, "{}", entry.text.title);
                for ladder in full.ladders.iter().filter(|ladder| ladder.band.is_some()) {
                    assert!(full.bands.get(ladder.band.unwrap()).is_some(), "{}", entry.text.title);
                }
            }
            Ok::<(), ReadError>(())
        };
        read(&folder.join(file), &Options::default(), taken).unwrap();
    }
    assert!(bands > 100, "{bands} bands");
}
