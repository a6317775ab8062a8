//! What holds of every text, and of every number in every writing.

use cailiang::domain::label::Lang;
use cailiang::domain::measure::Unit;
use cailiang::reading::{Reading, read};
use proptest::prelude::*;

/// Words that the reader knows, to be thrown together at random.
const WORDS: &[&str] = &[
    "处",
    "并处",
    "处以",
    "可以",
    "可",
    "对",
    "单位",
    "个人",
    "主管人员",
    "责令",
    "改正",
    "限期",
    "停产停业",
    "没收",
    "违法所得",
    "货值金额",
    "吊销",
    "许可证",
    "罚款",
    "罚款数额",
    "二万元",
    "五倍",
    "20%",
    "百分之五",
    "以上",
    "以下",
    "至",
    "不超过",
    "最高",
    "的",
    "，",
    "；",
    "。",
    "：",
    "、",
    "（一）",
    "（",
    "）",
    "《",
    "》",
    "每",
    "日",
    "平方米",
    "情节严重",
    "逾期不改正",
    "造成",
    "警告",
    "通报",
    "拘留",
    "十日",
    "依照",
    "规定",
    "处罚",
    "下列",
    "被",
    "受到",
    "由",
    "公安机关",
    "移送",
    "不予处罚",
    "五年内",
    "不得从事",
    "第二十条",
    "等值",
    "一",
    "万",
    "点",
    "元",
    "倍",
    "按日连续处罚",
    "加处",
    "增加",
    "或者",
    "和",
    "其",
    "\n",
    " ",
    "甲",
    "１",
    "％",
    "/株",
    "暂扣",
    "六个月",
    "降低资质等级",
    "决定",
    "听证",
];

/// Spans lie inside the text, and every trigger stands where its span says.
fn is_sound(text: &str, reading: &Reading) -> Result<(), TestCaseError> {
    let length = text.chars().count();
    let measures = reading.measures.iter().map(|measure| measure.span);
    let triggers = reading.measures.iter().filter_map(|measure| measure.trigger.as_ref());
    let problems = reading.problems.iter().map(|problem| problem.span);
    for [start, end] in measures.chain(problems).chain(triggers.clone().map(|trigger| trigger.span)) {
        prop_assert!(start < end && end <= length, "span {start}..{end} of {length}");
    }
    for trigger in triggers {
        let [start, end] = trigger.span;
        prop_assert_eq!(&trigger.text, &text.chars().skip(start).take(end - start).collect::<String>());
    }
    let report = serde_json::to_value(reading.report(text, Lang::Zh));
    prop_assert!(report.is_ok());
    Ok(())
}

proptest! {
    #[test]
    fn any_text_is_read(text in any::<String>()) {
        is_sound(&text, &read(&text))?;
    }

    #[test]
    fn any_words_are_read(words in prop::collection::vec(prop::sample::select(WORDS), 0..60)) {
        let text = words.concat();
        is_sound(&text, &read(&text))?;
    }

    #[test]
    fn every_number_reads_back_in_every_writing(number in 1_i64..1_000_000_000) {
        for words in writings(number) {
            let text = format!("处{words}元罚款");
            let reading = read(&text);
            let amounts: Vec<_> = reading.measures.iter().filter_map(|measure| measure.amount.as_ref()).collect();
            prop_assert_eq!(amounts.len(), 1, "{}", text);
            prop_assert_eq!(amounts[0].low, Some(number.into()), "{}", text);
            prop_assert_eq!(amounts[0].high, Some(number.into()), "{}", text);
            prop_assert!(reading.problems.is_empty(), "{}", text);
        }
    }

    #[test]
    fn every_range_reads_back(low in 1_i64..10_000_000, more in 1_i64..10_000_000, unit in 0_usize..3, form in 0_usize..4) {
        let (unit, word) = [(Unit::Yuan, "元"), (Unit::Times, "倍"), (Unit::Percent, "%")][unit];
        let high = low + more;
        for (low_words, high_words) in writings(low).into_iter().zip(writings(high)) {
            let text = match form {
                0 => format!("处违法所得{low_words}{word}以上{high_words}{word}以下罚款"),
                1 => format!("处违法所得{low_words}{word}至{high_words}{word}的罚款"),
                2 => format!("并处违法所得{low_words}{word}以上、{high_words}{word}以下罚款"),
                _ => format!("可以处违法所得不低于{low_words}{word}不超过{high_words}{word}的罚款"),
            };
            let reading = read(&text);
            prop_assert_eq!(reading.measures.len(), 1, "{}", text);
            let amount = reading.measures[0].amount.as_ref();
            prop_assert_eq!(amount.map(|amount| (amount.unit, amount.low, amount.high)), Some((unit, Some(low.into()), Some(high.into()))), "{}", text);
            prop_assert!(reading.problems.is_empty(), "{} {:?}", text, reading.problems);
        }
    }
}

/// A number in ordinary, banking, Arabic, grouped, full-width and mixed writing.
fn writings(number: i64) -> Vec<String> {
    let arabic = number.to_string();
    let wide = arabic.chars().map(|digit| char::from_u32(u32::from(digit) + 0xFEE0).unwrap()).collect();
    let mut writings = vec![
        spoken(number, "零一二三四五六七八九", ["十", "百", "千", "万"]),
        spoken(number, "零壹贰叁肆伍陆柒捌玖", ["拾", "佰", "仟", "万"]),
        grouped(&arabic),
        wide,
        arabic,
    ];
    if number % 10_000 == 0 {
        writings.push(format!("{}万", number / 10_000));
    }
    if number % 1_000 == 0 {
        writings.push(format!("{}.{}万", number / 10_000, number / 1_000 % 10));
    }
    writings
}

fn grouped(arabic: &str) -> String {
    let mut words = String::new();
    for (index, digit) in arabic.chars().enumerate() {
        if index > 0 && (arabic.len() - index).is_multiple_of(3) {
            words.push(',');
        }
        words.push(digit);
    }
    words
}

/// Spoken Chinese: sections of four digits, 零 for skipped places.
fn spoken(number: i64, digits: &str, units: [&str; 4]) -> String {
    let digits: Vec<char> = digits.chars().collect();
    let section = |mut value: i64, lead: bool| {
        let mut words = String::new();
        let (mut skipped, mut begun) = (lead, false);
        for (place, unit) in [(1_000, units[2]), (100, units[1]), (10, units[0]), (1, "")] {
            let digit = value / place;
            value %= place;
            if digit == 0 {
                skipped |= begun;
                continue;
            }
            if skipped {
                words.push(digits[0]);
            }
            skipped = false;
            begun = true;
            words.push(digits[usize::try_from(digit).unwrap()]);
            words += unit;
        }
        words
    };
    let (hundred_millions, rest) = (number / 100_000_000, number % 100_000_000);
    let (ten_thousands, rest) = (rest / 10_000, rest % 10_000);
    let mut words = String::new();
    if hundred_millions > 0 {
        words.extend([section(hundred_millions, false).as_str(), "亿"]);
    }
    if ten_thousands > 0 {
        let lead = !words.is_empty() && ten_thousands < 1_000;
        words.extend([section(ten_thousands, lead).as_str(), units[3]]);
    }
    if rest > 0 {
        let gap = !words.is_empty() && (rest < 1_000 || ten_thousands == 0);
        words += &section(rest, gap);
    }
    words
}
