//! One item whole: its baseline, its versions, its procedure, its duties, its history.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::super::grammar::{Format, Show};
use super::super::out::{Desk, broken, plain_json};
use super::questions::clauses;
use crate::domain::baseline::{Answer, Baseline};
use crate::domain::duty::Closing;
use crate::i18n::{Failure, Lang, Term, Text, safe};
use crate::service::{
    ItemView, Register, Result, Unread, Version, days_late, filled, say_band, say_tier, unread, verb_words,
};
use crate::words;

pub(super) fn show(desk: &mut Desk<'_, '_>, args: &Show) -> Result<u8> {
    let register = desk.open()?;
    let id = register.find_item(&args.item)?;
    let view = register.show_item(id)?;
    let version = chosen_version(&view, args)?;
    let text = match desk.format() {
        Format::Json | Format::Jsonl => {
            plain_json(&format!("{:#}\n", as_json(&register, &view, version, desk.lang))).into_owned()
        }
        _ => as_text(&register, &view, version, desk.lang),
    };
    desk.out.write_all(text.as_bytes()).map_err(broken)?;
    Ok(0)
}

/// The version asked for: by number, by day, else the newest.
fn chosen_version<'a>(view: &'a ItemView, args: &Show) -> Result<Option<&'a Version>> {
    match (args.version, args.as_of) {
        (Some(no), _) => view.versions.iter().find(|version| version.no == no).map(Some).ok_or_else(|| {
            Failure::refused(
                words!("没有第 {no} 版。", "There is no version {no}."),
                words!("共有 {} 版。", "There are {} versions.", view.versions.len()),
            )
        }),
        (None, Some(day)) => view.in_force_on(day).map(Some).ok_or_else(|| {
            Failure::refused(
                words!("{day} 没有有效的版本。", "No version was in force on {day}."),
                words!("不写 --as-of 看最新的。", "Leave --as-of out for the newest."),
            )
        }),
        (None, None) => Ok(view.versions.last()),
    }
}

fn as_json(register: &Register, view: &ItemView, version: Option<&Version>, lang: Lang) -> Value {
    let today = register.today();
    let duties: Vec<Value> = view
        .duties
        .iter()
        .map(|row| {
            let duty = &row.duty;
            json!({
                "id": row.id, "duty": duty.rule, "clause": clauses(duty.rule), "year": duty.year,
                "agency": register.agencies().name(duty.agency), "starts": duty.starts, "due": duty.due,
                "original_due": row.original_due, "closed": duty.closing,
                "days_late": days_late(duty.closing, duty.due, today), "reason": row.reason,
            })
        })
        .collect();
    let versions: Vec<Value> = view
        .versions
        .iter()
        .map(|version| {
            let life = &version.life;
            json!({
                "version": version.no, "hash": version.hash, "author": version.author, "created": version.created_on,
                "submitted": life.submitted_on, "accepted": life.accepted_on, "accepted_hash": life.accepted_hash,
                "approved": life.approved_on, "approval": life.approval, "published": life.published_on,
                "publication": life.publication, "in_force_from": life.in_force_from, "in_force_to": life.in_force_to,
                "before_register": life.before_register, "return_reason": life.return_reason,
            })
        })
        .collect();
    let trail: Vec<Value> = view
        .trail
        .iter()
        .map(|entry| json!({ "seq": entry.seq, "at": entry.at, "actor": entry.actor, "verb": entry.verb }))
        .collect();
    let item = &view.item;
    json!({
        "id": item.id, "code": item.text.code, "title": item.text.title, "kind": item.text.kind,
        "agency": register.agencies().name(item.agency), "level": item.level, "vertical": item.vertical,
        "citations": item.text.citations, "verification": item.verification, "reason": item.verification_reason,
        "listed": item.listed_on, "stage": view.line.stage, "standing": view.line.standing, "due": view.line.due,
        "in_force": Some(view.line.in_force).filter(|no| *no > 0), "version": version.map(|version| version.no),
        "baseline": version.map(|version| filled(&version.baseline)),
        "unread": version.map(|version| unread_of(&version.baseline, lang)), "versions": versions, "steps": view.steps,
        "duties": duties, "trail": trail,
    })
}

/// What of the words could not be read, with place; ladders and tiers count from 1.
fn unread_of(baseline: &Baseline, lang: Lang) -> Vec<Value> {
    let told = |unread: &Unread| {
        let (ladder, tier) = unread.tier.unzip();
        json!({
            "code": unread.code(), "ladder": ladder.map(|at| at + 1), "tier": tier.map(|at| at + 1),
            "field": unread.field, "span": unread.span, "words": unread.words, "message": unread.say(lang),
        })
    };
    unread(baseline).iter().map(told).collect()
}

fn as_text(register: &Register, view: &ItemView, version: Option<&Version>, lang: Lang) -> String {
    let mut page = Page { lang, text: String::new() };
    let (item, line) = (&view.item, &view.line);
    page.line(&safe(&format!("{} {}", item.text.code, item.text.title), false));
    let place = [
        item.text.kind.label().say(lang).to_owned(),
        register.agencies().name(item.agency),
        item.level.label().say(lang).to_owned(),
        line.stage.label().say(lang).to_owned(),
        line.standing.map(|standing| standing.label().say(lang).to_owned()).unwrap_or_default(),
    ];
    page.line(&place.join("　"));
    for citation in &item.text.citations {
        let clause = citation.clause.map_or_else(|| citation.written.clone(), |clause| clause.to_string());
        page.pair(citation.role.label(), &format!("《{}》{clause}", citation.title));
    }
    if !item.verification_reason.is_empty() {
        page.pair(item.verification.label(), &item.verification_reason);
    }
    if let Some(version) = version {
        page.version(version);
    }
    page.steps(view);
    page.duties(register, view);
    page.trail(view);
    page.text
}

/// A page of text, line by line.
struct Page {
    lang: Lang,
    text: String,
}

impl Page {
    fn line(&mut self, words: &str) {
        self.text.push_str(safe(words, true).trim_end());
        self.text.push('\n');
    }

    fn heading(&mut self, zh: &'static str, en: &'static str) {
        self.line("");
        self.line(Text::new(zh, en).say(self.lang));
    }

    fn pair(&mut self, label: Text, words: &str) {
        let colon = Text::new("：", ": ").say(self.lang);
        self.line(&format!("  {}{colon}{words}", label.say(self.lang)));
    }

    fn version(&mut self, version: &Version) {
        let life = &version.life;
        let mut words = match self.lang {
            Lang::Zh => format!("第 {} 版", version.no),
            Lang::En => format!("Version {}", version.no),
        };
        if let Some(from) = life.in_force_from {
            let to = life.in_force_to.map(|to| to.to_string()).unwrap_or_default();
            let _ = write!(words, "　{from}—{to}　{}", life.publication);
        }
        self.line("");
        self.line(&words);
        // Why it was sent back counts until it is accepted.
        if !life.return_reason.is_empty() && life.accepted_on.is_none() {
            self.pair(Text::new("退回理由", "returned because"), &life.return_reason);
        }
        self.baseline(&version.baseline);
    }

    fn baseline(&mut self, baseline: &Baseline) {
        for field in baseline.kind.fields() {
            match baseline.fields.get(field.id) {
                Some(Answer::Text(words)) => self.pair(field.label, words),
                Some(Answer::NotApplicable { not_applicable }) => {
                    let none = Text::new("不适用", "not applicable").say(self.lang);
                    self.pair(field.label, &format!("{none}（{not_applicable}）"));
                }
                None => {}
            }
        }
        self.tiers(baseline);
        if let Some(weights) = &baseline.weights {
            for factor in &weights.factors {
                self.line(&format!("  {}", factor.name));
                for (option, weight) in &factor.options {
                    let weight = weight.map(|weight| format!("{weight}%")).unwrap_or_default();
                    self.line(&format!("      · {option}　{weight}"));
                }
            }
        }
        if !baseline.remarks.is_empty() {
            self.pair(Text::new("备注", "remarks"), &baseline.remarks);
        }
    }

    /// The bands of the law and the tiers, each with what its words come to.
    fn tiers(&mut self, baseline: &Baseline) {
        let full = filled(baseline);
        let unread = unread(baseline);
        for (at, band) in full.bands.iter().enumerate() {
            let (words, colon) = (say_band(band, self.lang), Text::new("：", ": ").say(self.lang));
            self.line(&format!("  {}{colon}{words}", band_number(at, self.lang)));
        }
        self.unread(unread.iter().filter(|unread| unread.tier.is_none()));
        for (at, (ladder, full_ladder)) in baseline.ladders.iter().zip(&full.ladders).enumerate() {
            let band = full_ladder.band.filter(|_| full.bands.len() > 1).map(|at| band_number(at, self.lang));
            let head: Vec<String> = ladder.label.clone().into_iter().chain(band).collect();
            if !head.is_empty() {
                self.line(&format!("  ── {}", head.join("　")));
            }
            for (place, tier) in ladder.tiers.iter().enumerate() {
                self.line(&format!("  {}　{}", tier.label, tier.standard));
                if let Some(words) = say_tier(baseline, tier, self.lang) {
                    self.line(&format!("      {words}"));
                }
                self.unread(unread.iter().filter(|unread| unread.tier == Some((at, place))));
                for condition in &tier.conditions {
                    self.line(&format!("      · {condition}"));
                }
            }
        }
    }

    fn unread<'u>(&mut self, unread: impl Iterator<Item = &'u Unread>) {
        for one in unread {
            let (words, why) = (&one.words, one.say(self.lang));
            let mark = Text::new("▲", "▲ ").say(self.lang);
            let colon = Text::new("：", ": ").say(self.lang);
            self.line(&format!("      {mark}「{words}」{colon}{why}"));
        }
    }

    fn steps(&mut self, view: &ItemView) {
        if view.steps.is_empty() {
            return;
        }
        self.heading("程序", "Procedure");
        let mut steps: Vec<_> = view.steps.iter().collect();
        steps.sort_by_key(|step| step.on);
        for step in steps {
            let from = step.from.map(|from| format!("{from}—")).unwrap_or_default();
            let label = step.step.label().say(self.lang);
            self.line(&format!("  {label}　{from}{}　{} {}", step.on, step.number, step.note));
        }
    }

    fn duties(&mut self, register: &Register, view: &ItemView) {
        if view.duties.is_empty() {
            return;
        }
        self.heading("任务", "Duties");
        for row in &view.duties {
            let duty = &row.duty;
            let due = duty.due.map(|due| due.to_string()).unwrap_or_default();
            let late = days_late(duty.closing, duty.due, register.today());
            let end = match duty.closing {
                Closing::Open if late > 0 => {
                    format!("{} {late}", Text::new("▲ 逾期天数", "▲ days late").say(self.lang))
                }
                Closing::Open => String::new(),
                Closing::Done(on) => format!("{} {on}", Text::new("办结", "done").say(self.lang)),
                Closing::Waived(on) => format!("{} {on} {}", Text::new("免除", "waived").say(self.lang), row.reason),
            };
            let agency = register.agencies().name(duty.agency);
            self.line(&format!("  {} {}　{agency}　{due}　{end}", row.id, duty.rule.label().say(self.lang)));
        }
    }

    fn trail(&mut self, view: &ItemView) {
        self.heading("留痕", "Trail");
        for entry in &view.trail {
            let at = entry.at.get(..16).unwrap_or(&entry.at).replace('T', " ");
            let verb = verb_words(&entry.verb).map_or(entry.verb.as_str(), |words| words.say(self.lang));
            self.line(&format!("  {at}　{}　{verb}", entry.actor));
        }
    }
}

/// How a band of the law is named; they count from 1.
fn band_number(at: usize, lang: Lang) -> String {
    let number = at + 1;
    words!("法定幅度 {number}", "band {number}").say(lang).to_owned()
}
