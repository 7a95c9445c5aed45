//! The words and signs of a filter, between the tokenizer and the parser.

use sqlparser::{
    keywords::Keyword,
    tokenizer::{Token, TokenWithSpan},
};

/// The names under which the parser hands on the operators that SQL does not have.
pub(super) const STARTS_WITH: &str = "STARTS_WITH";
pub(super) const NOT_STARTS_WITH: &str = "NOT STARTS_WITH";

/// Gives the words that are operators here the tokens by which the parser takes them for operators.
pub(super) fn rewrite(tokens: Vec<TokenWithSpan>) -> Vec<TokenWithSpan> {
    let mut rewritten = Vec::<TokenWithSpan>::with_capacity(tokens.len());
    for mut token in tokens {
        match &token.token {
            Token::Whitespace(_) => continue,
            Token::StringConcat => token.token = Token::make_keyword("OR"),
            Token::Overlap => token.token = Token::make_keyword("AND"),
            Token::Word(word) if word.quote_style.is_none() && word.value.eq_ignore_ascii_case(STARTS_WITH) => {
                let negated = rewritten.pop_if(|before| keyword(&before.token) == Some(Keyword::NOT)).is_some();
                let name = if negated { NOT_STARTS_WITH } else { STARTS_WITH };
                token.token = Token::CustomBinaryOperator(name.to_owned());
            }
            _ => {}
        }
        rewritten.push(token);
    }
    rewritten
}

/// The first token that cannot be where it is. The parser knows more operators than filters have, and takes any word for
/// a name where it needs one.
pub(super) fn misplaced(tokens: &[TokenWithSpan], conditional: bool) -> Option<&TokenWithSpan> {
    let mut place = if conditional { Place::Operand } else { Place::Operator };
    for token in tokens {
        let wrong = match (place, keyword(&token.token)) {
            (Place::Operand, Some(keyword)) => NO_NAMES.contains(&keyword),
            (Place::Operator, Some(keyword)) => FOREIGN.contains(&keyword),
            (Place::Operator, None) => matches!(token.token, Token::Tilde | Token::ExclamationMark),
            (Place::Negated, Some(keyword)) => !NEGATED.contains(&keyword),
            (Place::Negated, None) => true,
            (Place::Operand, None) => false,
        };
        if wrong || !allowed(&token.token) {
            return Some(token);
        }
        place = match (place, keyword(&token.token)) {
            (Place::Operator, Some(Keyword::NOT)) => Place::Negated,
            (_, Some(keyword)) if OPERATORS.contains(&keyword) => Place::Operand,
            _ if token.token == Token::Comma || operator(&token.token) => Place::Operand,
            _ => Place::Operator,
        };
    }
    None
}

/// Whether there must be more: the parser takes a last `NOT` for a name.
pub(super) fn unfinished(tokens: &[TokenWithSpan]) -> bool {
    tokens.last().is_some_and(|last| operator(&last.token))
}

/// What may come next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// A name, a literal, or what opens them.
    Operand,
    Operator,
    /// An operator that `NOT` may stand before.
    Negated,
}

/// Words after which an operand comes.
const OPERATORS: &[Keyword] = &[
    Keyword::AND,
    Keyword::OR,
    Keyword::NOT,
    Keyword::BETWEEN,
    Keyword::LIKE,
    Keyword::REGEXP,
    Keyword::RLIKE,
    Keyword::BY,
];

/// Words that are no names unless they are quoted.
const NO_NAMES: &[Keyword] = &[
    Keyword::AND,
    Keyword::OR,
    Keyword::XOR,
    Keyword::IN,
    Keyword::IS,
    Keyword::LIKE,
    Keyword::BETWEEN,
    Keyword::GROUP,
    Keyword::ORDER,
    Keyword::LIMIT,
    Keyword::BY,
    Keyword::WHERE,
    Keyword::HAVING,
    Keyword::KEY,
    Keyword::ASC,
    Keyword::DESC,
    Keyword::DEFAULT,
];

const NEGATED: &[Keyword] = &[Keyword::IN, Keyword::BETWEEN, Keyword::LIKE, Keyword::REGEXP, Keyword::RLIKE];

/// Operators of the parser that filters do not have.
const FOREIGN: &[Keyword] = &[
    Keyword::XOR,
    Keyword::ILIKE,
    Keyword::GLOB,
    Keyword::SIMILAR,
    Keyword::OVERLAPS,
    Keyword::OPERATOR,
    Keyword::MEMBER,
    Keyword::DIV,
];

/// Of a word that is not quoted.
fn keyword(token: &Token) -> Option<Keyword> {
    match token {
        Token::Word(word) if word.quote_style.is_none() => Some(word.keyword),
        _ => None,
    }
}

/// What the grammar knows, in right or wrong places.
fn allowed(token: &Token) -> bool {
    matches!(token, Token::Word(word) if !word.value.is_empty())
        || operator(token)
        || matches!(
            token,
            Token::EOF
                | Token::Number(..)
                | Token::SingleQuotedString(_)
                | Token::DoubleQuotedString(_)
                | Token::HexStringLiteral(_)
                | Token::Comma
                | Token::RParen
                | Token::Period
                | Token::SemiColon
        )
}

pub(super) fn operator(token: &Token) -> bool {
    match token {
        Token::Word(word) => {
            word.quote_style.is_none()
                && matches!(word.keyword, Keyword::AND | Keyword::OR | Keyword::NOT | Keyword::IS)
        }
        Token::Eq
        | Token::Neq
        | Token::Lt
        | Token::Gt
        | Token::LtEq
        | Token::GtEq
        | Token::Spaceship
        | Token::Plus
        | Token::Minus
        | Token::Mul
        | Token::Div
        | Token::Mod
        | Token::Tilde
        | Token::Caret
        | Token::Ampersand
        | Token::Pipe
        | Token::ExclamationMark
        | Token::LParen
        | Token::CustomBinaryOperator(_) => true,
        _ => false,
    }
}
