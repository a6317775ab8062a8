//! Why a filter could not be read, with the place.

use super::Field;

/// An error with the words at fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterError {
    /// What is wrong.
    pub problem: FilterProblem,
    /// Where: offsets in Unicode scalar values of the text as given, end exclusive.
    pub span: [usize; 2],
}

/// What is wrong with a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilterProblem {
    /// No field has that name.
    UnknownField {
        /// The word.
        word: String,
        /// The field that may have been meant.
        nearest: Option<Field>,
    },
    /// An operator without a field in front of it.
    FieldMissing,
    /// A field with nothing behind its operator or comma.
    ValueMissing(Field),
    /// The field has no such value ([`Field::values`] has them all).
    UnknownValue {
        /// The field.
        field: Field,
        /// The word.
        word: String,
        /// The id of the value that may have been meant.
        nearest: Option<&'static str>,
    },
    /// Not a day: YYYY-MM-DD, YYYY-MM, YYYY, today, +14d, -2w, +1m.
    NotADay {
        /// The field.
        field: Field,
        /// The word.
        word: String,
    },
    /// Not a whole number.
    NotANumber {
        /// The field.
        field: Field,
        /// The word.
        word: String,
    },
    /// Not a clause.
    NotAClause(String),
    /// A range that ends before it begins.
    Backwards(Field),
    /// The field cannot be compared like that.
    OperatorDoesNotFit {
        /// The field.
        field: Field,
        /// The operator.
        operator: Operator,
    },
    /// A comparison or an open range takes one value.
    OneValueOnly(Field),
    /// Nothing stands behind «not», «and», «or» or between brackets.
    OperandMissing,
    /// A bracket that is never closed.
    UnclosedBracket,
    /// A closing bracket too many.
    UnopenedBracket,
    /// A quotation mark that is never closed.
    UnclosedQuote,
    /// Brackets and «not» nested more than 64 deep.
    TooDeep,
    /// A sort key that stands twice.
    SortedTwice(Field),
}

/// What may stand between field and value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `:`
    Is,
    /// `=`
    Equals,
    /// `!=`
    Differs,
    /// `<`
    Below,
    /// `<=`
    UpTo,
    /// `>`
    Above,
    /// `>=`
    From,
}

impl Operator {
    /// The operator as typed.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Is => ":",
            Self::Equals => "=",
            Self::Differs => "!=",
            Self::Below => "<",
            Self::UpTo => "<=",
            Self::Above => ">",
            Self::From => ">=",
        }
    }
}
