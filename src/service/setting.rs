//! The settings of a register: known keys, typed values, each with the reason or source that it rests on.

use serde_json::json;

use super::check::severities_of;
use super::{Register, Result};
use crate::checks::{Code, NotLowered, Severities, Severity};
use crate::domain::label::{Term, Text};
use crate::i18n::{Failure, Words};
use crate::store::{Done, Entry, Setting};
use crate::words;

/// What can be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingKey {
    /// The shortest public comment, in days; unset, only its two days are asked for (S4.3).
    ShortestComment,
    /// How much findings of a check weigh.
    Severity(Code),
}

/// A setting as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingView {
    /// Which.
    pub key: SettingKey,
    /// Its value; nothing where it is unset.
    pub value: Option<String>,
    /// The reason or source; empty where it is unset.
    pub reason: String,
}

const SHORTEST_COMMENT: &str = "shortest_comment";
/// What stands before the code of a check.
const SEVERITY: &str = "check.";
/// Longest period that is taken for one.
const YEAR: u32 = 366;

impl SettingKey {
    /// The key as it is kept and written.
    #[must_use]
    pub fn id(self) -> String {
        match self {
            Self::ShortestComment => SHORTEST_COMMENT.to_owned(),
            Self::Severity(code) => format!("{SEVERITY}{}", code.id()),
        }
    }

    /// What it sets, in words.
    #[must_use]
    pub fn label(self) -> Text {
        match self {
            Self::ShortestComment => Text::new("公开征求意见最短天数", "shortest public comment, in days"),
            Self::Severity(code) => code.label(),
        }
    }

    /// A key as a person wrote it.
    pub fn from_words(words: &str) -> Result<Self> {
        let words = words.trim();
        Self::known(words).ok_or_else(|| {
            Failure::usage(
                words!("没有「{words}」这项设置。", "There is no setting \"{words}\"."),
                words!(
                    "可以设置：{SHORTEST_COMMENT}（公开征求意见最短天数）、{SEVERITY}检查代码，如 {SEVERITY}E07（检查级别）。",
                    "One of: {SHORTEST_COMMENT} (shortest public comment, in days), {SEVERITY}CODE, such as {SEVERITY}E07 (severity of a check)."
                ),
            )
        })
    }

    fn known(words: &str) -> Option<Self> {
        match words.strip_prefix(SEVERITY) {
            Some(code) => Code::from_id(&code.to_uppercase()).map(Self::Severity),
            None => (words == SHORTEST_COMMENT).then_some(Self::ShortestComment),
        }
    }

    /// The value as it is kept; nothing where it says what holds anyhow.
    fn settle(self, words: &str, reason: &str) -> Result<Option<String>> {
        match self {
            Self::ShortestComment => days(words).map(|days| Some(days.to_string())),
            Self::Severity(code) => {
                let severity = severity_from_words(words)?;
                let mut severities = Severities::default();
                severities.set(code, severity, reason).map_err(|error| not_lowered(code, error))?;
                Ok(severities.lowered(code).map(|lowered| lowered.severity.id().to_owned()))
            }
        }
    }
}

impl Register {
    /// Every setting that is known by itself, and every severity that was lowered.
    pub fn settings(&self) -> Result<Vec<SettingView>> {
        let kept = self.store.settings()?;
        let of = |key: SettingKey| {
            let found = kept.iter().find(|setting| setting.key == key.id());
            let (value, reason) = found.map(|setting| (setting.value.clone(), setting.reason.clone())).unzip();
            SettingView { key, value, reason: reason.unwrap_or_default() }
        };
        let severities = severities_of(&kept);
        let lowered = severities.iter().map(|(code, _)| of(SettingKey::Severity(code)));
        Ok(std::iter::once(of(SettingKey::ShortestComment)).chain(lowered).collect())
    }

    /// The severities of this register.
    pub fn severities(&self) -> Result<Severities> {
        Ok(severities_of(&self.store.settings()?))
    }

    /// Sets a setting, with the reason or source that it rests on. A value that says what holds anyhow clears it.
    pub fn set_setting(&mut self, key: SettingKey, value: &str, reason: &str) -> Result<()> {
        let reason = reason.trim();
        let Some(value) = key.settle(value, reason)? else { return self.clear_setting(key, reason) };
        if reason.is_empty() {
            return Err(Failure::refused(
                words!("设置要写明出处或者理由。", "A setting takes its source or reason."),
                words!("请用 --reason 写明。", "Give it with --reason."),
            ));
        }
        let new = Setting { key: key.id(), value, reason: reason.to_owned() };
        let stamp = self.stamp()?;
        self.store.write(&stamp, |write| {
            let old = write.settings()?.into_iter().find(|setting| setting.key == new.key);
            if old.as_ref() == Some(&new) {
                return Ok(Done::Nothing(()));
            }
            write.set_setting(&new.key, &new.value, &new.reason)?;
            let old = old.map(|old| json!({ "value": old.value, "reason": old.reason }));
            let detail = json!({ "key": new.key, "old": old, "new": { "value": new.value, "reason": new.reason } });
            Ok(Done::Wrote((), Entry { verb: "setting.set", record: "setting", record_id: 0, detail }))
        })
    }

    /// Takes a setting back to what holds where nothing is set.
    pub fn clear_setting(&mut self, key: SettingKey, reason: &str) -> Result<()> {
        let stamp = self.stamp()?;
        self.store.write(&stamp, |write| {
            let id = key.id();
            let Some(old) = write.settings()?.into_iter().find(|setting| setting.key == id) else {
                return Ok(Done::Nothing(()));
            };
            write.clear_setting(&id)?;
            let old = json!({ "value": old.value, "reason": old.reason });
            let detail = json!({ "key": id, "old": old, "new": null, "reason": reason.trim() });
            Ok(Done::Wrote((), Entry { verb: "setting.clear", record: "setting", record_id: 0, detail }))
        })
    }
}

/// The shortest public comment in days, where it is set.
pub(super) fn shortest_comment(settings: &[Setting]) -> Option<u32> {
    settings.iter().find(|setting| setting.key == SHORTEST_COMMENT)?.value.parse().ok()
}

fn days(words: &str) -> Result<u32> {
    let days = words.trim().trim_end_matches(['天', '日', 'd']).trim_end();
    days.parse().ok().filter(|days| (1..=YEAR).contains(days)).ok_or_else(|| {
        Failure::usage(
            words!("「{words}」不是天数。", "\"{words}\" is no number of days."),
            words!("请写 1 到 {YEAR} 的整数，如 30。", "Give a whole number from 1 to {YEAR}, such as 30."),
        )
    })
}

fn severity_from_words(words: &str) -> Result<Severity> {
    Severity::from_words(words).ok_or_else(|| {
        Failure::usage(
            words!("没有「{words}」这个级别。", "There is no severity \"{words}\"."),
            words!("写 error（错误）、warning（警告）或 note（提示）。", "One of error, warning, note."),
        )
    })
}

fn not_lowered(code: Code, error: NotLowered) -> Failure {
    let code = code.id();
    match error {
        NotLowered::Above(built_in) => {
            let built_in = built_in.label();
            Failure::refused(
                Words {
                    zh: format!("{code} 本来是{}，级别只能调低。", built_in.zh),
                    en: format!("{code} is a {} by itself: a severity is only ever lowered.", built_in.en),
                },
                words!("用 cailiang check severity 查看各项级别。", "See cailiang check severity."),
            )
        }
        NotLowered::Procedure => Failure::refused(
            words!(
                "{code} 是制定程序的要求，登记库不能放宽。",
                "{code} is what the procedure asks for (S4.3): a register cannot do without it."
            ),
            words!(
                "请补齐程序；cailiang explain {code} 有说明。",
                "Complete the procedure; see cailiang explain {code}."
            ),
        ),
    }
}
