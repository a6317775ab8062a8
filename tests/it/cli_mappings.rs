//! Mappings of columns on the command line: saved, listed, used by themselves where the headings fit.

use super::cli::Place;

/// A table whose headings nobody knows, and the mapping by which it is read.
const TABLE: &str = "某局一览,,,\n号,做了什么,凭哪一条,罚多少\n1,占道经营,《甲条例》第一条,处一百元罚款\n";
const MAPPING: &str = "code = \"号\"\nviolation = \"做了什么\"\nbasis = \"凭哪一条\"\nstandard = \"罚多少\"\n";

fn place() -> Place {
    let place = Place::with_register();
    place.on("2023-08-15", &["agency add 云泽市城管局", "agency add 云泽市公安局"]);
    place.write("表.csv", TABLE);
    place.write("对应.toml", MAPPING);
    place
}

#[test]
fn a_saved_mapping_is_used_by_itself_where_the_headings_fit() {
    let place = place();
    place.run("import 表.csv --agency 城管局").ended(2).says("没有认出表头");
    place.run("import 表.csv --agency 城管局 --mapping 对应.toml --apply --save-mapping 城管表").done().says("新增 1");
    // Another file of the same form, with its columns in another order and another name.
    place.write("新.csv", "罚多少,凭哪一条,做了什么,号\n处二百元罚款,《甲条例》第二条,乱倒垃圾,2\n");
    let tried = place.run("import 新.csv --agency 城管局").done();
    tried.says("表头与已保存的列对应关系“城管表”相符，已按它读入。").says("新增 1");
    place.run("import 新.csv --agency 城管局 --format json").done().says("\"saved_mapping\"");
    // Not for another agency, and not where a heading is missing.
    place.run("import 新.csv --agency 公安局").ended(2).says("没有认出表头");
    place.write("缺.csv", "罚多少,凭哪一条,号\n处二百元罚款,《甲条例》第二条,2\n");
    place.run("import 缺.csv --agency 城管局").ended(2).says("没有认出表头");
}

#[test]
fn saved_mappings_are_listed_shown_and_removed() {
    let place = place();
    place.run("import 表.csv --agency 城管局 --mapping 对应.toml --apply --save-mapping 城管表").done();
    let listed = place.run("mapping list --format json").done().out;
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&listed).unwrap(),
        serde_json::json!([{"agency": "云泽市城管局", "name": "城管表", "columns": 4, "sheets": 0}])
    );
    assert_eq!(place.run("mapping list --agency 公安局 --format json").done().out, "[]\n");
    let shown = place.run("mapping show 城管局 城管表").done().out;
    assert_eq!(shown, MAPPING);
    // What is shown is a file to import by, and so is its name.
    place.write("又.toml", &shown);
    for mapping in ["又.toml", "城管表"] {
        place.run(&format!("import 表.csv --agency 城管局 --mapping {mapping}")).done().says("不变 1");
    }
    place.run("mapping remove 城管局 城管表").done();
    place.run("mapping show 城管局 城管表").ended(1).says("没有保存过「城管表」");
    place.run("import 表.csv --agency 城管局").ended(2).says("没有认出表头");
}
