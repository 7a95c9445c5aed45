//! Errors of form, with their places told as the real server tells them.

use super::{
    super::Refused,
    lexer::{Sort, Token},
};

/// The real server reads a filter as the end of this statement and counts from its beginning.
const STATEMENT: &str = "select * from table1 ";
const WHERE: &str = "where ";

/// Words that are no names unless they are quoted, in order.
const RESERVED: &[&str] = &[
    "add",
    "all",
    "alter",
    "analyze",
    "and",
    "as",
    "asc",
    "auto_increment",
    "between",
    "binary",
    "by",
    "case",
    "cast",
    "collate",
    "column",
    "constraint",
    "convert",
    "create",
    "cross",
    "database",
    "databases",
    "default",
    "delete",
    "desc",
    "describe",
    "distinct",
    "div",
    "drop",
    "else",
    "end",
    "escape",
    "exists",
    "explain",
    "extended",
    "for",
    "force",
    "from",
    "full",
    "group",
    "group_concat",
    "having",
    "if",
    "ignore",
    "in",
    "index",
    "inner",
    "insert",
    "interval",
    "into",
    "is",
    "join",
    "key",
    "left",
    "like",
    "limit",
    "lock",
    "match",
    "maxvalue",
    "mod",
    "natural",
    "next",
    "not",
    "on",
    "or",
    "order",
    "outer",
    "processlist",
    "regexp",
    "rename",
    "replace",
    "right",
    "rlike",
    "schema",
    "select",
    "separator",
    "set",
    "show",
    "starts_with",
    "straight_join",
    "stream",
    "table",
    "tables",
    "then",
    "to",
    "union",
    "unique",
    "update",
    "use",
    "using",
    "values",
    "when",
    "where",
    "xor",
];

pub(super) fn reserved(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    RESERVED.binary_search(&word.as_str()).is_ok()
}

/// Where the text of a filter begins in the statement.
#[derive(Clone, Copy)]
pub(super) struct Origin(usize);

impl Origin {
    pub(super) const fn new(conditional: bool) -> Self {
        Self(STATEMENT.len() + if conditional { WHERE.len() } else { 0 })
    }

    /// `token` cannot be where it is.
    pub(super) fn error(self, token: &Token) -> Refused {
        Refused::malformed(format_args!("syntax error at position {}", self.place(token)))
    }

    pub(super) fn too_deep(self, token: &Token) -> Refused {
        Refused::malformed(format_args!("max nesting level reached at position {}", self.place(token)))
    }

    /// It names the place after the character it looked ahead, and what it read last unless that is a sign.
    fn place(self, token: &Token) -> String {
        let position = self.0 + token.end + 1;
        let near = match &token.sort {
            Sort::Word(word) if reserved(word) => word.to_ascii_lowercase(),
            Sort::Word(text)
            | Sort::Quoted(text)
            | Sort::Text(text)
            | Sort::Number(text)
            | Sort::Raw(text)
            | Sort::Wrong(text) => text.clone(),
            Sort::Sign(_) | Sort::End => String::new(),
        };
        if near.is_empty() { position.to_string() } else { format!("{position} near '{near}'") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_grammar_are_reserved_and_usual_names_are_not() {
        assert!(RESERVED.is_sorted());
        for word in ["AND", "or", "Not", "STARTS_WITH", "where"] {
            assert!(reserved(word), "{word}");
        }
        for word in ["Status", "Date", "Priority", "Language", "Region", "Offset", "Team"] {
            assert!(!reserved(word), "{word}");
        }
    }
}
