//! Where a duty stands, as a cell of a list.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::domain::duty::Standing;
use crate::domain::label::Term as _;
use crate::i18n::Lang;
use crate::tui::Ctx;
use crate::tui::theme::Theme;
use crate::tui::theme::Tone;
use crate::tui::widgets::table::Cell;

/// A standing with its sign, and how many days late or left.
pub fn standing(standing: Option<Standing>, due: Option<NaiveDate>, ctx: &Ctx, theme: Theme) -> Cell<'static> {
    let Some(standing) = standing else { return (Cow::Borrowed(""), Tone::Faint) };
    let (sign, tone) = Theme::standing(standing);
    let sign = theme.sign(sign);
    let days = due.map_or(0, |due| (due - ctx.today()).num_days());
    let words = match (standing, ctx.lang) {
        (Standing::Overdue, Lang::Zh) => format!("{sign} 逾期 {} 天", -days),
        (Standing::Overdue, Lang::En) => format!("{sign} {} days late", -days),
        (Standing::DueSoon, Lang::Zh) if days == 0 => format!("{sign} 今天到期"),
        (Standing::DueSoon, Lang::En) if days == 0 => format!("{sign} due today"),
        (Standing::DueSoon, Lang::Zh) => format!("{sign} {days} 天内到期"),
        (Standing::DueSoon, Lang::En) => format!("{sign} due in {days}"),
        _ => format!("{sign} {}", standing.label().say(ctx.lang)),
    };
    (Cow::Owned(words), tone)
}
