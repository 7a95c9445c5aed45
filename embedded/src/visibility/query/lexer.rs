//! The words and signs of a filter, as MySQL has them.

/// A part of the text. The text ends with any number of [`Sort::End`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) sort: Sort,
    /// Bytes of the text up to its end.
    pub(super) end: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Word(String),
    /// In backticks, without them.
    Quoted(String),
    /// In quotes of either kind, without them and with escapes replaced.
    Text(String),
    Number(String),
    /// A literal that no attribute has: `X'1f'`, `:variable`.
    Raw(String),
    Sign(&'static str),
    /// What cannot be read.
    Wrong(String),
    End,
}

/// Longer ones first.
const SIGNS: &[&str] = &[
    "<=>", "->>", "->", "<=", ">=", "<>", "!=", "<<", ">>", "&&", "||", "=", "<", ">", "!", "&", "|", "^", "~", "+",
    "-", "*", "/", "%", "(", ")", ",", ";", ".",
];

pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    pub(super) fn next(&mut self) -> Token {
        let sort = if self.skip() { self.sort() } else { Sort::Wrong(self.take(self.rest().len()).to_owned()) };
        Token { sort, end: self.at }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn take(&mut self, bytes: usize) -> &'a str {
        let taken = self.rest().get(..bytes).unwrap_or_default();
        self.at += taken.len();
        taken
    }

    fn take_while(&mut self, belongs: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        self.take(rest.find(|ch| !belongs(ch)).unwrap_or(rest.len()))
    }

    /// Skips spaces and comments; fails at a comment without an end.
    fn skip(&mut self) -> bool {
        loop {
            self.take_while(|ch| matches!(ch, ' ' | '\t' | '\n' | '\r'));
            let rest = self.rest();
            if rest.starts_with("--") || rest.starts_with("//") || rest.starts_with('#') {
                self.take_while(|ch| ch != '\n');
            } else if rest.starts_with("/*") {
                let Some(end) = rest.find("*/") else { return false };
                self.take(end + 2);
            } else {
                return true;
            }
        }
    }

    fn sort(&mut self) -> Sort {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return Sort::End };
        let second = rest.chars().nth(1);
        match first {
            'x' | 'X' if second == Some('\'') => {
                self.take(1);
                match self.quoted('\'') {
                    Ok(digits) => Sort::Raw(format!("X'{digits}'")),
                    Err(text) => Sort::Wrong(text),
                }
            }
            _ if letter(first) => Sort::Word(self.take_while(|ch| letter(ch) || ch.is_ascii_digit()).to_owned()),
            '0'..='9' => self.number(),
            '.' if second.is_some_and(|ch| ch.is_ascii_digit()) => self.number(),
            '\'' | '"' => self.quoted(first).map_or_else(Sort::Wrong, Sort::Text),
            '`' => match self.quoted('`') {
                Ok(name) if !name.is_empty() => Sort::Quoted(name),
                Ok(text) | Err(text) => Sort::Wrong(text),
            },
            ':' if second.is_some_and(letter) => {
                self.take(1);
                Sort::Raw(format!(":{}", self.take_while(|ch| letter(ch) || ch.is_ascii_digit())))
            }
            _ => match SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
                Some(sign) => {
                    self.take(sign.len());
                    Sort::Sign(sign)
                }
                None => Sort::Wrong(self.take(first.len_utf8()).to_owned()),
            },
        }
    }

    fn number(&mut self) -> Sort {
        let begin = self.at;
        if self.rest().starts_with("0x") {
            self.take(2);
            self.take_while(|ch| ch.is_ascii_hexdigit());
        } else {
            self.take_while(|ch| ch.is_ascii_digit());
            if self.rest().starts_with('.') {
                self.take(1);
                self.take_while(|ch| ch.is_ascii_digit());
            }
            if self.rest().starts_with(['e', 'E']) {
                self.take(1);
                if self.rest().starts_with(['+', '-']) {
                    self.take(1);
                }
                self.take_while(|ch| ch.is_ascii_digit());
            }
        }
        let number = self.text.get(begin..self.at).unwrap_or_default().to_owned();
        if self.rest().starts_with(letter) { Sort::Wrong(number) } else { Sort::Number(number) }
    }

    /// What is between this quote and the next; what there is if there is no next.
    fn quoted(&mut self, quote: char) -> Result<String, String> {
        let mut text = String::new();
        let mut chars = self.rest().char_indices().skip(1).peekable();
        while let Some((offset, ch)) = chars.next() {
            if ch == quote {
                if chars.next_if(|(_, next)| *next == quote).is_none() {
                    self.take(offset + 1);
                    return Ok(text);
                }
                text.push(quote);
            } else if ch == '\\' && quote != '`' {
                text.extend(chars.next().map(|(_, escaped)| escape(escaped)));
            } else {
                text.push(ch);
            }
        }
        self.at = self.text.len();
        Err(text)
    }
}

const fn letter(ch: char) -> bool {
    ch.is_ascii_alphabetic() || matches!(ch, '_' | '@')
}

const fn escape(ch: char) -> char {
    match ch {
        '0' => '\0',
        'b' => '\u{8}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'Z' => '\u{1a}',
        other => other,
    }
}
