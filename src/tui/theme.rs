//! How things look, by what they mean. A screen says «late»; only here stands what late looks like.
//!
//! The terminal's own colours are used; a colour never carries meaning alone, a sign or a word goes with it.

use ratatui::style::{Color, Modifier, Style};

use crate::domain::duty::Standing;

/// What a piece of text means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Words as such.
    Normal,
    /// Headings and figures that matter.
    Strong,
    /// Labels, rules, what is less important.
    Faint,
    /// Where the focus is.
    Accent,
    /// The selected row or choice.
    Selected,
    /// Late, or an error.
    Late,
    /// Due soon, or a warning.
    Soon,
    /// Done.
    Done,
    /// Depth of one hue, from 0 to 4.
    Heat(u8),
}

/// A sign that stands beside words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// Late, error.
    Late,
    /// Due soon, warning.
    Soon,
    /// Done.
    Done,
    /// Work has begun.
    Begun,
    /// Nothing done yet.
    Idle,
    /// Waived.
    Waived,
    /// A thin horizontal rule.
    Rule,
    /// A thin vertical rule.
    Wall,
    /// A filled cell of a bar.
    Bar,
    /// No figure.
    None,
    /// Left end of a range.
    Left,
    /// Right end of a range.
    Right,
    /// The row with the cursor.
    Here,
    /// A row that is marked.
    Mark,
    /// Ascending order.
    Up,
    /// Descending order.
    Down,
    /// Amounts that nothing covers.
    Gap,
    /// A point of a series.
    Point,
    /// A point of a second series.
    Other,
}

/// The look: with or without colours, with or without signs beyond ASCII.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// Whether colours are used.
    pub colour: bool,
    /// Whether only plain characters are used for signs and rules.
    pub plain: bool,
}

impl Theme {
    /// The style of a meaning.
    #[must_use]
    pub fn style(self, tone: Tone) -> Style {
        let style = Style::new();
        let coloured = |colour: Color, otherwise: Style| if self.colour { style.fg(colour) } else { otherwise };
        match tone {
            Tone::Normal => style,
            Tone::Strong => style.add_modifier(Modifier::BOLD),
            Tone::Faint => coloured(Color::DarkGray, style.add_modifier(Modifier::DIM)),
            Tone::Accent => coloured(Color::Cyan, style.add_modifier(Modifier::BOLD)),
            // One bar whatever stands on it.
            Tone::Selected => style.fg(Color::Reset).bg(Color::Reset).add_modifier(Modifier::REVERSED),
            Tone::Late => coloured(Color::Red, style.add_modifier(Modifier::BOLD)),
            Tone::Soon => coloured(Color::Yellow, style),
            Tone::Done => coloured(Color::Green, style),
            Tone::Heat(depth) => self.heat(depth),
        }
    }

    /// One hue, deeper with the number; without colours from faint to reversed.
    fn heat(self, depth: u8) -> Style {
        let style = Style::new();
        match (self.colour, depth) {
            (_, 0) => self.style(Tone::Faint),
            (true, 1) => style.fg(Color::Cyan),
            (true, 2) => style.fg(Color::White).bg(Color::Indexed(23)),
            (true, 3) => style.fg(Color::White).bg(Color::Indexed(30)),
            (true, _) => style.fg(Color::Black).bg(Color::Indexed(44)),
            (false, 1 | 2) => style,
            (false, 3) => style.add_modifier(Modifier::BOLD),
            (false, _) => style.add_modifier(Modifier::REVERSED),
        }
    }

    /// A sign as this terminal can draw it.
    #[must_use]
    pub const fn sign(self, sign: Sign) -> &'static str {
        let (fine, plain) = match sign {
            Sign::Late => ("▲", "!"),
            Sign::Soon => ("◔", "~"),
            Sign::Done => ("✓", "v"),
            Sign::Begun => ("◐", "="),
            Sign::Idle => ("○", "."),
            Sign::Waived => ("∅", "x"),
            Sign::Rule => ("─", "-"),
            Sign::Wall => ("│", "|"),
            Sign::Bar | Sign::Point => ("█", "#"),
            Sign::None => ("·", "."),
            Sign::Left => ("├", "["),
            Sign::Right => ("┤", "]"),
            Sign::Gap => ("┈", "."),
            Sign::Here => ("▸", ">"),
            Sign::Mark => ("●", "*"),
            Sign::Up => ("↑", "^"),
            Sign::Down => ("↓", "v"),
            Sign::Other => ("▒", "+"),
        };
        if self.plain { plain } else { fine }
    }

    /// The sign and the meaning of a standing.
    #[must_use]
    pub const fn standing(standing: Standing) -> (Sign, Tone) {
        match standing {
            Standing::Overdue => (Sign::Late, Tone::Late),
            Standing::DueSoon => (Sign::Soon, Tone::Soon),
            Standing::OnTrack => (Sign::Begun, Tone::Normal),
            Standing::NotStarted => (Sign::Idle, Tone::Faint),
            Standing::Done => (Sign::Done, Tone::Done),
            Standing::DoneLate => (Sign::Done, Tone::Soon),
            Standing::Waived => (Sign::Waived, Tone::Faint),
        }
    }
}
