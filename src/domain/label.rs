//! Words in both languages, side by side in one literal so that neither can be forgotten.

use serde::{Deserialize, Serialize};

/// The language a person reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Chinese, the default whatever the locale says.
    #[default]
    Zh,
    /// English.
    En,
}

/// A fixed text in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text {
    /// The Chinese words.
    pub zh: &'static str,
    /// The English words.
    pub en: &'static str,
}

impl Text {
    /// Both languages in the order Chinese, English.
    #[must_use]
    pub const fn new(zh: &'static str, en: &'static str) -> Self {
        Self { zh, en }
    }

    /// The words in `lang`.
    #[must_use]
    pub const fn say(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }
}

/// A closed set of terms of the field: each has a stable identifier for machines and a label for people.
pub trait Term: Copy + Sized + 'static {
    /// Every value, in the order in which people expect to see them.
    const ALL: &'static [Self];

    /// The identifier used in JSON, in filters and in the database.
    fn id(self) -> &'static str;

    /// The label shown to people.
    fn label(self) -> Text;

    /// The value with this identifier.
    #[must_use]
    fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.id() == id)
    }

    /// The value that a person wrote: identifier in any letter case, or label in either language.
    #[must_use]
    fn from_words(words: &str) -> Option<Self> {
        let words = words.trim();
        Self::ALL.iter().copied().find(|value| {
            let label = value.label();
            value.id().eq_ignore_ascii_case(words) || label.zh == words || label.en.eq_ignore_ascii_case(words)
        })
    }
}

/// Declares an enum of terms: `Variant = "id", "中文", "English"`, with serde by identifier.
#[macro_export]
macro_rules! terms {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $id:literal, $zh:literal, $en:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        $vis enum $name { $($(#[$vmeta])* #[serde(rename = $id)] $variant,)+ }

        impl $crate::domain::label::Term for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),+];
            fn id(self) -> &'static str { match self { $(Self::$variant => $id),+ } }
            fn label(self) -> $crate::domain::label::Text {
                match self { $(Self::$variant => $crate::domain::label::Text::new($zh, $en)),+ }
            }
        }
    };
}
