//! L07 and V01: whether the law has changed since, and whether the term runs out.

use chrono::{Days, Months, NaiveDate};

use super::finding::{Detail, Finding};
use super::registry::Code;
use super::{Subject, VersionFacts};
use crate::domain::label::Text;
use crate::domain::source::SourceStatus;

/// How many days ahead V01 speaks.
const AHEAD: u64 = 90;

/// Checks a version against its sources and its term.
pub(super) fn check(subject: &Subject<'_>, version: &VersionFacts, found: &mut Vec<Finding>) {
    for source in subject.sources {
        let changed = source.amended.or_else(|| {
            // A repeal without its day is known only to have happened by now.
            (source.status == SourceStatus::Repealed).then_some(version.today)
        });
        if let Some(on) = changed.filter(|on| *on > version.dated && *on <= version.today) {
            // The last one is not spoken: it tells one amendment from the next where the spoken day may be today's.
            let amended = source.amended.map(|day| day.to_string()).unwrap_or_default();
            let details = vec![
                Detail::Words(source.title.clone()),
                Detail::Day(on),
                Detail::Day(version.dated),
                Detail::Words(amended),
            ];
            found.push(Finding::of_field(Code::L07, "basis").with(details));
        }
    }
    if let Some(last) = last_day(subject, version)
        && version.today.checked_add_days(Days::new(AHEAD)).is_some_and(|soon| last <= soon)
    {
        let how = if last < version.today {
            Text::new("已经失效", "has lapsed")
        } else {
            Text::new("不到90日", "lapses within 90 days")
        };
        found.push(Finding::of_item(Code::V01).with(vec![Detail::Day(last), Detail::Term(how)]));
    }
}

/// The last day of the term: the day before the anniversary.
fn last_day(subject: &Subject<'_>, version: &VersionFacts) -> Option<NaiveDate> {
    let years = subject.baseline.conventions.valid_years.filter(|years| *years > 0)?;
    version.in_force_from?.checked_add_months(Months::new(years.checked_mul(12)?))?.pred_opt()
}
