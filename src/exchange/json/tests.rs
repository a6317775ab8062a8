use std::borrow::Cow;

use proptest::prelude::*;

use super::*;
use crate::i18n::{Failure, Lang};

type Row = Vec<Value<'static>>;

fn shapes() -> Vec<Shape> {
    let column = |name, form| Column { name, form };
    vec![
        Shape { name: "one", columns: vec![column("id", Form::Plain), column("words", Form::Plain)] },
        Shape { name: "two", columns: vec![column("file", Form::Base64)] },
    ]
}

fn envelope() -> Envelope {
    Envelope {
        format: FORMAT,
        exported_at: "2023-09-20T10:00:00+08:00".to_owned(),
        trail: Anchor { count: 3, head: "ab".to_owned() },
        filter: None,
        program: "cailiang 0".to_owned(),
    }
}

fn written(tables: &[Vec<Row>]) -> String {
    let (mut out, shapes) = (Vec::new(), shapes());
    let mut writer = Writer::begin(&mut out, &envelope()).unwrap();
    for (shape, rows) in shapes.iter().zip(tables) {
        writer.table(shape).unwrap();
        for row in rows {
            writer.row(row.iter().cloned()).unwrap();
        }
    }
    writer.end().unwrap();
    String::from_utf8(out).unwrap()
}

fn owned(value: &Value<'_>) -> Value<'static> {
    match value {
        Value::Null => Value::Null,
        Value::Number(number) => Value::Number(*number),
        Value::Text(words) => Value::Text(Cow::Owned(words.to_string())),
        Value::Bytes(bytes) => Value::Bytes(Cow::Owned(bytes.to_vec())),
    }
}

fn read_back(file: &str) -> Result<(Envelope, Vec<Vec<Row>>), Failure> {
    let (mut tables, mut at) = (vec![Vec::new(), Vec::new()], 0);
    let take = |part: Part<'_>| {
        match part {
            Part::Table(table) => at = table,
            Part::Row(values) => tables[at].push(values.iter().map(owned).collect()),
        }
        Ok::<(), ()>(())
    };
    match read(file.as_bytes(), &shapes(), take) {
        Ok(envelope) => Ok((envelope, tables)),
        Err(Trouble::File(error)) => Err(error.into()),
        Err(Trouble::Taker((), _)) => panic!("the taker never stops"),
    }
}

fn one(id: i64, words: &str) -> Row {
    vec![Value::Number(id), Value::Text(Cow::Owned(words.to_owned()))]
}

#[test]
fn tables_without_rows_are_tables() {
    let file = written(&[Vec::new(), Vec::new()]);
    assert_eq!(read_back(&file).unwrap(), (envelope(), vec![Vec::new(), Vec::new()]));
}

#[test]
fn the_order_of_keys_does_not_matter() {
    let envelope_text = serde_json::to_string(&envelope()).unwrap();
    let file = format!(
        r#" {{"register": {{"two": [{{"file": "AP8="}}], "one": [{{"words": null, "id": -9223372036854775808}}]}},
        "envelope": {envelope_text}}} "#
    );
    let (told, tables) = read_back(&file).unwrap();
    assert_eq!(told, envelope());
    assert_eq!(
        tables,
        [vec![vec![Value::Number(i64::MIN), Value::Null]], vec![vec![Value::Bytes(vec![0, 255].into())]]]
    );
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let sound = written(&[vec![one(1, "甲")], vec![vec![Value::Bytes(vec![1, 2, 3].into())]]]);
    for (from, to, words) in [
        ("\"AQID\"", "\"AQI\"", "第 7 行第 "),
        ("\"AQID\"", "\"AQI\"", "表 two 第 1 条记录：「file」的值不能用。"),
        ("\"AQID\"", "7.5", "「file」的值不能用。"),
        ("\"id\":1", "\"id\":9223372036854775808", "表 one 第 1 条记录：「id」的值不能用。"),
        ("\"id\":1", "\"id\":[1]", "第 4 行第 "),
        ("\"id\":1", "\"id\":1,\"id\":2", "「id」写了两次。"),
        ("\"id\":1,", "", "缺「id」这一列。"),
        ("\"甲\"", "甲", "这里不是 JSON"),
        ("\"two\"", "\"one\"", "「one」写了两次。"),
        ("\"register\"", "\"envelope\"", "「envelope」写了两次。"),
        ("\"trail\":{", "\"trail\":{\"x\":1,", "不是登记库的导出文件"),
        ("\"format\":1,", "", "没有「envelope.format」。"),
        ("\"filter\":null", "\"filter\":\"养犬\"", "只含筛选「养犬」的事项"),
    ] {
        let file = sound.replacen(from, to, 1);
        assert_ne!(file, sound, "{from}");
        let failure = read_back(&file).unwrap_err();
        assert!(failure.say(Lang::Zh).contains(words), "{to}: {}", failure.say(Lang::Zh));
        assert!(!failure.next.zh.is_empty() && !failure.next.en.is_empty(), "{to}");
    }
}

#[test]
fn a_taker_that_stops_is_heard_with_the_line() {
    let file = written(&[vec![one(1, ""), one(2, "")], Vec::new()]);
    let take = |part: Part<'_>| match part {
        Part::Row([Value::Number(2), _]) => Err("enough"),
        _ => Ok(()),
    };
    match read(file.as_bytes(), &shapes(), take) {
        Err(Trouble::Taker("enough", line)) => assert_eq!(line, 5),
        other => panic!("{other:?}"),
    }
}

proptest! {
    #[test]
    fn every_value_comes_back(
        rows in proptest::collection::vec((any::<i64>(), any::<String>()), 0..8),
        files in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..40), 0..4),
    ) {
        let tables = vec![
            rows.iter().map(|(id, words)| one(*id, words)).collect::<Vec<_>>(),
            files.into_iter().map(|bytes| vec![Value::Bytes(bytes.into())]).collect(),
        ];
        prop_assert_eq!(read_back(&written(&tables)).unwrap(), (envelope(), tables));
    }

    #[test]
    fn nothing_makes_it_panic(cut in 0_usize..400, noise in any::<char>()) {
        let sound = written(&[vec![one(1, "甲"), one(2, "乙")], vec![vec![Value::Bytes(vec![1].into())]]]);
        let mut changed: Vec<char> = sound.chars().collect();
        changed.insert(cut.min(changed.len()), noise);
        let changed: String = changed.into_iter().collect();
        // Noise inside words or between signs may still be a file; anything else has a reason.
        if let Err(failure) = read_back(&changed) {
            prop_assert!(!failure.say(Lang::En).is_empty());
        }
    }
}
