use super::*;
use crate::domain::kind::Kind;
use crate::domain::measure::{MeasureKind, Party};

const TWO_CASES: &str = "处二万元以上十万元以下的罚款；逾期不改正的，处十万元以上五十万元以下的罚款";
const TWO_PARTIES: &str = "对单位处一万元以上五万元以下的罚款；对个人处五百元以上二千元以下的罚款";

/// A baseline with the law's words and ladders of standards.
fn baseline(law: &str, ladders: &[(Option<&str>, &[&str])]) -> Baseline {
    let mut baseline = Baseline::new(Kind::Penalty);
    baseline.set_text("basis", law);
    for (label, standards) in ladders {
        let tiers = standards.iter().map(|standard| Tier { standard: (*standard).to_owned(), ..Tier::default() });
        baseline.ladders.push(Ladder { label: label.map(str::to_owned), tiers: tiers.collect(), ..Ladder::default() });
    }
    baseline
}

fn through_json(baseline: &Baseline) -> Baseline {
    serde_json::from_str(&serde_json::to_string(baseline).unwrap()).unwrap()
}

#[test]
fn each_ladder_finds_its_band_where_only_one_can_be_meant() {
    let low = &["处二万元以上五万元以下罚款", "处五万元以上八万元以下罚款"][..];
    let high = &["处十五万元以上三十万元以下罚款", "处三十万元以上五十万元以下罚款"][..];
    let unit = &["对单位处一万元以上三万元以下罚款"][..];
    let person = &["对个人处五百元以上一千元以下罚款"][..];
    let quoting = Some("逾期不改正的，处十万元以上五十万元以下的罚款");
    let no_fine = &["责令停业整顿"][..];
    for (law, ladders, wanted) in [
        (TWO_CASES, &[(None, low), (None, high)][..], &[Some(0), Some(1)][..]),
        (TWO_CASES, &[(quoting, &["处十万元罚款"][..])], &[Some(1)]),
        // Ten times ten thousand is the end of the one and the beginning of the other.
        (TWO_CASES, &[(None, &["处十万元罚款"][..])], &[None]),
        (TWO_CASES, &[(None, &[low[0], high[0]][..])], &[None]),
        (TWO_CASES, &[(None, no_fine)], &[None]),
        // A band that only the label tells is one more.
        ("处二万元以上十万元以下的罚款", &[(None, low), (quoting, high)], &[Some(0), Some(1)]),
        ("处二万元以上十万元以下的罚款", &[(quoting, high), (quoting, high)], &[Some(1), Some(1)]),
        (TWO_PARTIES, &[(None, unit), (None, person)], &[Some(0), Some(1)]),
        (
            TWO_PARTIES,
            &[(Some("单位"), &["处二万元罚款"][..]), (Some("个人"), &["处六百元罚款"][..])],
            &[Some(0), Some(1)],
        ),
        // One ladder for two parties belongs to no single band.
        (TWO_PARTIES, &[(None, &[unit[0], person[0]][..])], &[None]),
        // Above the law's maximum it is still this band that it goes beyond.
        ("处一万元以下的罚款", &[(None, &["处二万元罚款"][..])], &[Some(0)]),
        ("责令改正", &[(None, low)], &[None]),
    ] {
        let found: Vec<_> = filled(&baseline(law, ladders)).ladders.iter().map(|ladder| ladder.band).collect();
        assert_eq!(found, wanted, "{law} {ladders:?}");
    }
}

#[test]
fn bands_carry_their_case_their_party_and_their_own_words() {
    let law = format!("责令改正，{TWO_CASES}；情节严重的，吊销许可证");
    let bands = filled(&baseline(&law, &[])).bands;
    let told: Vec<_> = bands
        .iter()
        .map(|band| {
            let kinds: Vec<_> = band.measures.iter().map(|measure| measure.kind).collect();
            let places: Vec<_> = band.measures.iter().map(|measure| words_at(&band.text, measure.span)).collect();
            (band.trigger.as_str(), kinds, places)
        })
        .collect();
    let [open, late, severe] = told.as_slice() else { panic!("{told:#?}") };
    assert_eq!((open.0, &open.1), ("", &vec![MeasureKind::Order, MeasureKind::Fine]));
    assert!(open.2[1].contains("二万元以上十万元以下"), "{open:?}");
    assert_eq!((late.0, &late.1), ("逾期不改正的", &vec![MeasureKind::Fine]));
    assert!(bands[1].text.starts_with("逾期不改正的") && late.2[0].contains("五十万元"), "{late:?}");
    assert_eq!((severe.0, &severe.1), ("情节严重的", &vec![MeasureKind::RevokeLicence]));
    let parties: Vec<_> = filled(&baseline(TWO_PARTIES, &[])).bands.iter().map(|band| band.party).collect();
    assert_eq!(parties, [Party::Unit, Party::Individual]);
}

#[test]
fn the_band_field_goes_before_the_basis() {
    let mut two = baseline(TWO_CASES, &[]);
    two.set_text("band", "处三万元以上十万元以下罚款");
    assert_eq!(filled(&two).bands.len(), 1);
    // One that names no fine does not stand for the law's fines: so do the checks take it.
    two.set_text("band", "警告");
    assert_eq!(filled(&two).bands.len(), 2);
}

#[test]
fn what_is_filled_comes_back_as_it_was_told() {
    let correction = Measure::new(MeasureKind::Warning, [0, 2]);
    let mut corrected = baseline(TWO_CASES, &[(None, &["处三万元罚款", "处四万元罚款"])]);
    corrected.ladders[0].tiers[1].measures = vec![correction.clone()];
    let mut told_band = corrected.clone();
    let mut band = filled(&corrected).bands[0].clone();
    band.measures.truncate(0);
    told_band.bands = vec![band];
    let mut told_place = told_band.clone();
    told_place.ladders[0].band = Some(0);
    let mut other_kind = Baseline::new(Kind::Licence);
    other_kind.set_text("conditions", "处二万元罚款");
    for one in [
        baseline(TWO_CASES, &[(None, &["处三万元罚款"]), (None, &["处二十万元罚款，处五日以上拘留", ""])]),
        baseline(
            "处一万元以下罚款",
            &[(None, &["处五千元罚款"]), (Some("逾期的，处二万元以上五万元以下罚款"), &["处三万元罚款"])],
        ),
        baseline("处拘留", &[(None, &["处拘留", "没收违法所得，吊销许可证"])]),
        corrected,
        told_band,
        told_place,
        other_kind,
    ] {
        let full = filled(&one);
        assert_eq!(filled(&full), full, "filled twice");
        assert_eq!(told(through_json(&full)), told(one.clone()), "taken out again");
        assert_eq!(told_after(&one, through_json(&full)), one, "given out and back");
        assert_eq!(filled(&told(full.clone())), full, "and filled again");
    }
}

type Edit = fn(&mut Baseline);

#[test]
fn what_former_words_came_to_is_no_correction() {
    let before = || baseline(TWO_CASES, &[(None, &["处三万元以上四万元以下罚款", "处四万元罚款"])]);
    let by_hand = || Measure::new(MeasureKind::Warning, [0, 2]);
    let corrected = || {
        let mut one = before();
        one.ladders[0].tiers[0].measures = vec![by_hand()];
        one
    };
    let told_band = || {
        let mut one = before();
        one.bands = filled(&one).bands;
        one.bands.truncate(1);
        one
    };
    let words: Edit = |one| "处五万元罚款".clone_into(&mut one.ladders[0].tiers[0].standard);
    let correct: Edit = |one| one.ladders[0].tiers[0].measures = vec![Measure::new(MeasureKind::Criticism, [0, 1])];
    let law: Edit = |one| one.set_text("basis", "处二万元以上二十万元以下的罚款");
    let place: Edit = |one| one.ladders[0].band = Some(1);
    let insert: Edit = |one| {
        let tier = Tier { standard: "处一万元罚款".to_owned(), ..Tier::default() };
        one.ladders[0].tiers.insert(0, tier);
    };
    let widen: Edit = |one| one.conventions.above_includes = false;
    // What stands, what somebody does to it as it was given out, and what is told after it: measures of the first
    // tier, how many bands, the band of the ladder.
    for (name, stands, edits, measures, bands, band) in [
        ("nothing", before(), &[][..], 0, 0, None),
        ("other words", before(), &[words][..], 0, 0, None),
        ("other words over a correction", corrected(), &[words], 0, 0, None),
        ("other words of a law told by hand", told_band(), &[law], 0, 0, None),
        ("a law told by hand stays", told_band(), &[words], 0, 1, None),
        ("a correction", before(), &[correct], 1, 0, None),
        ("a correction of new words", corrected(), &[words, correct], 1, 0, None),
        ("a correction stays", corrected(), &[], 1, 0, None),
        ("another law", corrected(), &[law], 1, 0, None),
        ("another band", before(), &[place], 0, 2, Some(1)),
        ("another band of another law", before(), &[place, law], 0, 0, None),
        ("a tier before", before(), &[insert], 0, 0, None),
        ("other conventions", before(), &[widen], 0, 0, None),
    ] {
        let mut after = filled(&stands);
        for edit in edits {
            edit(&mut after);
        }
        let told = told_after(&stands, through_json(&after));
        let ladder = &told.ladders[0];
        let found = (ladder.tiers[0].measures.len(), told.bands.len(), ladder.band);
        assert_eq!(found, (measures, bands, band), "{name}");
    }
}
