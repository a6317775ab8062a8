//! L05 and L06: whether the source may set a penalty, and whether the basis names it.

use super::Subject;
use super::finding::{Detail, Finding};
use super::reads::Reads;
use super::registry::Code;
use super::view::LadderView;
use crate::domain::label::Term;
use crate::domain::measure::{Measure, MeasureKind, words_at};
use crate::domain::source::{Rank, bare_title};

/// Checks every measure of every tier; each kind is told once, where it first stands.
pub(super) fn check(subject: &Subject<'_>, ladders: &[LadderView<'_>], reads: &Reads<'_>, found: &mut Vec<Finding>) {
    let mut law = Law::of(reads);
    let mut known_rank = None;
    let mut settled: Vec<MeasureKind> = Vec::new();
    let tiers = ladders.iter().zip(&reads.ladders).flat_map(|(ladder, reads)| {
        let tiers = ladder.ladder.tiers.iter().enumerate().zip(&reads.tiers);
        tiers.map(|((at, tier), reads)| (ladder.at, at, tier, reads))
    });
    for (ladder, at, tier, reads) in tiers {
        for measure in reads.measures.iter().filter(|measure| is_penalty(measure.kind)) {
            if settled.contains(&measure.kind) {
                continue;
            }
            // Fines, warnings and criticism may be set by all but documents, which a register alone knows.
            let mild = matches!(measure.kind, MeasureKind::Fine | MeasureKind::Warning | MeasureKind::Criticism);
            let rank = if mild && subject.sources.is_empty() {
                None
            } else {
                *known_rank.get_or_insert_with(|| highest_rank(subject))
            };
            let unlawful = rank.filter(|rank| !may_set(*rank, measure));
            let code = match unlawful {
                Some(_) if refers(&tier.standard) => continue,
                Some(_) => Code::L05,
                None if !law.names(measure.kind) => Code::L06,
                // Which licence is revoked decides; the next one is looked at again.
                None if measure.kind == MeasureKind::RevokeLicence => continue,
                None => {
                    settled.push(measure.kind);
                    continue;
                }
            };
            settled.push(measure.kind);
            let mut details = vec![name_of(measure, &tier.standard)];
            details.extend(unlawful.map(|rank| Detail::Term(rank.label())));
            found.push(Finding::of_tier(code, ladder, at).at(measure.span).with(details));
        }
    }
}

const fn is_penalty(kind: MeasureKind) -> bool {
    use MeasureKind::{CrossReference, NoPenalty, Order, Transfer};
    !matches!(kind, Order | NoPenalty | Transfer | CrossReference)
}

/// The measure as the standard words it, else by its kind.
fn name_of(measure: &Measure, standard: &str) -> Detail {
    let words = words_at(standard, measure.span);
    if words.trim().is_empty() { Detail::Term(measure.kind.label()) } else { Detail::Words(words) }
}

/// What a rank may set (Administrative Penalty Law, articles 10 to 14 and 16).
fn may_set(rank: Rank, measure: &Measure) -> bool {
    use MeasureKind::{Criticism, Detention, Fine, RevokeLicence, Warning};
    match rank {
        Rank::Law => true,
        Rank::AdministrativeRegulation => measure.kind != Detention,
        Rank::ProvincialRegulation | Rank::CityRegulation => {
            let business = measure.object.as_deref().is_some_and(|object| object.contains("营业执照"));
            measure.kind != Detention && !(measure.kind == RevokeLicence && business)
        }
        Rank::DepartmentalRule | Rank::ProvincialRule | Rank::CityRule => {
            matches!(measure.kind, Fine | Warning | Criticism)
        }
        Rank::Document => false,
    }
}

/// True where a standard leaves the measure to another provision or another authority.
fn refers(standard: &str) -> bool {
    ["依法", "依照", "移送", "移交", "提请", "建议", "公安机关"].iter().any(|words| standard.contains(words))
}

/// The highest rank among the sources cited; `None` where the rank of one is not known: it may be the higher one.
fn highest_rank(subject: &Subject<'_>) -> Option<Rank> {
    let basis = subject.baseline.text("basis");
    if ["法律、法规", "法律法规", "有关法律", "有关规定"].iter().any(|other| basis.contains(other)) {
        return None;
    }
    let known =
        |title: &str| subject.sources.iter().find(|source| source.title == title).and_then(|source| source.rank);
    let cited = subject.text.citations.iter().filter(|citation| !citation.title.is_empty());
    let cited = cited.map(|citation| citation.title.clone());
    let titles: Vec<String> = cited.chain(titles_in(basis)).collect();
    let ranks: Option<Vec<Rank>> =
        titles.iter().map(|title| known(title).or_else(|| rank_by_title(title, basis))).collect();
    ranks?.into_iter().min()
}

/// The titles that a text names in 《》.
fn titles_in(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split('《').skip(1).filter_map(|rest| rest.split_once('》')).map(|(title, _)| bare_title(title))
}

/// The rank that a title tells, where it leaves no doubt.
fn rank_by_title(title: &str, basis: &str) -> Option<Rank> {
    let title = bare_title(title);
    let place = place_of(&title);
    let ends = |words: &[&str]| words.iter().any(|word| title.ends_with(word));
    match place {
        None if ends(&["法"]) && !ends(&["办法"]) => Some(Rank::Law),
        None if ends(&["条例"]) => Some(Rank::AdministrativeRegulation),
        Some(Place::Province) if ends(&["条例"]) => Some(Rank::ProvincialRegulation),
        Some(Place::City) if ends(&["条例"]) => Some(Rank::CityRegulation),
        Some(Place::City) if ends(&["办法"]) || (ends(&["规定", "规则", "细则"]) && basis.contains("政府令")) => {
            Some(Rank::CityRule)
        }
        _ => None,
    }
}

#[derive(Clone, Copy)]
enum Place {
    Province,
    City,
}

/// The place in front of a title. 「城市…条例」 names none.
fn place_of(title: &str) -> Option<Place> {
    const PROVINCES: &[&str] = &["省", "自治区", "北京市", "天津市", "上海市", "重庆市", "经济特区"];
    const CITIES: &[&str] = &["自治州", "自治县", "市", "县"];
    let head: String = title.chars().take(9).collect();
    let stands = |word: &&str| {
        let at = head.find(*word).map(|at| head.get(..at).unwrap_or_default());
        at.is_some_and(|before| {
            let long = before.chars().count() >= 2 || word.chars().count() > 2;
            long && !before.ends_with("国城") && !before.ends_with("中华人民共和")
        })
    };
    if PROVINCES.iter().any(stands) { Some(Place::Province) } else { CITIES.iter().any(stands).then_some(Place::City) }
}

/// What the words of the law name.
struct Law<'r> {
    reads: &'r Reads<'r>,
    /// Refers elsewhere, or says nothing of penalties.
    silent: bool,
    /// The words themselves, looked into only for what the reader did not take.
    words: Option<String>,
}

impl<'r> Law<'r> {
    fn of(reads: &'r Reads<'r>) -> Self {
        let refers = Self::kinds(reads).any(|kind| kind == MeasureKind::CrossReference);
        Self { reads, silent: refers || !Self::kinds(reads).any(is_penalty), words: None }
    }

    fn kinds(reads: &'r Reads<'r>) -> impl Iterator<Item = MeasureKind> + 'r {
        let by_hand = reads.baseline.bands.iter().flat_map(|band| &band.measures);
        let read = reads.basis.measures.iter().chain(&reads.band.measures);
        read.chain(by_hand).map(|measure| measure.kind)
    }

    /// True where the law names a kind of measure, or does not say enough to tell.
    fn names(&mut self, kind: MeasureKind) -> bool {
        if self.silent || Self::kinds(self.reads).any(|known| known == kind) {
            return true;
        }
        let words = self.words.take().unwrap_or_else(|| self.all_words());
        let named = signs_of(kind).iter().any(|sign| words.contains(sign));
        self.words = Some(words);
        named
    }

    fn all_words(&self) -> String {
        let baseline = self.reads.baseline;
        let mut words = [baseline.text("basis"), baseline.text("band"), baseline.remarks.as_str()].join("\n");
        for ladder in &baseline.ladders {
            words.extend(ladder.label.as_deref());
            words.push_str(&ladder.remarks);
        }
        words.extend(baseline.bands.iter().map(|band| band.text.as_str()));
        words.retain(|sign| !sign.is_whitespace());
        words
    }
}

/// The words by which a kind of measure is known, more of them than the reader takes.
const fn signs_of(kind: MeasureKind) -> &'static [&'static str] {
    match kind {
        MeasureKind::Fine => &["罚款", "罚金"],
        MeasureKind::Warning => &["警告"],
        MeasureKind::Criticism => &["通报"],
        MeasureKind::ConfiscateGains | MeasureKind::ConfiscateProperty => &["没收", "收缴", "追缴"],
        MeasureKind::SuspendLicence => &["暂扣", "扣留", "扣押", "中止"],
        MeasureKind::Downgrade => &["降低", "降级", "资质"],
        MeasureKind::RevokeLicence => &["吊销", "撤销", "注销", "取消", "收回"],
        MeasureKind::RestrictBusiness => &["限制", "禁止", "停止", "暂停"],
        MeasureKind::OrderSuspend => &["停产", "停业", "停止", "停工", "整顿", "整治", "暂停", "停建"],
        MeasureKind::OrderClose => &["关闭", "取缔", "停业"],
        MeasureKind::RestrictEmployment => &["禁止", "不得", "限制", "终身"],
        MeasureKind::Detention => &["拘留"],
        MeasureKind::Order | MeasureKind::NoPenalty | MeasureKind::Transfer | MeasureKind::CrossReference => &[],
    }
}

/// True where the law names measures and none of them is a fine: then a fine is a measure that it does not name.
pub(super) fn names_no_fine(subject: &Subject<'_>) -> bool {
    let baseline = subject.baseline;
    let words = [baseline.text("basis"), baseline.text("band")].join("\n");
    !signs_of(MeasureKind::Fine).iter().any(|sign| words.contains(sign))
        && crate::reading::read(&words).measures.iter().any(|measure| is_penalty(measure.kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_tell_their_rank_or_nothing() {
        let cases = [
            ("中华人民共和国水污染防治法", "", Some(Rank::Law)),
            ("建设项目环境保护管理条例", "", Some(Rank::AdministrativeRegulation)),
            ("城市市容和环境卫生管理条例", "", Some(Rank::AdministrativeRegulation)),
            ("江门市潭江流域水质保护条例", "", Some(Rank::CityRegulation)),
            ("深圳经济特区市容条例", "", Some(Rank::ProvincialRegulation)),
            ("广东省环境保护条例", "", Some(Rank::ProvincialRegulation)),
            ("甲州市犬只管理办法", "", Some(Rank::CityRule)),
            ("甲州市犬只管理规定", "", None),
            ("甲州市犬只管理规定", "甲州市人民政府令第3号", Some(Rank::CityRule)),
            ("广东省实施〈某法〉办法", "", None),
            ("排污许可管理办法", "", None),
        ];
        for (title, basis, rank) in cases {
            assert_eq!(rank_by_title(title, basis), rank, "{title}");
        }
    }

    #[test]
    fn every_penalty_has_its_signs() {
        for kind in MeasureKind::ALL.iter().filter(|kind| is_penalty(**kind)) {
            assert!(!signs_of(*kind).is_empty(), "{}", kind.id());
            let zh = kind.label().zh;
            assert!(signs_of(*kind).iter().any(|sign| zh.contains(sign)), "{zh}");
        }
    }
}
