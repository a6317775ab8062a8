//! From characters to tokens, in one pass.
//!
//! ```text
//! number  = digit and unit characters, 「.」 or 「点」 between digits, 「,」 before three digits
//! rate    = "每" [verb] ["一"] measure | "按" measure | "/" measure
//! item    = "（" number "）" | number ("." | "、") | ①   at the start of a line, a list or a sentence
//! article = "第" number ("条" | "款" | "项" | "目")
//! ```

use super::lexicon::{Lexicon, lexicon};
use super::numeral::{digit, unit};
use super::script::Script;
use super::words::{MEASURES, Tok};

/// A token: what it is and where its characters stand in the script.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) tok: Tok,
    pub(super) start: usize,
    pub(super) end: usize,
    /// Where the measure word of a rate begins.
    pub(super) mark: usize,
}

/// How far a title, a rate or a list number may reach; longer ones are words like any other.
const REACH: usize = 60;

/// The characters that [`Lexer::sign`] looks for by themselves; what is neither here nor begins a word or a numeral is
/// text without another look.
pub(super) const SIGNS: &str = "·•。!?.,、:)]】〕\n;([【〔①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳《每/按逐第一可";

/// Splits a script into tokens, into the room given.
pub(super) fn split(script: &Script, room: &mut Vec<Token>) {
    room.clear();
    let mut lexer = Lexer { script, lexicon: lexicon(), tokens: room, at: 0 };
    while lexer.at < script.len() {
        lexer.step();
    }
}

struct Lexer<'a> {
    script: &'a Script<'a>,
    lexicon: &'static Lexicon,
    tokens: &'a mut Vec<Token>,
    at: usize,
}

impl Lexer<'_> {
    fn step(&mut self) {
        let char = self.script.at(self.at);
        if self.lexicon.is_sign(char) {
            return self.sign(char);
        }
        if !self.lexicon.begins_nothing(char) {
            return self.numeral_or_word(char);
        }
        let mut end = self.at + 1;
        while end < self.script.len() && self.lexicon.begins_nothing(self.script.at(end)) {
            end += 1;
        }
        self.push(Tok::Text, end - self.at);
    }

    fn sign(&mut self, char: char) {
        let next = self.script.at(self.at + 1);
        match char {
            // 「50元/平方米·日」.
            '·' | '•' if self.tokens.last().is_some_and(|last| last.tok == Tok::Per) => self.rate(1),
            '。' | '!' | '?' | '.' => self.push(Tok::Stop, 1),
            ',' => self.push(Tok::Comma, 1),
            '、' => self.push(Tok::Pause, 1),
            ':' => self.push(Tok::Colon, 1),
            ')' | ']' | '】' | '〕' => self.push(Tok::Close, 1),
            '\n' if self.after_break() => self.at += 1,
            ';' | '\n' => self.push(Tok::Semicolon, 1),
            '(' | '[' | '【' | '〔' => self.open(),
            '①'..='⑳' if self.after_break() => self.push(Tok::Item, 1),
            '《' => self.title(),
            '每' | '/' => self.rate(1),
            '按' | '逐'
                if matches!(next, '日' | '天' | '次' | '月')
                    && !self.script.has(self.at, "按日连续")
                    && !self.script.has(self.at, "按日计罚") =>
            {
                self.push_marked(Tok::Per, 2, 1);
            }
            '按' if self.counts_by() => {
                let length = measure(self.script, self.at + 1).unwrap_or(1);
                self.push_marked(Tok::Per, 1 + length, 1);
            }
            '第' => self.article(),
            // 「一并没收」, 「一律没收」 count nothing; neither does 「一定期限」.
            '一' if matches!(next, '并' | '律') => self.push(Tok::Adverb, 2),
            '一' if matches!(next, '定' | '切') => self.push(Tok::Text, 2),
            '零' if matches!(next, '售' | '散' | '星' | '件' | '部') => self.push(Tok::Text, 2),
            '可' if self.governs(next) && !self.hides_may() => {
                self.push(Tok::May, 1);
            }
            _ => self.numeral_or_word(char),
        }
    }

    fn numeral_or_word(&mut self, char: char) {
        if self.lexicon.is_numeral(char) { self.number() } else { self.word() }
    }

    /// 「按件处」, 「按户处」: 按 with a measure word and a verb.
    fn counts_by(&self) -> bool {
        measure(self.script, self.at + 1)
            .is_some_and(|length| matches!(self.script.at(self.at + 1 + length), '处' | '罚' | '并' | '分'))
    }

    fn push(&mut self, tok: Tok, length: usize) {
        self.push_marked(tok, length, 0);
    }

    /// Adds a token; words of text grow into one.
    fn push_marked(&mut self, tok: Tok, length: usize, mark: usize) {
        let (start, end) = (self.at, self.at + length);
        self.at = end;
        if tok == Tok::Text
            && let Some(last) = self.tokens.last_mut()
            && last.tok == Tok::Text
        {
            last.end = end;
        } else {
            self.tokens.push(Token { tok, start, end, mark: start + mark });
        }
    }

    /// True at the start and behind the punctuation that a list item or a sentence may follow.
    fn after_break(&self) -> bool {
        self.tokens
            .last()
            .is_none_or(|last| matches!(last.tok, Tok::Stop | Tok::Semicolon | Tok::Colon | Tok::Item | Tok::Comma))
    }

    /// The longest known word, or one character of text.
    fn word(&mut self) {
        let Some(word) = self.lexicon.longest(self.script.from(self.at)) else { return self.push(Tok::Text, 1) };
        let chars = &word.chars;
        let behind = self.script.at(self.at + chars.len());
        match word.tok {
            // 「并处以下罚款」 announces what follows: 以下 is not half of 处以. 「处以上一年度收入」 is 处以.
            Tok::Impose if chars.ends_with(&['以']) && self.script.has(self.at + chars.len(), "下罚") => {
                self.push(Tok::Impose, chars.len() - 1);
            }
            // 「处罚款」 is 处 and 罚款, 「处罚五百元」 imposes.
            Tok::Punish if chars.len() == 2 && behind == '款' => self.push(Tok::Impose, 1),
            Tok::Punish if self.lexicon.is_numeral(behind) => self.push(Tok::Impose, chars.len()),
            tok => self.push(tok, chars.len()),
        }
    }

    /// 可 before a measure is 可以.
    fn governs(&self, next: char) -> bool {
        let verb = "处并给予对按由责吊单没依根视暂取罚分".contains(next);
        verb || ["不予", "降低"].iter().any(|word| self.script.has(self.at + 1, word))
    }

    /// 可 is no 可以 in 许可, 认可 and their like.
    fn hides_may(&self) -> bool {
        self.at > 0 && matches!(self.script.at(self.at - 1), '许' | '认' | '不' | '尚' | '方' | '宁')
    }

    fn number(&mut self) {
        let numeric = |index: usize| self.lexicon.is_numeral(self.script.at(index));
        let arabic = |index: usize| self.script.at(index).is_ascii_digit();
        let mut end = self.at + 1;
        loop {
            let char = self.script.at(end);
            if self.lexicon.is_numeral(char) {
                end += 1;
                continue;
            }
            match char {
                '.' if arabic(end - 1) && arabic(end + 1) => end += 2,
                '点' if numeric(end - 1) && digit(self.script.at(end + 1)).is_some() => end += 2,
                ',' if arabic(end - 1) && (1..=3).all(|offset| arabic(end + offset)) && !arabic(end + 4) => end += 4,
                '分' if self.script.at(end + 1) == '之' => return self.push(Tok::Fraction, end + 2 - self.at),
                _ => break,
            }
        }
        let length = end - self.at;
        let listed = || length <= 3 && (self.at == 0 || self.after_break());
        match self.script.at(end) {
            '、' if listed() && self.opens_text(end + 1) => self.push(Tok::Item, length + 1),
            '.' if listed() && !arabic(end + 1) => self.push(Tok::Item, length + 1),
            ')' if listed() => self.push(Tok::Item, length + 1),
            _ => self.push(Tok::Number, length),
        }
    }

    /// True where no numeral follows, so that 「一、」 is a list number and 「一、二」 is not.
    fn opens_text(&self, index: usize) -> bool {
        !self.lexicon.is_numeral(self.script.at(index))
    }

    /// An opening bracket, or the number of a list item.
    fn open(&mut self) {
        let numeral = |char: char| digit(char).is_some() || unit(char) == Some(10);
        let length = (1..5).take_while(|offset| numeral(self.script.at(self.at + offset))).count();
        let closed = length > 0 && self.script.at(self.at + length + 1) == ')';
        let after = self.script.at(self.at + length + 2);
        if closed && self.after_break() && !matches!(after, '项' | '目' | '、' | '至' | '(') {
            self.push(Tok::Item, length + 2);
        } else if closed {
            self.push(Tok::Article, length + 2);
        } else {
            self.push(Tok::Open, 1);
        }
    }

    /// 《…》, with one more pair inside: words, whatever stands in them.
    fn title(&mut self) {
        let end = (1..REACH).find(|offset| self.script.at(self.at + offset) == '》');
        match end {
            Some(end) if self.script.at(self.at + end + 1) == '》' => self.push(Tok::Title, end + 2),
            Some(end) => self.push(Tok::Title, end + 1),
            None => self.push(Tok::Text, 1),
        }
    }

    /// 第二十条, 第三款, 第（五）项.
    fn article(&mut self) {
        let inside = |char: char| self.lexicon.is_numeral(char) || matches!(char, '(' | ')' | '至' | '、');
        let length = (1..REACH).take_while(|offset| inside(self.script.at(self.at + offset))).count();
        match self.script.at(self.at + length + 1) {
            '条' if length > 0
                && self.script.at(self.at + length + 2) == '之'
                && digit(self.script.at(self.at + length + 3)).is_some() =>
            {
                self.push(Tok::Article, length + 4);
            }
            '条' | '款' | '项' | '目' if length > 0 => self.push(Tok::Article, length + 2),
            _ => self.word(),
        }
    }

    /// A rate: the measure word at once, behind a verb and 一, or the noun itself (「每一停车位」).
    fn rate(&mut self, skip: usize) {
        let first = self.at + skip;
        if let Some(length) = measure(self.script, first) {
            return self.push_marked(Tok::Per, skip + length, skip);
        }
        if self.script.at(self.at) != '每' {
            return self.push(Tok::Text, 1);
        }
        let verb = |offset: &usize| *offset == 0 || !breaks_rate(self.script.at(first + offset - 1));
        let counted = (0..10).take_while(verb).find_map(|offset| self.counted(first + offset));
        if let Some((mark, end)) = counted {
            return self.push_marked(Tok::Per, end - self.at, mark - self.at);
        }
        let one = usize::from(self.script.at(first) == '一');
        let noun = (0..10).take_while(|offset| !breaks_rate(self.script.at(first + one + offset))).count();
        if noun == 0 {
            return self.push(Tok::Text, 1);
        }
        // 「每减少一学时」: the noun stands behind a verb of its own.
        let behind = first + one + noun;
        let counted = (1..10).take_while(|offset| !breaks_rate(self.script.at(behind + offset))).count();
        let plain = self.script.at(behind) == '一' && !matches!(self.script.at(behind + 1), '元' | '倍' | '角');
        if plain && one == 0 && counted > 0 && unit(self.script.at(behind + 1)).is_none() {
            return self.push_marked(Tok::Per, behind + 1 + counted - self.at, behind + 1 - self.at);
        }
        self.push_marked(Tok::Per, skip + one + noun, skip + one);
    }

    /// A number with its measure: where the measure begins (「一日」) or, where the number belongs to it, the number
    /// (「十平方米」, 「10%」), and where it ends.
    fn counted(&self, from: usize) -> Option<(usize, usize)> {
        let numeral = |char: char| digit(char).is_some() || unit(char).is_some() || char == '.';
        let length = (0..6).take_while(|offset| numeral(self.script.at(from + offset))).count();
        let behind = from + length;
        let measure = match self.script.at(behind) {
            '%' | '倍' => 1,
            _ => measure(self.script, behind)?,
        };
        let one = length == 1 && matches!(self.script.at(from), '一' | '1');
        (length > 0).then_some((if one { behind } else { from }, behind + measure))
    }
}

/// Where the noun of a rate ends at the latest.
fn breaks_rate(char: char) -> bool {
    matches!(
        char,
        '\0' | ',' | ';' | '。' | ':' | '、' | '(' | ')' | '处' | '罚' | '每' | '的' | '按' | '并' | '加' | '增'
    ) || digit(char).is_some()
}

/// The length of the measure word at an index.
fn measure(script: &Script, index: usize) -> Option<usize> {
    MEASURES.iter().filter(|word| script.has(index, word)).map(|word| word.chars().count()).max()
}

#[cfg(test)]
pub(super) fn tokens(script: &Script) -> Vec<Token> {
    let mut tokens = Vec::new();
    split(script, &mut tokens);
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    fn toks(text: &str) -> Vec<Tok> {
        let script = Script::new(text);
        tokens(&script).iter().map(|token| token.tok).collect()
    }

    /// The measure word of the first rate.
    fn rate(text: &str) -> Option<String> {
        let script = Script::new(text);
        let tokens = tokens(&script);
        tokens.iter().find(|token| token.tok == Tok::Per).map(|token| script.words(token.mark, token.end))
    }

    #[test]
    fn what_is_no_sign_is_read_the_same_as_if_it_were_one() {
        for char in ('\0'..='\u{ffff}').filter(|char| !lexicon().is_sign(*char)) {
            for before in ["", "。", "处"] {
                let text = format!("{before}{char}元");
                let script = Script::new(&text);
                let read = |step: fn(&mut Lexer<'_>)| {
                    let mut tokens = Vec::new();
                    let mut lexer = Lexer { script: &script, lexicon: lexicon(), tokens: &mut tokens, at: 0 };
                    while lexer.at < before.chars().count() {
                        lexer.step();
                    }
                    if script.at(lexer.at) == char {
                        step(&mut lexer);
                    }
                    tokens.last().map(|token| (token.tok, token.end))
                };
                assert_eq!(
                    read(|lexer: &mut Lexer<'_>| lexer.step()),
                    read(|lexer| lexer.sign(lexer.script.at(lexer.at))),
                    "{text:?}"
                );
            }
        }
    }

    #[test]
    fn the_longest_word_wins_and_hides_shorter_ones() {
        assert_eq!(toks("停产停业整顿"), [Tok::StopBusiness]);
        assert_eq!(toks("街道办事处处罚"), [Tok::Text, Tok::Punish]);
        assert_eq!(toks("许可处罚款"), [Tok::Text, Tok::Impose, Tok::Fine]);
        assert_eq!(toks("并处以下罚款"), [Tok::Impose, Tok::Below, Tok::Fine]);
    }

    #[test]
    fn list_numbers_are_told_from_references_and_decimals() {
        assert_eq!(toks("（一）甲；（二）乙"), [Tok::Item, Tok::Text, Tok::Semicolon, Tok::Item, Tok::Text]);
        assert_eq!(toks("第十条第（一）（二）项"), [Tok::Article, Tok::Article]);
        assert_eq!(toks("1.甲"), [Tok::Item, Tok::Text]);
        assert_eq!(toks("1.5倍"), [Tok::Number, Tok::Times]);
    }

    #[test]
    fn rates_give_their_measure_word_as_written() {
        let table = [
            ("每平方米", "平方米"),
            ("每一停车位", "停车位"),
            ("每逾期一日", "日"),
            ("每招收一人", "人"),
            ("每处违法设施", "处"),
            ("每十平方米", "十平方米"),
            ("按日", "日"),
            ("50元/株", "株"),
        ];
        for (text, expected) in table {
            assert_eq!(rate(text).as_deref(), Some(expected), "{text}");
        }
    }
}
