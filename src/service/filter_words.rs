//! What is wrong with a filter, said with the word at fault underlined.

use unicode_width::UnicodeWidthStr;

use crate::domain::filter::{Field, FilterError, FilterProblem};
use crate::domain::label::Term;
use crate::domain::measure::words_at;
use crate::i18n::{Failure, Text, Words};
use crate::words;

/// The failure for a filter that could not be read.
pub(super) fn failure(text: &str, error: &FilterError) -> Failure {
    let (reason, next) = say(&error.problem);
    let [start, _] = error.span;
    let before: String = text.chars().take(start).collect();
    let at = words_at(text, error.span);
    let underline = format!("{}{}", " ".repeat(before.width()), "^".repeat(at.width().max(1)));
    let shown = format!("\n  {text}\n  {underline}\n");
    Failure::usage(Words { zh: format!("{}{shown}", reason.zh), en: format!("{}{shown}", reason.en) }, next)
}

fn say(problem: &FilterProblem) -> (Words, Words) {
    match problem {
        FilterProblem::UnknownField { word, nearest } => (
            words!("没有「{word}」这个字段。", "There is no field \"{word}\"."),
            nearest.map_or_else(all_fields, |field| {
                let (zh, en) = (field.label().zh, field.id());
                words!("是不是「{zh}」（{en}）？", "Did you mean {en}?")
            }),
        ),
        FilterProblem::FieldMissing => {
            (words!("比较号前面缺字段。", "A field is missing before the operator."), all_fields())
        }
        FilterProblem::ValueMissing(field) => (named(*field, "后面缺值。", "takes a value here."), values_of(*field)),
        FilterProblem::UnknownValue { field, word, nearest } => {
            let (zh, en) = (field.label().zh, field.id());
            let meant = nearest.and_then(|id| field.values().into_iter().find(|(other, _)| *other == id));
            let next = match meant {
                Some((id, Text { zh, .. })) => words!("是不是「{zh}」？", "Did you mean {id}?"),
                None => values_of(*field),
            };
            (words!("「{zh}」没有「{word}」这个值。", "\"{word}\" is no value of {en}."), next)
        }
        FilterProblem::NotADay { word, .. } => (
            words!("「{word}」不是日期。", "\"{word}\" is no day."),
            words!("写成 2023-08-31、2023-08、today、+14d、-1m。", "Write 2023-08-31, 2023-08, today, +14d, -1m."),
        ),
        FilterProblem::NotANumber { word, .. } => (
            words!("「{word}」不是整数。", "\"{word}\" is no whole number."),
            words!("写成 10、>=10 或 1..30。", "Write 10, >=10 or 1..30."),
        ),
        FilterProblem::NotAClause(word) => (
            words!("「{word}」不是条款。", "\"{word}\" is no clause."),
            words!("写成 第八十二条第一款 或 82。", "Write 第八十二条第一款 or 82."),
        ),
        FilterProblem::Backwards(field) => (
            named(*field, "的范围前后颠倒。", "has a range that ends before it begins."),
            words!("把较小的写在前面。", "Write the smaller one first."),
        ),
        FilterProblem::OperatorDoesNotFit { field, operator } => {
            let (zh, en, sign) = (field.label().zh, field.id(), operator.sign());
            (
                words!("「{zh}」不能用 {sign} 比较。", "{en} cannot be compared with {sign}."),
                words!("请用 : 或 = 。", "Use : or =."),
            )
        }
        FilterProblem::OneValueOnly(field) => (
            named(*field, "这里只能写一个值。", "takes one value here."),
            words!("请只留一个，或用 : 列出几个。", "Leave one, or list several after a colon."),
        ),
        FilterProblem::OperandMissing => (
            words!("这里缺条件。", "A condition is missing here."),
            words!("补上条件，或去掉前后多余的词。", "Add it, or take out the word that asks for it."),
        ),
        FilterProblem::UnclosedBracket => {
            (words!("括号没有收尾。", "A bracket is never closed."), words!("补上右括号。", "Close it."))
        }
        FilterProblem::UnopenedBracket => (
            words!("多了一个右括号。", "A closing bracket too many."),
            words!("去掉它，或补上左括号。", "Take it out, or open it."),
        ),
        FilterProblem::UnclosedQuote => {
            (words!("引号没有收尾。", "A quotation mark is never closed."), words!("补上引号。", "Close it."))
        }
        FilterProblem::TooDeep => (
            words!("括号套得太深。", "Brackets are nested too deep."),
            words!("把条件分成几步写。", "Write it in several steps."),
        ),
        FilterProblem::SortedTwice(field) => {
            (named(*field, "写了两次。", "stands twice."), words!("去掉一个。", "Take one out."))
        }
    }
}

fn named(field: Field, zh: &str, en: &str) -> Words {
    Words { zh: format!("「{}」{zh}", field.label().zh), en: format!("{} {en}", field.id()) }
}

fn all_fields() -> Words {
    let list = |say: fn(&Field) -> String, comma: &str| Field::ALL.iter().map(say).collect::<Vec<_>>().join(comma);
    Words {
        zh: format!("可用的字段：{}。", list(|field| format!("{}（{}）", field.label().zh, field.id()), "、")),
        en: format!("Fields: {}.", list(|field| field.id().to_owned(), ", ")),
    }
}

fn values_of(field: Field) -> Words {
    let values = field.values();
    if values.is_empty() {
        return words!("在后面写上值，如 机关:城管局。", "Write a value after it, such as agency:csgl.");
    }
    let zh: Vec<String> = values.iter().map(|(id, label)| format!("{}（{id}）", label.zh)).collect();
    let en: Vec<&str> = values.iter().map(|(id, _)| *id).collect();
    Words { zh: format!("可以写：{}。", zh.join("、")), en: format!("One of: {}.", en.join(", ")) }
}
