//! Findings for people: code, sentence, place, and the words underlined.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::super::underline::underlined;
use crate::i18n::{Lang, Term, Words, safe};
use crate::service::{CheckCode, Checked, FindingLine, Severity};
use crate::words;

/// How the text is shown.
#[derive(Debug, Clone, Copy)]
pub(in crate::cli) struct View {
    pub(in crate::cli) lang: Lang,
    /// Width of the terminal in columns.
    pub(in crate::cli) width: usize,
    /// Each note too; otherwise they are only counted.
    pub(in crate::cli) notes: bool,
    /// How many findings were known before and are left out.
    pub(in crate::cli) known: usize,
}

/// Writes the findings and what they add up to.
pub(in crate::cli) fn write_text(out: &mut dyn Write, checked: &Checked, view: View) -> io::Result<()> {
    for line in checked.findings.iter().filter(|line| view.notes || line.severity != Severity::Note) {
        write_finding(out, line, view)?;
    }
    write_counts(out, checked, view)
}

fn write_finding(out: &mut dyn Write, line: &FindingLine, view: View) -> io::Result<()> {
    let lang = view.lang;
    writeln!(out, "{}[{}]: {}", line.severity.label().say(lang), line.code.id(), safe(&line.message, false))?;
    let margin = line.row.map_or(1, |row| row.to_string().len());
    let blank = " ".repeat(margin);
    writeln!(out, "{blank}--> {}", safe(&place(line, lang), false))?;
    if let Some(words) = line.words.as_deref().filter(|words| !words.trim().is_empty()) {
        let shown = underlined(words, line.span, view.width.saturating_sub(margin + 4));
        let row = line.row.map_or_else(|| blank.clone(), |row| row.to_string());
        writeln!(out, "{blank} |")?;
        writeln!(out, "{row} | {}", shown.words)?;
        if !shown.marks.is_empty() {
            writeln!(out, "{blank} | {}", shown.marks)?;
        }
    }
    for note in notes(line) {
        writeln!(out, "{blank} = {}", safe(note.say(lang), false))?;
    }
    writeln!(out)
}

/// What stands under a finding: why it weighs less here, what was answered, where more is told.
fn notes(line: &FindingLine) -> Vec<Words> {
    let (basis, code, built_in) = (line.code.check().basis(), line.code.id(), line.code.check().severity.label());
    let lowered = line.lowered.as_ref().map(|reason| Words {
        zh: format!("本登记库由{}调低：{reason}", built_in.zh),
        en: format!("lowered from {} in this register: {reason}", built_in.en),
    });
    let answered = line.answer.as_ref().map(|answer| words!("已说明：{answer}", "answered: {answer}"));
    let more = Words {
        zh: format!("依据 {}；说明见 cailiang explain {code}", basis.zh),
        en: format!("rests on {}; see cailiang explain {code}", basis.en),
    };
    lowered.into_iter().chain(answered).chain([more]).collect()
}

fn place(line: &FindingLine, lang: Lang) -> String {
    let colon = if lang == Lang::Zh { "：" } else { ": " };
    let mut place = String::new();
    if let Some(file) = &line.file {
        place.push_str(file);
        if let Some(sheet) = &line.sheet {
            place.extend([colon, sheet]);
        }
        if let Some(row) = line.row {
            place.extend([if lang == Lang::Zh { format!(" 第 {row} 行") } else { format!(", row {row}") }]);
        }
        place.push_str(if lang == Lang::Zh { "，" } else { ", " });
    }
    place.push_str(if lang == Lang::Zh { "事项 " } else { "item " });
    place.push_str(&line.item);
    place
}

fn write_counts(out: &mut dyn Write, checked: &Checked, view: View) -> io::Result<()> {
    let lang = view.lang;
    let [errors, warnings, notes] = [Severity::Error, Severity::Warning, Severity::Note].map(|of| checked.count(of));
    let (items, tiers) = (checked.items, checked.tiers);
    let answered = match (checked.answered(Severity::Warning), lang) {
        (0, _) => String::new(),
        (answered, Lang::Zh) => format!("（已说明 {answered}）"),
        (answered, Lang::En) => format!(" ({answered} answered)"),
    };
    match lang {
        Lang::Zh => {
            write!(
                out,
                "检查了 {items} 个事项、{tiers} 个阶次：错误 {errors}，警告 {warnings}{answered}，提示 {notes}"
            )?;
        }
        Lang::En => {
            write!(
                out,
                "{items} items with {tiers} tiers checked: {errors} errors, {warnings} warnings{answered}, {notes} notes"
            )?;
        }
    }
    if notes > 0 && !view.notes {
        let mut codes: BTreeMap<CheckCode, usize> = BTreeMap::new();
        for line in checked.findings.iter().filter(|line| line.severity == Severity::Note) {
            *codes.entry(line.code).or_default() += 1;
        }
        let comma = if lang == Lang::Zh { "、" } else { ", " };
        let list: Vec<String> = codes.iter().map(|(code, count)| format!("{} {count}", code.id())).collect();
        match lang {
            Lang::Zh => write!(out, "（{}；加 --notes 逐条显示）", list.join(comma))?,
            Lang::En => write!(out, " ({}; --notes shows them)", list.join(comma))?,
        }
    }
    if view.known > 0 {
        match lang {
            Lang::Zh => write!(out, "；另有 {} 条以前已知", view.known)?,
            Lang::En => write!(out, "; {} known before", view.known)?,
        }
    }
    writeln!(out, "{}", if lang == Lang::Zh { "。" } else { "." })
}
