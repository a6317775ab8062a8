//! What a search finds is what a look at every item finds.

use std::collections::BTreeSet;

use cailiang::domain::filter::Filter;
use cailiang::domain::ids::ItemId;
use cailiang::domain::search::matches;
use cailiang::service::{Clock, ItemLine, Question, Register, Window};

fn demo() -> Register {
    let clock = Clock { day: "2026-09-20".parse().unwrap(), time: "09:00:00".to_owned(), told: false };
    Register::demo(None, &clock).unwrap()
}

fn lines(register: &Register) -> Vec<ItemLine> {
    let mut lines = Vec::new();
    let take = |line| {
        lines.push(line);
        Ok(())
    };
    register.each_item(&Window::of(Filter::Everything), Question::default(), take).unwrap();
    lines
}

/// By title or code every term; or the terms that name agencies by one agency, the others by title or code.
fn looked_through(register: &Register, terms: &[&str]) -> BTreeSet<ItemId> {
    let written = |line: &ItemLine, term: &str| matches(term, &line.title) || matches(term, &line.code);
    let (named, other): (Vec<&str>, Vec<&str>) =
        terms.iter().copied().partition(|term| register.agencies().matching(term).next().is_some());
    let of_agency = |line: &ItemLine| {
        let agency = register.agencies().get(line.agency).unwrap();
        !named.is_empty()
            && named.iter().all(|term| [&agency.name, &agency.short, &agency.code].iter().any(|w| matches(term, w)))
            && other.iter().all(|term| written(line, term))
    };
    let found = |line: &&ItemLine| terms.iter().all(|term| written(line, term)) || of_agency(line);
    lines(register).iter().filter(found).map(|line| line.id).collect()
}

fn found(register: &Register, words: &str) -> BTreeSet<ItemId> {
    register.find(words, usize::MAX).unwrap().into_iter().map(|hit| hit.id).collect()
}

#[test]
fn the_index_finds_what_a_look_at_every_item_finds() {
    let register = demo();
    let mut hits = 0;
    for words in [
        "噪声",
        "养犬",
        "未",
        "的",
        "wj",
        "wjp",
        "wjpz",
        "sthjj",
        "cgj",
        "cgj 未",
        "城管 噪声",
        "wj 未",
        "魑魅",
        "zzzz",
        "1",
    ] {
        let terms: Vec<&str> = words.split(' ').collect();
        let found = found(&register, words);
        assert_eq!(found, looked_through(&register, &terms), "{words}");
        hits += found.len();
    }
    assert!(hits > 100, "{hits}");
}

#[test]
fn an_item_that_changes_hands_is_found_under_its_new_agency() {
    let mut register = demo();
    let item = lines(&register).into_iter().find(|line| line.stage.is_open()).unwrap();
    let other = register.agencies().all().iter().find(|agency| agency.parent.is_some() && agency.id != item.agency);
    let other = other.unwrap().clone();
    let before = register.agencies().name(item.agency);
    assert!(found(&register, &before).contains(&item.id));
    register.assign_item(item.id, &other.name).unwrap();
    assert!(found(&register, &other.name).contains(&item.id));
    assert!(!found(&register, &before).contains(&item.id));
}
