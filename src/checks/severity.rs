//! The severities of a register: the built-in ones, but for those that it lowered with a reason.

use std::collections::BTreeMap;

use super::registry::{Code, Family, Severity};

/// What a register made of the built-in severities. They are only ever lowered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Severities(BTreeMap<Code, Lowered>);

/// A severity below the built-in one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lowered {
    /// How much findings of the check weigh in this register.
    pub severity: Severity,
    /// Why.
    pub reason: String,
}

/// Why a severity cannot be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotLowered {
    /// It weighs no more than that already: the built-in severity.
    Above(Severity),
    /// The law asks for the step itself; a register cannot do without it.
    Procedure,
}

impl Severities {
    /// Lowers a check; at its built-in severity it is as it was.
    pub fn set(&mut self, code: Code, severity: Severity, reason: &str) -> Result<(), NotLowered> {
        let built_in = code.check().severity;
        // Terms stand in the order of their weight, the heaviest first.
        if severity < built_in {
            return Err(NotLowered::Above(built_in));
        }
        if severity == built_in {
            self.0.remove(&code);
            return Ok(());
        }
        if code.family() == Family::Procedure {
            return Err(NotLowered::Procedure);
        }
        self.0.insert(code, Lowered { severity, reason: reason.trim().to_owned() });
        Ok(())
    }

    /// How much findings of a check weigh.
    #[must_use]
    pub fn of(&self, code: Code) -> Severity {
        self.0.get(&code).map_or(code.check().severity, |lowered| lowered.severity)
    }

    /// What was lowered of a check, and why.
    #[must_use]
    pub fn lowered(&self, code: Code) -> Option<&Lowered> {
        self.0.get(&code)
    }

    /// Every check that was lowered.
    pub fn iter(&self) -> impl Iterator<Item = (Code, &Lowered)> {
        self.0.iter().map(|(code, lowered)| (*code, lowered))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Severity::{Error, Note, Warning};

    #[test]
    fn severities_are_lowered_and_raised_back_never_above() {
        for (code, to, done) in [
            (Code::E07, Note, Ok(Note)),
            (Code::E07, Warning, Ok(Warning)),
            (Code::E07, Error, Err(NotLowered::Above(Warning))),
            (Code::T01, Note, Ok(Note)),
            (Code::T01, Warning, Ok(Warning)),
            (Code::T06, Warning, Err(NotLowered::Above(Note))),
            (Code::P01, Warning, Err(NotLowered::Procedure)),
            (Code::P01, Error, Ok(Error)),
        ] {
            let mut severities = Severities::default();
            severities.set(Code::E07, Note, "因").unwrap();
            assert_eq!(severities.set(code, to, " 因 ").map(|()| severities.of(code)), done, "{code:?} {to:?}");
            let told = severities.lowered(code).map(|lowered| lowered.reason.as_str());
            assert_eq!(told, (severities.of(code) != code.check().severity).then_some("因"), "{code:?} {to:?}");
        }
    }
}
