//! Parties: from the object (对…处) or a bare 单位 / 个人 as subject.

use super::lexer::Token;
use super::phrase::Phrase;
use super::script::Script;
use super::words::Tok;
use crate::domain::measure::Party;

/// How far the object of 对 may reach, in tokens.
const REACH: usize = 80;

/// The object of 对: whom it names and where its verb stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Object {
    pub(super) party: Party,
    pub(super) end: usize,
}

/// What behind 单位 or 个人 makes another word of it.
const COMPOUNDS: &[&str] = &[
    "保险", "经营", "合伙", "用", "住", "账", "名义", "健康", "档案", "收入", "工资", "内部", "法定", "职工", "食堂",
    "门前", "面积", "产品", "建筑",
];

fn tok(tokens: &[Token], index: usize) -> Tok {
    tokens.get(index).map_or(Tok::End, |token| token.tok)
}

/// The party that a single token names.
pub(super) fn named(tok: Tok) -> Option<Party> {
    match tok {
        Tok::Unit => Some(Party::Unit),
        Tok::Individual => Some(Party::Individual),
        Tok::InCharge => Some(Party::PersonInCharge),
        _ => None,
    }
}

/// Reads the object behind 对, up to the verb or the end of the phrase.
pub(super) fn object(script: &Script, tokens: &[Token], from: usize, to: usize) -> Object {
    let to = to.min(from + REACH);
    // 「对责任人五百元以上一千元以下罚款」: the amount follows at once.
    let amount = |at: usize| {
        tok(tokens, at) == Tok::Number
            && at > from
            && named(tok(tokens, at - 1)).is_some()
            && matches!(tok(tokens, at + 1), Tok::Yuan | Tok::Times | Tok::Percent | Tok::Above | Tok::Below | Tok::To)
    };
    // 「对被取消资格的经营者」: what has been done to the object is part of it.
    let undergone = |at: usize| at > from && tok(tokens, at - 1) == Tok::Passive;
    let ends = |at: usize| at >= to || ends_object(tok(tokens, at)) && !undergone(at) || amount(at);
    let end = (from..to).find(|at| ends(*at)).unwrap_or(to);
    let object = Object { party: party(script, tokens, from, end), end };
    if object.party != Party::Unspecified {
        return object;
    }
    // 「对依法应当报告而未报告的单位，处……」: verbs of a relative clause stand before the noun.
    let told = (from..to).find(|at| matches!(tok(tokens, *at), Tok::Fine | Tok::Yuan | Tok::Times | Tok::Percent));
    let mut nouns = (end..told.unwrap_or(to)).filter(|at| named(tok(tokens, *at)).is_some() && ends(at + 1));
    match nouns.find(|at| (from..*at).any(|inside| tok(tokens, inside) == Tok::Of)) {
        Some(noun) => Object { party: party(script, tokens, noun, noun + 1), end: noun + 1 },
        None => object,
    }
}

/// The two parties of 「对单位和个人分别处……」, in their order.
pub(super) fn pair(tokens: &[Token], from: usize, to: usize) -> Option<[Party; 2]> {
    let mut parties = (from..to).filter_map(|at| named(tok(tokens, at)));
    let (first, second) = (parties.next()?, parties.next()?);
    (parties.next().is_none() && first != second).then_some([first, second])
}

fn ends_object(tok: Tok) -> bool {
    matches!(
        tok,
        Tok::Impose
            | Tok::May
            | Tok::Give
            | Tok::Order
            | Tok::Confiscate
            | Tok::Revoke
            | Tok::Cancel
            | Tok::Suspend
            | Tok::Halt
            | Tok::According
            | Tok::By
            | Tok::Adverb
            | Tok::Also
            | Tok::Fine
            | Tok::Warning
            | Tok::Criticism
            | Tok::Detain
            | Tok::NoPenalty
            | Tok::DailyContinuous
            | Tok::NotOver
            | Tok::NotUnder
            | Tok::Highest
            | Tok::Lowest
            | Tok::FineLabel
            | Tok::Sanction
    )
}

/// The head of a noun phrase: its last party word, unless words of another kind are joined to it.
fn party(script: &Script, tokens: &[Token], from: usize, end: usize) -> Party {
    let Some(head) = (from..end).rev().find(|at| named(tok(tokens, *at)).is_some()) else {
        return Party::Unspecified;
    };
    // 「对本单位内的活动」: words behind the party word make it no head. 「对主要负责人、……投资人」 are persons still.
    if (head + 1..end).any(|at| {
        !matches!(tok(tokens, at), Tok::Per | Tok::Open | Tok::Close | Tok::Of | Tok::Punish) && !is_plural(tokens, at)
    }) {
        let persons = (from..end).any(|at| {
            tok(tokens, at) == Tok::InCharge && matches!(tok(tokens, at + 1), Tok::Pause | Tok::Or | Tok::And)
        });
        let person = tokens
            .get(end.wrapping_sub(1))
            .is_some_and(|token| token.tok == Tok::Text && matches!(script.at(token.end - 1), '人' | '者' | '员'));
        return if persons && person { Party::PersonInCharge } else { Party::Unspecified };
    }
    let party = named(tok(tokens, head)).unwrap_or(Party::Unspecified);
    // The party word before it, and whether a joint stands right behind that one.
    let other = (from..head).rev().find(|at| named(tok(tokens, *at)).is_some());
    match other {
        Some(other)
            if named(tok(tokens, other)) != Some(party)
                && matches!(tok(tokens, other + 1), Tok::And | Tok::Or | Tok::Pause) =>
        {
            let both_persons = party != Party::Unit && named(tok(tokens, other)) != Some(Party::Unit);
            if both_persons { Party::PersonInCharge } else { Party::Unspecified }
        }
        _ => party,
    }
}

/// 等 behind a party word.
fn is_plural(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|token| token.tok == Tok::Text && token.end - token.start == 1)
}

/// The party of a bare 单位 or 个人: the word alone, not 施工单位.
pub(super) fn bare(script: &Script, tokens: &[Token], at: usize) -> Option<Party> {
    let token = tokens.get(at)?;
    let named = |words: &str| token.end - token.start == 2 && script.has(token.start, words);
    let alone = at == 0 || tok(tokens, at - 1) != Tok::Text;
    match token.tok {
        Tok::Unit if named("单位") && alone => Some(Party::Unit),
        Tok::Individual if (named("个人") || named("公民")) && alone => Some(Party::Individual),
        _ => None,
    }
}

/// The subject of a phrase: a bare 单位 or 个人 at its start, or behind 是, 属于.
pub(super) fn subject(script: &Script, tokens: &[Token], phrase: &Phrase) -> Option<Party> {
    let mut at = phrase.from;
    while matches!(tok(tokens, at), Tok::Article | Tok::Item | Tok::Also | Tok::Open) && at < phrase.to {
        at += 1;
    }
    let bare = |at: usize| bare(script, tokens, at);
    let joined = |at: usize| {
        matches!(
            tok(tokens, at),
            Tok::And | Tok::Or | Tok::Pause | Tok::Of | Tok::Unit | Tok::Individual | Tok::InCharge
        )
    };
    let compound =
        |at: usize| tokens.get(at).is_some_and(|token| COMPOUNDS.iter().any(|word| script.has(token.start, word)));
    if at < phrase.to && tok(tokens, at) == Tok::Unit && script.has(tokens.get(at)?.start, "法人或者其他组织") {
        return Some(Party::Unit);
    }
    // 「单位的，处……」.
    let elliptic = tok(tokens, at + 1) == Tok::Of && at + 2 == phrase.to;
    if at < phrase.to
        && let Some(party) = bare(at)
        && (elliptic || !joined(at + 1))
        && !compound(at + 1)
    {
        return Some(party);
    }
    // 「使用者为生产企业、仓储企业的」.
    let last =
        phrase.to.checked_sub(2).filter(|last| tok(tokens, *last) == Tok::Unit && tok(tokens, last + 1) == Tok::Of);
    if let Some(last) = last
        && let Some(copula) = (phrase.from + 1..last).rev().find(|at| tok(tokens, *at) == Tok::Is)
        && (copula + 1..last).all(|at| matches!(tok(tokens, at), Tok::Text | Tok::Pause | Tok::And | Tok::Unit))
    {
        return Some(Party::Unit);
    }
    // 「违法行为人是单位的」, 「属于个人的」.
    let copula = phrase.to.checked_sub(3)?;
    (copula >= phrase.from
        && matches!(tok(tokens, copula), Tok::Is | Tok::Opening)
        && tok(tokens, copula + 2) == Tok::Of)
        .then(|| bare(copula + 1))
        .flatten()
}
