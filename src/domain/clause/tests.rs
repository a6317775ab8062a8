//! Clauses in every style, lists, ranges, and nasty texts.

use proptest::prelude::*;

use super::Clause;

const fn clause(article: u32, suffix: u32, paragraph: u32, item: u32, sub_item: u32) -> Clause {
    Clause { article, suffix, paragraph, item, sub_item }
}

#[test]
fn one_clause_in_any_style() {
    for (text, expected) in [
        ("第八十二条", clause(82, 0, 0, 0, 0)),
        ("第八十二条第一款第（二）项", clause(82, 0, 1, 2, 0)),
        ("第八十二条 第一款 第(二)项。", clause(82, 0, 1, 2, 0)),
        ("第82条第1款第2项", clause(82, 0, 1, 2, 0)),
        ("第８２条第１款第（２）项", clause(82, 0, 1, 2, 0)),
        ("第八十二条第一款㈡项", clause(82, 0, 1, 2, 0)),
        ("第八十二条第一款第⑵项", clause(82, 0, 1, 2, 0)),
        ("82条1款2项", clause(82, 0, 1, 2, 0)),
        ("第 一 百 零 二 条\n第三款", clause(102, 0, 3, 0, 0)),
        ("第13条之一第2款第三项第1目", clause(13, 1, 2, 3, 1)),
        ("第一千二百六十条", clause(1260, 0, 0, 0, 0)),
        ("第一百〇二条", clause(102, 0, 0, 0, 0)),
        ("第两百条", clause(200, 0, 0, 0, 0)),
        ("\u{3000}第\u{200b}九条，", clause(9, 0, 0, 0, 0)),
    ] {
        assert_eq!(Clause::parse(text), Some(expected), "{text}");
    }
}

#[test]
fn what_is_not_one_clause_is_none() {
    for text in [
        "",
        "第六项",
        "第二款",
        "前款",
        "第十十八条",
        "第〇条",
        "第0条",
        "第99999条",
        "第一条第1000款",
        "第八条、第九条",
        "第八条规定",
        "《甲法》第八条",
        "第条",
        "第（二条",
        "条",
        "八十二",
    ] {
        assert_eq!(Clause::parse(text), None, "{text}");
    }
}

#[test]
fn lists_share_their_prefix() {
    for (text, expected) in [
        ("第二十条第一、三款", "第二十条第一款 第二十条第三款"),
        ("第二十条第一款和第三款", "第二十条第一款 第二十条第三款"),
        ("第八条、第九条", "第八条 第九条"),
        ("第八条、九条", "第八条 第九条"),
        ("第八、九条以及第十二条", "第八条 第九条 第十二条"),
        ("第二十六条第一、二、三款", "第二十六条第一款 第二十六条第二款 第二十六条第三款"),
        ("第九十九条第一款第一项、第二款", "第九十九条第一款第（一）项 第九十九条第二款"),
        ("第七十八条第二款第（十一）项、第（十二）项", "第七十八条第二款第（十一）项 第七十八条第二款第（十二）项"),
        ("第八十二条第（一）（二）项", "第八十二条第（一）项 第八十二条第（二）项"),
        ("第八十二条第一款（一）、（三）项", "第八十二条第一款第（一）项 第八十二条第一款第（三）项"),
        ("第一款第二款", ""),
        ("第三条至第五条", "第三条 第四条 第五条"),
        ("第三至五条", "第三条 第四条 第五条"),
        ("第三条——第五条", "第三条 第四条 第五条"),
        ("第六条第（一）至（三）项", "第六条第（一）项 第六条第（二）项 第六条第（三）项"),
        ("第六条第一款至第三款", "第六条第一款 第六条第二款 第六条第三款"),
        ("第三条第一款至第五条第二款", "第三条第一款 第四条 第五条第二款"),
        ("第十三条之一、之二", "第十三条之一 第十三条之二"),
        ("第十三条至第十三条之二", "第十三条 第十三条之一 第十三条之二"),
        ("第十三条至第十五条之一", "第十三条 第十四条 第十五条 第十五条之一"),
        ("第五条至第三条", "第五条 第三条"),
        ("第一条至第九千条", "第一条 第九千条"),
        ("第二十条第一、三款第（二）项", "第二十条第一款 第二十条第三款第（二）项"),
    ] {
        let words: Vec<String> = Clause::parse_all(text).iter().map(ToString::to_string).collect();
        assert_eq!(words.join(" "), expected, "{text}");
    }
}

#[test]
fn clauses_amid_words() {
    for (text, expected) in [
        ("违反本条例第十条、第十五条第二款、第二十二条第二款规定的，由…", "第十条 第十五条第二款 第二十二条第二款"),
        ("违反本条例第十四条第一款第五项规定的，处罚款；违反第六项规定的，责令停业", "第十四条第一款第（五）项"),
        ("第二十条三项制度", "第二十条"),
        ("第二十条之规定", "第二十条"),
        ("共82条，其中3款", ""),
        ("第八条第一项、2019年起", "第八条第（一）项"),
        ("第（七）违反第十十八条第（九）项规定的，按《丙法》第三条", "第三条"),
        ("第三十一条第一款（一）未按照规定监测的", "第三十一条第一款"),
    ] {
        let words: Vec<String> = Clause::parse_all(text).iter().map(ToString::to_string).collect();
        assert_eq!(words.join(" "), expected, "{text}");
    }
}

#[test]
fn an_article_covers_its_parts() {
    assert!(clause(8, 0, 0, 0, 0).covers(&clause(8, 0, 1, 2, 0)));
    assert!(clause(8, 0, 0, 2, 0).covers(&clause(8, 0, 1, 2, 0)));
    assert!(!clause(8, 0, 1, 0, 0).covers(&clause(8, 0, 0, 0, 0)));
    assert!(!clause(8, 0, 0, 0, 0).covers(&clause(8, 1, 0, 0, 0)));
}

fn any_clause() -> impl Strategy<Value = Clause> {
    (1..=9999_u32, 0..=9_u32, 0..=20_u32, 0..=20_u32, 0..=20_u32).prop_map(|(article, suffix, paragraph, item, sub)| {
        clause(article, suffix, paragraph, item, if item == 0 { 0 } else { sub })
    })
}

/// One way of writing a number; `style` picks it.
fn numeral(number: u32, style: u8) -> String {
    let wide = |text: String| text.chars().map(|c| char::from_u32(u32::from(c) - 0x30 + 0xff10).unwrap()).collect();
    let chinese = super::Chinese(number).to_string();
    match style % 5 {
        0 => chinese,
        1 => number.to_string(),
        2 => wide(number.to_string()),
        3 => chinese.replace('零', "〇"),
        _ => chinese.chars().flat_map(|c| [c, ' ']).collect(),
    }
}

fn written(clause: &Clause, styles: [u8; 5]) -> String {
    let [article, suffix, paragraph, item, sub_item] = styles;
    let part = |number: u32, text: String| if number > 0 { text } else { String::new() };
    let item_number = match item / 64 {
        0 => format!("（{}）", numeral(clause.item, item)),
        1 => format!("({})", numeral(clause.item, item)),
        2 => char::from_u32(u32::from('⑴') + clause.item.saturating_sub(1)).unwrap().to_string(),
        _ => numeral(clause.item, item),
    };
    [
        format!("第{}条", numeral(clause.article, article)),
        part(clause.suffix, format!("之{}", numeral(clause.suffix, suffix))),
        part(clause.paragraph, format!("\u{3000}第{}款", numeral(clause.paragraph, paragraph))),
        part(clause.item, format!("第{item_number}项")),
        part(clause.sub_item, format!(" 第{}目", numeral(clause.sub_item, sub_item))),
    ]
    .concat()
}

/// Texts made of the signs that matter, which random Unicode hardly ever hits.
fn clause_like() -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop::sample::select(
            "第一二十百零〇0１9条款项目之（）()㈡、，至-和以及或者 \n《》〈本法违反年修订：。规定"
                .chars()
                .collect::<Vec<_>>(),
        ),
        0..60,
    )
    .prop_map(|signs| signs.into_iter().collect())
}

proptest! {
    #[test]
    fn every_clause_is_read_back_in_every_style(clause in any_clause(), styles in any::<[u8; 5]>()) {
        let text = written(&clause, styles);
        prop_assert_eq!(Clause::parse(&text), Some(clause), "{}", text);
        prop_assert_eq!(Clause::parse(&clause.to_string()), Some(clause));
        prop_assert_eq!(Clause::parse_all(&format!("违反{text}规定的")), vec![clause]);
    }

    #[test]
    fn keys_sort_like_clauses(a in any_clause(), b in any_clause()) {
        prop_assert_eq!(a.sort_key().cmp(&b.sort_key()), a.cmp(&b));
    }

    #[test]
    fn any_text_is_read_without_harm(text in any::<String>(), like in clause_like()) {
        for text in [text, like] {
            let found = super::scan::all(&text);
            prop_assert!(found.iter().all(|found| text.get(found.start..found.end).is_some()));
            prop_assert!(found.iter().flat_map(|found| &found.clauses).all(|clause| clause.article > 0));
        }
    }
}

/// A quadratic scan of any of these would take minutes.
#[test]
fn long_texts_take_linear_time() {
    for part in [
        "第",
        "第一、",
        "第一条至",
        "第一条、第一",
        "（",
        "第（一",
        "一",
        "第一条第一款、（",
        "第条",
        "第 ",
        " 、",
        "第一条——",
    ] {
        let text = part.repeat(50_000);
        assert!(Clause::parse_all(&text).len() <= 100_000 * 200);
    }
}
