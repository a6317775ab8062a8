//! Bases as tables write them: source, clauses; the statute's own words are left alone.

use proptest::prelude::*;

use super::parse_citations;

/// «title: clauses» of each citation, joined by « | ».
fn said(text: &str) -> String {
    let lines = parse_citations(text).into_iter().map(|cited| {
        let clauses: Vec<String> = cited.clauses.iter().map(ToString::to_string).collect();
        format!("{}: {}", cited.title, clauses.join(" "))
    });
    lines.collect::<Vec<_>>().join(" | ")
}

#[test]
fn each_source_with_its_clauses() {
    for (text, expected) in [
        (
            "《甲法》（2018年修订）第九十九条第一款第一项、第二款；《乙办法》第八十五条第一项",
            "甲法: 第九十九条第一款第（一）项 第九十九条第二款 | 乙办法: 第八十五条第（一）项",
        ),
        ("《甲省实施〈乙法〉办法》第三条", "甲省实施〈乙法〉办法: 第三条"),
        ("《甲省实施《乙法》办法》第三条", "甲省实施《乙法》办法: 第三条"),
        ("《甲条例（2019年修正）》第三条", "甲条例: 第三条"),
        ("《甲条例》（国务院令第682号，2017年修订）\n第三条", "甲条例: 第三条"),
        ("《甲条例》的第三条规定", "甲条例: 第三条"),
        ("违反《甲条例》第三条的规定，依据《甲条例》第十条规定", "甲条例: 第三条 | 甲条例: 第十条"),
        ("处罚依据：《甲条例》第三条和《乙条例》第五条", "甲条例: 第三条 | 乙条例: 第五条"),
        (
            "【法律】《甲法》第三条 有下列行为的，处罚款。【行政法规】《乙条例》第五条：处罚款。",
            "甲法: 第三条 | 乙条例: 第五条",
        ),
        ("五、《甲法》《乙办法》", "甲法:  | 乙办法: "),
        ("《甲法》第三条规定、第五条规定", "甲法: 第三条 | 甲法: 第五条"),
        ("第十三条第二款", ": 第十三条第二款"),
        ("1.第十三条第二款", ": 第十三条第二款"),
        ("甲市养犬管理条例第十三条；乙法（2020年修订） 第五条", "甲市养犬管理条例: 第十三条 | 乙法: 第五条"),
        ("", ""),
        ("没有依据", ""),
    ] {
        assert_eq!(said(text), expected, "{text}");
    }
}

#[test]
fn the_statutes_own_words_are_not_cited() {
    for (text, expected) in [
        ("《甲法》第八十一条 以拖延方式拒绝检查的，依照本法第九十条处罚。", "甲法: 第八十一条"),
        ("《甲法》第八十条：\n违反本法第十条、第十一条规定的，处罚款。", "甲法: 第八十条"),
        ("《甲法》第八十条：违反第三条规定的，处罚款。", "甲法: 第八十条"),
        ("《甲法》第八十条 违反《乙法》第三条规定的，处罚款。", "甲法: 第八十条"),
        ("《甲法》第八十条：依照《乙法》第三条处罚。", "甲法: 第八十条"),
        ("《甲法》第八十条 处罚款；情节严重的，依照《乙法》第三条处罚", "甲法: 第八十条"),
        (
            "《甲法》第八十条：有下列行为之一的：\n（一）甲的；\n（二）《乙法》第三条规定的行为；\n（三）《丙法》规定的行为。",
            "甲法: 第八十条",
        ),
        ("除依法赔偿外，处罚款。\n有《乙法》第六十三条规定的行为之一的，处拘留", ""),
        ("违反本法第十条，处罚款", ""),
        ("违反本办法第十条，处罚款", ""),
        ("第十九条有本条例第六条第七项行为的，处罚款", ": 第十九条"),
        ("第十九条有水法第六条第七项行为的，处罚款", ": 第十九条"),
        ("依照本条例第三条处罚", ""),
        ("第二十七条违反本条例第十四条第一款第五项规定的，处罚款；违反第六项规定的，责令停业", ": 第二十七条"),
        (
            "1、《甲法》（2018年修订）第四十八条：\n违反本法第十四条的规定，责令关闭。\n2、《乙省实施〈甲法〉办法》第三十一条第（二）项：\n违反本办法的规定，处罚款。",
            "甲法: 第四十八条 | 乙省实施〈甲法〉办法: 第三十一条第（二）项",
        ),
        ("1、《甲法》第四十八条：责令关闭。2、《乙办法》第三条：处罚款。", "甲法: 第四十八条 | 乙办法: 第三条"),
        ("《甲法》\n第八十一条 处罚款。\n第八十二条 责令关闭。", "甲法: 第八十一条 | 甲法: 第八十二条"),
        ("《甲法》第八十一条 违反本法\n第十条 规定的，处罚款。", "甲法: 第八十一条"),
        ("《甲法》第八十一条 处罚款。\n《乙条例》\n第二条 处罚款。", "甲法: 第八十一条 | 乙条例: 第二条"),
    ] {
        assert_eq!(said(text), expected, "{text}");
    }
}

#[test]
fn clauses_are_kept_as_written() {
    let cited = parse_citations("《甲法》 第82条第1款（二）、（三）项 规定");
    assert_eq!(cited[0].written, "第82条第1款（二）、（三）项");
    assert_eq!(cited[0].clauses.len(), 2);
}

#[test]
fn long_texts_take_linear_time() {
    for part in [
        "《",
        "。《",
        "；\n第一条",
        "《甲》",
        "《甲》第一条（",
        "。《甲》第一条规定的",
        "法第",
        "1、",
        "（一",
        "。\n第一条；\n",
        "【",
    ] {
        assert!(parse_citations(&part.repeat(30_000)).len() <= 60_000);
    }
}

proptest! {
    #[test]
    fn any_text_is_read_without_harm(
        text in any::<String>(),
        like in prop::collection::vec(
            prop::sample::select("《》〈〉第一十条款项（）()。；，：\n 法条例违反本依照规定的1、和".chars().collect::<Vec<_>>()), 0..60),
    ) {
        let like: String = like.into_iter().collect();
        for text in [text, like] {
            for cited in parse_citations(&text) {
                prop_assert!(text.contains(&cited.written));
                prop_assert_eq!(cited.clauses.is_empty(), cited.written.is_empty());
            }
        }
    }
}
