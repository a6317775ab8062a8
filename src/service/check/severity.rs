//! The severities that a register lowered, as its settings keep them.

use crate::checks::Severities;
use crate::domain::label::Term;
use crate::service::setting::SettingKey;
use crate::store::Setting;

/// The severities by the settings. What does not read as one was not written by this program and changes nothing.
pub(in crate::service) fn severities_of(settings: &[Setting]) -> Severities {
    let mut severities = Severities::default();
    for setting in settings {
        if let Ok(SettingKey::Severity(code)) = SettingKey::from_words(&setting.key)
            && let Some(severity) = Term::from_id(&setting.value)
        {
            // A severity above the built-in one is not taken: `set` says so, and the built-in one holds.
            let _ = severities.set(code, severity, &setting.reason);
        }
    }
    severities
}
