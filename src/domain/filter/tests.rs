//! The filter language as text in, canonical text out; errors with their place; round trips.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Text and canonical text.
#[test]
fn filters_are_read_in_either_language_and_width() {
    for (text, canonical) in [
        ("", ""),
        ("  ， ", ""),
        ("养犬", "养犬"),
        ("养犬 sthjj", "养犬 sthjj"),
        ("养犬，罚款", "养犬 罚款"),
        ("\"责令 改正\"", "\"责令 改正\""),
        ("“责令 改正”", "\"责令 改正\""),
        ("\"a\\\"b\\\\c\"", "\"a\\\"b\\\\c\""),
        ("2-1", "2-1"),
        ("-2-1", "-2-1"),
        ("处罚（一）", "\"处罚（一）\""),
        ("处罚（一", "\"处罚（一\""),
        ("kind:penalty", "kind:penalty"),
        ("Kind : Penalty", "kind:penalty"),
        ("种类：行政处罚", "kind:penalty"),
        ("类型=处罚", "kind:penalty"),
        ("kind:penalty,行政许可", "kind:penalty,licence"),
        ("种类：处罚、许可", "kind:penalty,licence"),
        ("kind:penalty, licence 养犬", "kind:penalty,licence 养犬"),
        ("stage:起草,退回", "stage:drafting,returned"),
        ("情况：逾期", "standing:overdue"),
        ("standing:not", "standing:not_started"),
        ("level:市", "level:city"),
        ("核对:有异议", "verification:disputed"),
        ("任务:核对并起草", "duty:draft"),
        ("有效:是", "in_force:yes"),
        ("in-force:no", "in_force:no"),
        ("agency:城管", "agency:城管"),
        ("机关=市城管局", "agency=市城管局"),
        ("title:\"a b\",c", "title:\"a b\",c"),
        ("title:第（二）项", "title:\"第（二）项\""),
        ("title:a:b", "title:\"a:b\""),
        ("code:\"none\"", "code:\"none\""),
        ("code:none", "code:none"),
        ("到期：无", "due:none"),
        ("standing:none,overdue", "standing:none or standing:overdue"),
        ("clause:第82条第1款(2)项", "clause:第八十二条第一款第（二）项"),
        ("clause:第二十条第一、三款", "clause:第二十条第一款,第二十条第三款"),
        ("clause=82,9", "clause=第八十二条,第九条"),
        ("due<2023-11-01", "due<2023-11-01"),
        ("到期＜＝２０２３－１１－０１", "due<=2023-11-01"),
        ("due≥2023/11/1", "due>=2023-11-01"),
        ("due:2023年11月1日", "due:2023-11-01"),
        ("due:20231101", "due:2023-11-01"),
        ("due<=+14d", "due<=+14d"),
        ("due <= 2w", "due<=+14d"),
        ("updated>-1m", "updated>-1m"),
        ("更新>-7天", "updated>-7d"),
        ("due:today", "due:today"),
        ("due<今天", "due<today"),
        ("due:2023-08-01..2023-08-31", "due:2023-08-01..2023-08-31"),
        ("due:2023-08", "due:2023-08-01..2023-08-31"),
        ("due:2024-02,2023", "due:2024-02-01..2024-02-29,2023-01-01..2023-12-31"),
        ("due:2023-08至2023-10", "due:2023-08-01..2023-10-31"),
        ("due>2023-08", "due>2023-08-31"),
        ("due>=2023-08", "due>=2023-08-01"),
        ("due<2023", "due<2023-01-01"),
        ("due<=2023", "due<=2023-12-31"),
        ("due:2023-08..", "due>=2023-08-01"),
        ("due:..+3d", "due<=+3d"),
        ("due:-3d..+3d", "due:-3d..+3d"),
        ("days_late>=10", "days_late>=10"),
        ("逾期天数>=10天", "days_late>=10"),
        ("逾期>0", "days_late>0"),
        ("year:2023,2024..2026", "year:2023,2024..2026"),
        ("年度：2023年", "year:2023"),
        ("version:1", "version:1"),
        ("version!=1", "-version:1"),
        ("-version!=1", "version:1"),
        ("stage≠drafting", "-stage:drafting"),
        ("-agency:城管", "-agency:城管"),
        ("！agency：城管", "-agency:城管"),
        ("not agency:城管", "-agency:城管"),
        ("非 机关：城管", "-agency:城管"),
        ("非机关：城管", "-agency:城管"),
        ("非机动车", "非机动车"),
        ("not not a", "a"),
        ("a or b c", "a or b c"),
        ("a 或 （b，c）", "a or b c"),
        ("(a OR b) c", "(a or b) c"),
        ("a 且 b", "a b"),
        ("a and (b or c) and not (d e)", "a (b or c) -(d e)"),
        ("a 或（b c）", "a or b c"),
        ("((a))", "a"),
        ("-(a)", "-a"),
        ("a or (b or c)", "a or b or c"),
        ("\"or\"", "\"or\""),
        (
            "种类：处罚 （情况：逾期 或 到期<2023-11-01） 非 核对：有异议",
            "kind:penalty (standing:overdue or due<2023-11-01) -verification:disputed",
        ),
    ] {
        let filter = Filter::parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
        assert_eq!(filter.to_string(), canonical, "{text}");
        assert_eq!(Filter::parse(canonical), Ok(filter), "{text}");
    }
}

#[test]
fn a_filter_is_in_domain_terms() {
    let filter = Filter::parse("stage:drafting due<=+14d -title=\"甲 乙\" clause:9").unwrap();
    assert_eq!(
        filter,
        Filter::And(vec![
            Filter::Field(Condition::Stage(vec![Stage::Drafting])),
            Filter::Field(Condition::Day { field: DayField::Due, test: Comparison::UpTo(Day::Days(14)) }),
            Filter::Not(Box::new(Filter::Field(Condition::Text {
                field: TextField::Title,
                matching: Matching::Whole,
                values: vec!["甲 乙".to_owned()],
            }))),
            Filter::Field(Condition::Clause { matching: Matching::Part, values: vec![Clause::article(9)] }),
        ])
    );
}

#[test]
fn errors_name_the_words_and_what_was_expected() {
    use FilterProblem as P;
    let field = |word: &str, nearest| P::UnknownField { word: word.into(), nearest };
    let value = |field, word: &str, nearest| P::UnknownValue { field, word: word.into(), nearest };
    for (text, problem, span) in [
        ("甲 agancy:城管", field("agancy", Some(Field::Agency)), [2, 8]),
        ("阶断：起草", field("阶断", Some(Field::Stage)), [0, 2]),
        ("verif:x", field("verif", Some(Field::Verification)), [0, 5]),
        ("qqqq:x", field("qqqq", None), [0, 4]),
        ("http://x", field("http", None), [0, 4]),
        ("\"甲\" :x", P::FieldMissing, [4, 5]),
        ("kind:", P::ValueMissing(Field::Kind), [0, 5]),
        ("kind: )", P::ValueMissing(Field::Kind), [0, 6]),
        ("kind:penalty,", P::ValueMissing(Field::Kind), [0, 13]),
        ("甲 kind:penalti", value(Field::Kind, "penalti", Some("penalty")), [7, 14]),
        ("kind:处罚、处分", value(Field::Kind, "处分", None), [8, 10]),
        ("kind:penalty,xyz", value(Field::Kind, "xyz", None), [13, 16]),
        ("standing:办结", value(Field::Standing, "办结", None), [9, 11]),
        ("in_force:maybe", value(Field::InForce, "maybe", None), [9, 14]),
        ("in_force:yes,no", P::OneValueOnly(Field::InForce), [0, 15]),
        ("due<soon", P::NotADay { field: Field::Due, word: "soon".into() }, [4, 8]),
        ("due:2023-02-30", P::NotADay { field: Field::Due, word: "2023-02-30".into() }, [4, 14]),
        ("due:..", P::NotADay { field: Field::Due, word: "..".into() }, [4, 6]),
        ("due<2023..2024", P::NotADay { field: Field::Due, word: "2023..2024".into() }, [4, 14]),
        ("due<2023,2024", P::OneValueOnly(Field::Due), [0, 13]),
        ("due:2023..,2025", P::OneValueOnly(Field::Due), [0, 15]),
        ("due<none", P::OperatorDoesNotFit { field: Field::Due, operator: Operator::Below }, [0, 8]),
        ("days_late>1.5", P::NotANumber { field: Field::DaysLate, word: "1.5".into() }, [10, 13]),
        ("due:2023-09..2023-08", P::Backwards(Field::Due), [4, 20]),
        ("due:+3d..-3d", P::Backwards(Field::Due), [4, 12]),
        ("year:2024..2023", P::Backwards(Field::Year), [5, 15]),
        ("clause:第十十条", P::NotAClause("第十十条".into()), [7, 11]),
        ("title<x", P::OperatorDoesNotFit { field: Field::Title, operator: Operator::Below }, [0, 7]),
        ("a or", P::OperandMissing, [4, 4]),
        ("or a", P::OperandMissing, [0, 2]),
        ("a or or b", P::OperandMissing, [5, 7]),
        ("a and and b", P::OperandMissing, [6, 9]),
        ("a and", P::OperandMissing, [5, 5]),
        ("not", P::OperandMissing, [0, 3]),
        ("a -", P::OperandMissing, [2, 3]),
        ("- or a", P::OperandMissing, [0, 1]),
        ("()", P::OperandMissing, [1, 2]),
        ("(a", P::UnclosedBracket, [0, 1]),
        ("甲（ （a b", P::UnclosedBracket, [3, 4]),
        ("a)", P::UnopenedBracket, [1, 2]),
        ("a \"b", P::UnclosedQuote, [2, 3]),
        ("title:“b", P::UnclosedQuote, [6, 7]),
    ] {
        assert_eq!(Filter::parse(text), Err(FilterError { problem, span }), "{text}");
    }
}

#[test]
fn nesting_has_an_end() {
    let nested = |open: &str, depth: usize| {
        format!("{}a{}", open.repeat(depth), ")".repeat(if open == "(" { depth } else { 0 }))
    };
    assert_eq!(Filter::parse(&nested("(", 60)).unwrap().to_string(), "a");
    for open in ["(", "-", "not "] {
        let error = Filter::parse(&nested(open, 100_000)).unwrap_err();
        assert_eq!(error.problem, FilterProblem::TooDeep);
    }
    let wide = format!("({})", "a or b ".repeat(20_000));
    assert!(Filter::parse(&wide).is_ok());
}

#[test]
fn relative_days_count_from_the_day_asked() {
    for (day, today, expected) in [
        (Day::On(date("2023-08-31")), "2020-01-01", "2023-08-31"),
        (Day::Days(14), "2023-08-20", "2023-09-03"),
        (Day::Days(-20), "2023-08-20", "2023-07-31"),
        (Day::Months(1), "2024-01-31", "2024-02-29"),
        (Day::Months(-1), "2023-03-31", "2023-02-28"),
    ] {
        assert_eq!(day.on(date(today)), date(expected), "{day}");
    }
    assert_eq!(Day::Days(i32::MAX).on(date("2023-01-01")), NaiveDate::MAX);
    assert_eq!(Day::Months(i32::MIN).on(date("2023-01-01")), NaiveDate::MIN);
}

#[test]
fn sort_orders() {
    let key = |field, descending| SortKey { field, descending };
    for (text, keys, canonical) in [
        ("", vec![], ""),
        ("-due,code", vec![key(Field::Due, true), key(Field::Code, false)], "-due,code"),
        ("－到期， 编码", vec![key(Field::Due, true), key(Field::Code, false)], "-due,code"),
        ("+days-late", vec![key(Field::DaysLate, false)], "days_late"),
    ] {
        let sort: Sort = text.parse().unwrap();
        assert_eq!((&sort.0, sort.to_string()), (&keys, canonical.to_owned()), "{text}");
        assert_eq!(canonical.parse(), Ok(sort));
    }
    for (text, problem, span) in [
        ("due, -cod", FilterProblem::UnknownField { word: "cod".into(), nearest: Some(Field::Code) }, [5, 9]),
        ("due,", FilterProblem::UnknownField { word: String::new(), nearest: None }, [4, 4]),
        ("due,-due", FilterProblem::SortedTwice(Field::Due), [4, 8]),
    ] {
        assert_eq!(text.parse::<Sort>(), Err(FilterError { problem, span }), "{text}");
    }
}

#[test]
fn field_names_are_told_apart() {
    let mut names: Vec<String> = Vec::new();
    for field in Field::ALL {
        for name in [field.id(), field.label().zh, field.label().en] {
            assert_eq!(Field::named(name), Some(*field), "{name}");
        }
        names.push(field.id().to_owned());
        for (id, label) in field.values() {
            for word in [id, label.zh] {
                let text = format!("{}:\"{word}\"", field.id());
                assert!(Filter::parse(&text).is_ok(), "{text}");
            }
        }
    }
    names.dedup();
    assert_eq!(names.len(), 18);
}

fn some_of<T: Term + fmt::Debug>() -> impl Strategy<Value = Vec<T>> {
    prop::sample::subsequence(T::ALL.to_vec(), 1..=2)
}

fn any_day() -> impl Strategy<Value = Day> {
    let fixed =
        (1000..=9999_i32, 1..=366_u32).prop_filter_map("a day", |(year, day)| NaiveDate::from_yo_opt(year, day));
    let months = any::<i32>().prop_filter("zero months are today", |months| *months != 0);
    prop_oneof![fixed.prop_map(Day::On), any::<i32>().prop_map(Day::Days), months.prop_map(Day::Months)]
}

fn any_comparison<T: Copy + fmt::Debug + 'static>(
    value: impl Strategy<Value = T> + Clone + 'static,
) -> impl Strategy<Value = Comparison<T>> {
    let single = value.clone().prop_map(|value| Span { first: value, last: value });
    prop_oneof![
        prop::collection::vec(single, 1..3).prop_map(Comparison::Within),
        value.clone().prop_map(Comparison::Below),
        value.clone().prop_map(Comparison::UpTo),
        value.clone().prop_map(Comparison::Above),
        value.prop_map(Comparison::From),
    ]
}

fn any_condition() -> impl Strategy<Value = Condition> {
    let matching = prop::sample::select(vec![Matching::Part, Matching::Whole]);
    let field = prop::sample::select(vec![TextField::Agency, TextField::Source, TextField::Code, TextField::Title]);
    let words = prop::collection::vec(any::<String>().prop_filter("some words", |words| !words.is_empty()), 1..3);
    let clause = (1..=9999_u32, 0..=3_u32, 0..=12_u32, 0..=12_u32)
        .prop_map(|(article, suffix, paragraph, item)| Clause { article, suffix, paragraph, item, sub_item: 0 });
    let clauses = prop::collection::vec(clause, 1..3);
    let numbers =
        prop::sample::select(vec![NumberField::DaysLate, NumberField::Version, NumberField::Year, NumberField::Id]);
    let days = prop::sample::select(vec![DayField::Due, DayField::Updated]);
    prop_oneof![
        some_of().prop_map(Condition::Kind),
        some_of().prop_map(Condition::Stage),
        some_of().prop_map(Condition::Standing),
        some_of().prop_map(Condition::Level),
        some_of().prop_map(Condition::Verification),
        some_of().prop_map(Condition::Duty),
        any::<bool>().prop_map(Condition::InForce),
        (field, matching.clone(), words).prop_map(|(field, matching, values)| Condition::Text {
            field,
            matching,
            values
        }),
        (matching, clauses).prop_map(|(matching, values)| Condition::Clause { matching, values }),
        (days, any_comparison(any_day().boxed())).prop_map(|(field, test)| Condition::Day { field, test }),
        (numbers, any_comparison(any::<i64>())).prop_map(|(field, test)| Condition::Number { field, test }),
        prop::sample::select(vec![Field::Code, Field::Due, Field::Standing]).prop_map(Condition::Missing),
    ]
}

fn any_filter() -> impl Strategy<Value = Filter> {
    let word = any::<String>().prop_filter("a plain word", |word| parse::is_plain(word)).prop_map(Filter::Word);
    let leaf = prop_oneof![
        word,
        prop::sample::select(vec!["养犬", "sthjj", "2-1", "非机动车", "第八十二条"])
            .prop_map(|word| Filter::Word(word.into())),
        any::<String>().prop_map(Filter::Phrase),
        any_condition().prop_map(Filter::Field),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(Filter::all),
            prop::collection::vec(inner.clone(), 1..4).prop_map(Filter::any),
            inner.prop_map(Filter::opposite),
        ]
    })
}

/// Texts made of the signs that matter.
fn filter_like() -> impl Strategy<Value = String> {
    let parts = "a|养犬|kind|:|=|<|>|!|-|(|)|（|）|\"|“|”|,|，|..| |or|或|非|not|due|2023-08|none|\\|第|penalty|、|+3d";
    prop::collection::vec(prop::sample::select(parts.split('|').collect::<Vec<_>>()), 0..24)
        .prop_map(|parts| parts.concat())
}

#[test]
fn a_day_is_read_in_every_way_of_writing_it() {
    let day = NaiveDate::from_ymd_opt(2026, 12, 30);
    for word in ["2026-12-30", "2026/12/30", "2026.12.30", "20261230", "2026年12月30日", " 2026-12-30 "] {
        assert_eq!(written_day(word), day, "{word}");
    }
    assert_eq!(written_day("2026年1月5日"), NaiveDate::from_ymd_opt(2026, 1, 5));
    for word in ["", "2026", "2026-12", "2026年12月", "2026-13-01", "20261330", "2026123", "2026-+1-2", "今天", "30"]
    {
        assert_eq!(written_day(word), None, "{word}");
    }
}

proptest! {
    #[test]
    fn every_filter_is_read_back_from_its_text(filter in any_filter()) {
        let text = filter.to_string();
        prop_assert_eq!(Filter::parse(&text), Ok(filter), "{}", text);
    }

    #[test]
    fn any_text_is_a_filter_or_an_error_with_a_place(text in any::<String>(), like in filter_like()) {
        for text in [text, like] {
            match Filter::parse(&text) {
                Ok(filter) => prop_assert_eq!(Filter::parse(&filter.to_string()), Ok(filter), "{}", text),
                Err(FilterError { span: [start, end], .. }) => {
                    prop_assert!(start <= end && end <= text.chars().count(), "{}", text);
                }
            }
            if let Err(FilterError { span: [start, end], .. }) = text.parse::<Sort>() {
                prop_assert!(start <= end && end <= text.chars().count(), "{}", text);
            }
        }
    }
}
