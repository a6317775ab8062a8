//! What is wrong with the words of an amount, and how to say it.

use serde::{Deserialize, Serialize};

use crate::domain::label::Lang;
use crate::domain::measure::{Span, words_at};

/// The kinds of problem, by the code of the check that reports them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Code {
    /// An amount that cannot be read.
    R01,
    /// Two upper or two lower words.
    R02,
    /// A unit missing on one side.
    R03,
    /// A numeral that dropped its unit.
    R04,
    /// A multiple or percentage without its base.
    R05,
    /// Doubled or stray words.
    R06,
    /// A range not closed.
    R07,
}

/// One problem, with its place in the text as given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Which.
    pub code: Code,
    /// Where.
    pub span: Span,
}

impl Problem {
    /// A full sentence that shows the words and says what to do.
    #[must_use]
    pub fn message(&self, text: &str, lang: Lang) -> String {
        let ([start, _], words) = (self.span, words_at(text, self.span));
        match lang {
            Lang::Zh => format!("第{}字起「{words}」：{}", start + 1, self.code.say(lang)),
            Lang::En => format!("From character {} on, “{words}”: {}", start + 1, self.code.say(lang)),
        }
    }
}

impl Code {
    /// The identifier, that of the check.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::R01 => "R01",
            Self::R02 => "R02",
            Self::R03 => "R03",
            Self::R04 => "R04",
            Self::R05 => "R05",
            Self::R06 => "R06",
            Self::R07 => "R07",
        }
    }

    /// What is wrong and what to do, without the place.
    #[must_use]
    pub const fn say(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh(),
            Lang::En => self.en(),
        }
    }

    const fn zh(self) -> &'static str {
        match self {
            Self::R01 => "无法读出数额，请核对数字和单位。",
            Self::R02 => "区间用了两个「以上」或者两个「以下」，请改为「……以上……以下」。",
            Self::R03 => "一侧缺少单位，请补上「元」或者相应单位。",
            Self::R04 => "数字疑似漏写「万」「千」或者「零」，请核对。",
            Self::R05 => "倍数或者百分比没有写明以什么为基数，请补上，例如「违法所得」。",
            Self::R06 => "有重复或者多余的字，请删去。",
            Self::R07 => "区间没有写完，请在后一数额后补上「以下」。",
        }
    }

    const fn en(self) -> &'static str {
        match self {
            Self::R01 => "the amount cannot be read; check the number and its unit.",
            Self::R02 => "the range has two upper or two lower words; write 「……以上……以下」.",
            Self::R03 => "a unit is missing on one side; add 元 or the unit that is meant.",
            Self::R04 => "the numeral seems to have lost 万, 千 or 零; check it.",
            Self::R05 => "a multiple or percentage without its base; say of what, such as 违法所得.",
            Self::R06 => "a word is doubled or stray; delete it.",
            Self::R07 => "the range is not closed; add 以下 behind the second amount.",
        }
    }
}
