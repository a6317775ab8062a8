//! The burn-up: two series that add up over a year against a total, with deadlines and today marked.

use chrono::NaiveDate;
use ratatui::layout::Rect;

use crate::tui::canvas::Canvas;
use crate::tui::theme::{Sign, Tone};

/// What a burn-up shows.
#[derive(Debug)]
pub struct Burnup<'a> {
    /// First and last day.
    pub days: (NaiveDate, NaiveDate),
    /// What is to be reached.
    pub total: i64,
    /// The upper series by day: drafted.
    pub upper: &'a [(NaiveDate, i64)],
    /// The lower series by day: published.
    pub lower: &'a [(NaiveDate, i64)],
    /// Today; nothing is drawn beyond it.
    pub today: NaiveDate,
    /// Days to mark, with the words for each.
    pub marks: &'a [(NaiveDate, String)],
}

impl Burnup<'_> {
    /// How many days of the span stand behind a column.
    fn day_of(&self, column: u16, width: u16) -> NaiveDate {
        let span = (self.days.1 - self.days.0).num_days().max(1);
        let days = span * i64::from(column + 1) / i64::from(width.max(1));
        self.days.0 + chrono::TimeDelta::days(days)
    }

    fn column_of(&self, day: NaiveDate, width: u16) -> Option<u16> {
        let span = (self.days.1 - self.days.0).num_days().max(1);
        let at = (day - self.days.0).num_days();
        (0..=span).contains(&at).then(|| {
            let column = (at * i64::from(width.max(1)) / span).min(i64::from(width.max(1)) - 1);
            u16::try_from(column).unwrap_or(0)
        })
    }

    /// Draws it: the marks on the last line, the series above it.
    pub fn view(&self, canvas: &mut Canvas<'_>, area: Rect) {
        if area.height < 3 || area.width < 10 {
            return;
        }
        let height = i64::from(area.height - 1);
        let sum = |series: &[(NaiveDate, i64)], until: NaiveDate| -> i64 {
            series.iter().take_while(|(day, _)| *day <= until).map(|(_, count)| count).sum()
        };
        for column in 0..area.width {
            let day = self.day_of(column, area.width);
            let before = if column == 0 { self.days.0 } else { self.day_of(column - 1, area.width) };
            if before > self.today {
                break;
            }
            let rows = |count: i64| (count * height + self.total / 2) / self.total.max(1);
            let (upper, lower) = (sum(self.upper, day), sum(self.lower, day));
            // What has begun is seen, however little it is.
            let (upper, lower) = (rows(upper).max(i64::from(upper > 0)), rows(lower).max(i64::from(lower > 0)));
            for row in 0..upper.max(lower).min(height) {
                let y = area.bottom() - 2 - u16::try_from(row).unwrap_or(0);
                let (sign, tone) = if row < lower { (Sign::Point, Tone::Done) } else { (Sign::Other, Tone::Accent) };
                canvas.sign(area.x + column, y, sign, tone);
            }
        }
        self.view_marks(canvas, area);
    }

    fn view_marks(&self, canvas: &mut Canvas<'_>, area: Rect) {
        canvas.rule(Rect { y: area.bottom() - 1, height: 1, ..area });
        let mut free = area.x;
        for (day, words) in self.marks {
            let Some(column) = self.column_of(*day, area.width) else { continue };
            for y in area.y..area.bottom() - 1 {
                canvas.sign(area.x + column, y, Sign::Wall, Tone::Faint);
            }
            let width = u16::try_from(canvas.ruler().of(words)).unwrap_or(0);
            let x = (area.x + column).min(area.right().saturating_sub(width)).max(free);
            if x + width <= area.right() {
                free = canvas.text(x, area.bottom() - 1, width, words, Tone::Faint) + 1;
            }
        }
    }
}
