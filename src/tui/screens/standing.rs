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
    (Cow::Owned(words(standing, due, ctx.today(), ctx.lang, sign)), tone)
}

fn words(standing: Standing, due: Option<NaiveDate>, today: NaiveDate, lang: Lang, sign: &str) -> String {
    let days = due.map_or(0, |due| (due - today).num_days());
    match (standing, lang) {
        (Standing::Overdue, Lang::Zh) => format!("{sign} 逾期 {} 天", -days),
        (Standing::Overdue, Lang::En) => format!("{sign} late {} d", -days),
        (Standing::DueSoon, Lang::Zh) if days == 0 => format!("{sign} 今天到期"),
        (Standing::DueSoon, Lang::En) if days == 0 => format!("{sign} due today"),
        (Standing::DueSoon, Lang::Zh) => format!("{sign} {days} 天内到期"),
        (Standing::DueSoon, Lang::En) => format!("{sign} due in {days}"),
        _ => format!("{sign} {}", standing.label().say(lang)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::width::Ruler;

    /// How wide the column of a standing is in every list.
    const COLUMN: usize = 14;

    #[test]
    fn years_late_fit_the_column_in_both_languages() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 28).unwrap();
        for (ago, lang, wanted) in [
            (1185, Lang::Zh, "▲ 逾期 1185 天"),
            (1185, Lang::En, "▲ late 1185 d"),
            (9999, Lang::Zh, "▲ 逾期 9999 天"),
            (9999, Lang::En, "▲ late 9999 d"),
        ] {
            let due = today - chrono::Duration::days(ago);
            let said = words(Standing::Overdue, Some(due), today, lang, "▲");
            assert_eq!(said, wanted);
            assert!(Ruler::default().of(&said) <= COLUMN, "{said}");
        }
    }
}
