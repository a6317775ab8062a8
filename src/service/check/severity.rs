//! The severities that a register lowered: kept among its settings, each with its reason.

use crate::checks::{Code, Severities, Severity};
use crate::domain::label::Term;
use crate::store::Setting;

/// What stands before the code in the key of a setting.
const PREFIX: &str = "check.";

/// The severities by the settings. What does not read was not written by this program, and changes nothing.
pub(in crate::service) fn severities_of(settings: &[Setting]) -> Severities {
    let mut severities = Severities::default();
    for setting in settings {
        let code = setting.key.strip_prefix(PREFIX).and_then(Code::from_id);
        if let Some((code, severity)) = code.zip(Severity::from_id(&setting.value)) {
            let _ = severities.set(code, severity, &setting.reason);
        }
    }
    severities
}
