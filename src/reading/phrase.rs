//! Phrases: what punctuation parts, with the conditions among them.

use super::lexer::Token;
use super::script::Script;
use super::words::Tok;

/// A run of tokens between punctuation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Phrase {
    /// Tokens from..to, without the punctuation.
    pub(super) from: usize,
    pub(super) to: usize,
    /// What stands before it; [`Tok::Stop`] at the start of the text.
    pub(super) before: Tok,
    /// What stands behind it; [`Tok::End`] at the end of the text.
    pub(super) after: Tok,
    /// Where the condition ends and the predicate begins; `from` where there is no condition.
    pub(super) body: usize,
    /// The sentence speaks about penalties (hearings, definitions) and imposes none.
    pub(super) mute: bool,
    /// The sentence names a court.
    pub(super) court: bool,
}

/// How far brackets may reach, in tokens.
const ASIDE: usize = 24;

/// Splits tokens into phrases, into the room given.
pub(super) fn split(script: &Script, tokens: &[Token], phrases: &mut Vec<Phrase>) {
    phrases.clear();
    let (mut from, mut before, mut sentence, mut mute, mut court) = (0, Tok::Stop, 0, false, false);
    let (mut aside, mut case, mut particle) = (0, 0, false);
    for at in 0..=tokens.len() {
        let tok = tokens.get(at).map_or(Tok::End, |token| token.tok);
        match tok {
            // 「（包括已售出的，下同）」 parts no phrase.
            Tok::Comma if at < aside => continue,
            Tok::Stop | Tok::Semicolon | Tok::Comma | Tok::Colon | Tok::Item | Tok::End => {}
            Tok::Open => {
                aside = closing(tokens, at);
                if !imposes(tokens, at, aside) {
                    continue;
                }
                (aside, case) = (0, aside);
            }
            Tok::Close if at > 0 && at == case => {}
            Tok::Of => {
                particle = true;
                continue;
            }
            Tok::Mute => {
                mute = true;
                continue;
            }
            Tok::Court => {
                court = true;
                continue;
            }
            _ => continue,
        }
        if at > from || tok != Tok::Item {
            let body = if particle { body(script, tokens, from, at) } else { from };
            phrases.push(Phrase { from, to: at, before, after: tok, body, mute: false, court: false });
        }
        (from, before, particle) = (at + 1, tok, false);
        if matches!(tok, Tok::Stop | Tok::End) {
            if mute || court {
                phrases.iter_mut().skip(sentence).for_each(|phrase| (phrase.mute, phrase.court) = (mute, court));
            }
            (sentence, mute, court) = (phrases.len(), false, false);
        }
    }
}

/// True where brackets hold a case of their own: 「（情节轻微的，处……）」, 「（及时改正的不予处罚）」.
fn imposes(tokens: &[Token], open: usize, close: usize) -> bool {
    let tok = |index: usize| tokens.get(index).map_or(Tok::End, |token| token.tok);
    let verb = |at: usize| matches!(tok(at), Tok::Impose | Tok::NoPenalty | Tok::Order | Tok::Confiscate | Tok::Revoke);
    (open + 1..close).any(|at| {
        let next = at + 1 + usize::from(tok(at + 1) == Tok::Comma);
        tok(at) == Tok::Of && (verb(next) || tok(next) == Tok::May && verb(next + 1))
    })
}

/// Where the brackets that open at a token close; 0 where they do not.
fn closing(tokens: &[Token], open: usize) -> usize {
    let mut inside = tokens.iter().take(open + ASIDE).skip(open + 1);
    inside.position(|token| token.tok == Tok::Close).map_or(0, |behind| open + 1 + behind)
}

/// Where the predicate of a phrase with 的 begins: behind 的 at its end (there is none) or behind 的 before a verb.
fn body(script: &Script, tokens: &[Token], from: usize, to: usize) -> usize {
    let tok = |index: usize| tokens.get(index).map_or(Tok::End, |token| token.tok);
    if to > from && tok(to - 1) == Tok::Of {
        // 「处一万元以下的。」 lost its 罚款: at the end of a sentence it is no condition.
        let first = (from..to).find(|at| !matches!(tok(*at), Tok::May | Tok::Also | Tok::Adverb));
        let amount =
            to > from + 2 && matches!(tok(to - 2), Tok::Yuan | Tok::Times | Tok::Percent | Tok::Above | Tok::Below);
        let ends = matches!(tok(to), Tok::Stop | Tok::Semicolon | Tok::End);
        return if ends && amount && first.is_some_and(|at| tok(at) == Tok::Impose) { from } else { to };
    }
    let mut body = from;
    for at in from..to {
        if tok(at) != Tok::Of || at == from {
            continue;
        }
        let verb = tok(at + 1);
        // 「三十元的标准处以罚款」 and 「二倍的处以罚款」 are amounts, not conditions.
        let amount = matches!(tok(at - 1), Tok::Yuan | Tok::Times | Tok::Percent | Tok::Above | Tok::Below)
            && tok(at + 2) == Tok::Fine;
        let opens = matches!(
            verb,
            Tok::Impose
                | Tok::May
                | Tok::Order
                | Tok::Confiscate
                | Tok::Revoke
                | Tok::By
                | Tok::Toward
                | Tok::Give
                | Tok::NoPenalty
                | Tok::Adverb
        ) && at + 1 < to;
        if opens
            && !amount
            && !(verb == Tok::Impose && script.has(tokens.get(at + 1).map_or(0, |token| token.start), "罚"))
        {
            body = at + 1;
        }
    }
    body
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::lexer;

    /// Condition and predicate of each phrase.
    fn parts(text: &str) -> Vec<(String, String)> {
        let script = Script::new(text);
        let tokens = lexer::tokens(&script);
        let words = |from: usize, to: usize| -> String {
            let place = |index: usize| tokens.get(index).map_or(script.len(), |token| token.start);
            script.words(place(from), place(to))
        };
        let mut phrases = Vec::new();
        super::split(&script, &tokens, &mut phrases);
        phrases.iter().map(|phrase| (words(phrase.from, phrase.body), words(phrase.body, phrase.to))).collect()
    }

    #[test]
    fn a_condition_ends_with_its_particle() {
        let table = [
            ("情节严重的，处罚款", vec![("情节严重的", ""), ("", "处罚款")]),
            ("情节严重的处罚款", vec![("情节严重的", "处罚款")]),
            ("处十元的罚款", vec![("", "处十元的罚款")]),
            ("按二倍的标准处罚款", vec![("", "按二倍的标准处罚款")]),
            ("处十元以下的。", vec![("", "处十元以下的"), ("", "")]),
        ];
        for (text, expected) in table {
            let expected: Vec<_> =
                expected.iter().map(|(one, other)| ((*one).to_owned(), (*other).to_owned())).collect();
            assert_eq!(parts(text), expected, "{text}");
        }
    }

    #[test]
    fn a_comma_in_brackets_parts_nothing() {
        assert_eq!(parts("产品（已售的，下同）货值").len(), 1);
        assert_eq!(parts("处罚款（轻微的，不予处罚）").len(), 4);
    }
}
