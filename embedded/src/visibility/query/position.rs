//! The places of syntax errors, told as the real server tells them.

use sqlparser::tokenizer::{Location, Token, TokenWithSpan};

use super::super::Refused;

/// The real server reads a filter as the end of this statement and counts from its beginning.
const STATEMENT: &str = "select * from table1 ";
const WHERE: &str = "where ";

/// Words that its error texts give in lower case.
const KEYWORDS: &[&str] = &[
    "and", "as", "asc", "between", "by", "case", "default", "desc", "drop", "exists", "from", "group", "having", "in",
    "interval", "into", "is", "join", "key", "like", "limit", "not", "null", "on", "or", "order", "select", "set",
    "table", "then", "union", "update", "using", "when", "where", "xor",
];

pub(super) struct Source<'a> {
    query: &'a str,
    /// Bytes of the statement before the filter.
    before: usize,
    pub(super) tokens: Vec<TokenWithSpan>,
}

impl<'a> Source<'a> {
    pub(super) fn new(query: &'a str, conditional: bool) -> Self {
        let before = STATEMENT.len() + if conditional { WHERE.len() } else { 0 };
        Self { query, before, tokens: Vec::new() }
    }

    /// A string or name without an end, beginning at `start`.
    pub(super) fn unfinished(&self, start: &Location) -> Refused {
        let text = self.query.get(self.offset(start)..).unwrap_or_default();
        let text = text.strip_prefix(['\'', '"', '`']).unwrap_or(text);
        self.syntax(self.query.len(), Some(text))
    }

    pub(super) fn error_at(&self, token: &TokenWithSpan) -> Refused {
        let end = if unknown(&token.token) { self.offset(&token.span.start) + 1 } else { self.offset(&token.span.end) };
        self.syntax(end, near(&token.token).as_deref())
    }

    /// The parser says where only in its text; without a place it is the end.
    pub(super) fn error(&self, text: &str) -> Refused {
        let token = location(text).and_then(|place| self.tokens.iter().find(|token| token.span.start == place));
        token.map_or_else(|| self.end(), |token| self.error_at(token))
    }

    pub(super) fn end(&self) -> Refused {
        self.syntax(self.query.len(), None)
    }

    /// It names the place after the character it looked ahead.
    fn syntax(&self, end: usize, near: Option<&str>) -> Refused {
        let position = self.before + end + 1;
        let near = near.filter(|near| !near.is_empty()).map(|near| format!(" near '{near}'")).unwrap_or_default();
        Refused::malformed(format_args!("syntax error at position {position}{near}"))
    }

    /// Bytes before a place given as line and column, both from one.
    fn offset(&self, place: &Location) -> usize {
        let (mut line, mut column) = (1, 1);
        for (offset, ch) in self.query.char_indices() {
            if (line, column) >= (place.line, place.column) {
                return offset;
            }
            (line, column) = if ch == '\n' { (line + 1, 1) } else { (line, column + 1) };
        }
        self.query.len()
    }
}

fn location(text: &str) -> Option<Location> {
    let (_, place) = text.rsplit_once(" at Line: ")?;
    let (line, column) = place.split_once(", Column: ")?;
    Some(Location { line: line.parse().ok()?, column: column.parse().ok()? })
}

/// Operators are not named.
fn near(token: &Token) -> Option<String> {
    match token {
        Token::Word(word) => {
            let lower = word.value.to_ascii_lowercase();
            let keyword = word.quote_style.is_none() && KEYWORDS.contains(&lower.as_str());
            Some(if keyword { lower } else { word.value.clone() })
        }
        Token::Number(text, _) | Token::SingleQuotedString(text) | Token::DoubleQuotedString(text) => {
            Some(text.clone())
        }
        Token::NationalStringLiteral(text) => Some(text.clone()),
        _ if unknown(token) => token.to_string().chars().next().map(String::from),
        _ => None,
    }
}

/// The real server's lexer stops within these.
const fn unknown(token: &Token) -> bool {
    matches!(token, Token::LBracket | Token::LBrace | Token::Backslash | Token::Char(_) | Token::Placeholder(_))
}
