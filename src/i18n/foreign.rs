//! What the system and the libraries say in English only, in both languages.
//!
//! A message that is not known here is never passed on into a Chinese sentence: the sentence then says less.

use super::{Text, Words};

/// What the operating system said of a file, in both languages: its own words are English only.
#[must_use]
pub fn io_trouble(error: &std::io::Error) -> Words {
    use std::io::ErrorKind as Io;
    let text = match error.kind() {
        Io::NotFound => Text::new("没有这个文件或文件夹", "there is no such file or folder"),
        Io::PermissionDenied => Text::new("没有权限", "permission is denied"),
        Io::IsADirectory => Text::new("这是一个文件夹", "it is a folder"),
        Io::NotADirectory => Text::new("路径中有一段不是文件夹", "a part of the path is no folder"),
        Io::StorageFull | Io::QuotaExceeded => Text::new("磁盘已满", "the disk is full"),
        Io::ReadOnlyFilesystem => Text::new("磁盘是只读的", "the disk is read-only"),
        Io::AlreadyExists => Text::new("文件已经存在", "the file exists already"),
        Io::ResourceBusy | Io::ExecutableFileBusy => Text::new("文件正被占用", "the file is in use"),
        Io::InvalidFilename => {
            Text::new("文件名太长或含有不能用的字符", "the file name is too long or may not be used")
        }
        Io::InvalidData => Text::new("内容不是 UTF-8 文本", "the content is not UTF-8 text"),
        Io::BrokenPipe => Text::new("接收的一方已经关闭", "the receiving end was closed"),
        _ => {
            let code = error.raw_os_error().map(|code| format!(" {code}")).unwrap_or_default();
            return Words { zh: format!("系统错误{code}"), en: error.to_string() };
        }
    };
    text.into()
}

/// What the JSON reader said, in both languages; the place is left out, the caller tells it.
#[must_use]
pub fn json_trouble(message: &str) -> Words {
    let en = message.split(" at line ").next().unwrap_or(message).to_owned();
    Words { zh: json_zh(&en), en }
}

fn json_zh(en: &str) -> String {
    const SENTENCES: &[(&str, &str)] = &[
        ("EOF", "内容不完整，到这里就断了"),
        ("expected value", "这里缺一个值"),
        ("expected `:`", "键的后面要写冒号"),
        ("expected `,` or", "这里少了逗号或者收尾的括号"),
        ("trailing comma", "这里多了一个逗号"),
        ("trailing characters", "结尾之后还有多余的字符"),
        ("key must be a string", "键要写在双引号里"),
        ("control character", "文字里有换行或者控制字符，要写成 \\n 之类"),
        ("invalid escape", "反斜杠后面的写法不对"),
        ("invalid number", "数字的写法不对"),
        ("number out of range", "数字太大"),
        ("recursion limit", "括号套得太深"),
    ];
    let quoted: Vec<&str> = en.split('`').skip(1).step_by(2).collect();
    let word = quoted.first().copied().unwrap_or_default();
    let others = quoted.get(1..).unwrap_or_default().join("、");
    let may = if others.is_empty() { String::new() } else { format!("，可以写 {others}") };
    match en {
        _ if en.starts_with("missing field") => format!("缺少「{word}」"),
        _ if en.starts_with("duplicate field") => format!("「{word}」写了两次"),
        _ if en.starts_with("unknown field") => format!("没有「{word}」这一项{may}"),
        _ if en.starts_with("unknown variant") => format!("「{word}」不是可用的值{may}"),
        _ if en.starts_with("invalid type") || en.starts_with("invalid value") => "值的类型不对".to_owned(),
        _ if en.contains("not_applicable") => "应写文字，或者写 {\"not_applicable\": \"理由\"}".to_owned(),
        _ => SENTENCES.iter().find(|(start, _)| en.starts_with(start)).map_or("写法不对", |(_, zh)| zh).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::baseline::Baseline;

    #[test]
    fn what_the_json_reader_says_is_said_in_chinese() {
        for (json, zh) in [
            ("{", "内容不完整，到这里就断了"),
            ("{}", "缺少「kind」"),
            (r#"{"kind": "penalty", "kind": "penalty"}"#, "「kind」写了两次"),
            (r#"{"kind": "penalties"}"#, "「penalties」不是可用的值，可以写 penalty、licence"),
            (r#"{"kind": "penalty", "colour": 1}"#, "没有「colour」这一项，可以写 kind、fields"),
            (r#"{"kind": 7}"#, "这里缺一个值"),
            (r#"{"kind": "penalty", "remarks": 7}"#, "值的类型不对"),
            (r#"{"kind": "penalty", "fields": {"basis": 7}}"#, "应写文字，或者写"),
            (r#"{"kind": "penalty",}"#, "这里多了一个逗号"),
            (r#"{"kind": "penalty"} x"#, "结尾之后还有多余的字符"),
            (r#"{kind: "penalty"}"#, "键要写在双引号里"),
            (r#"{"kind" "penalty"}"#, "键的后面要写冒号"),
        ] {
            let error = serde_json::from_str::<Baseline>(json).unwrap_err().to_string();
            let words = json_trouble(&error);
            assert!(words.zh.starts_with(zh), "{json}: {words:?}");
            assert!(!words.en.contains(" at line "), "{json}: {words:?}");
        }
    }
}
