//! Where the SQL parser is used: from the text of a filter to its clauses.

use sqlparser::{
    ast::Expr,
    dialect::Dialect,
    keywords::Keyword,
    parser::{Parser, ParserError},
    tokenizer::{Token, Tokenizer},
};

use super::{super::Refused, position::Source, tokens};

/// How many operators a filter may have: it becomes a tree that deep.
const MAX_OPERATORS: usize = 1_000;

/// The clauses of a filter.
#[derive(Default)]
pub(super) struct Clauses {
    pub(super) condition: Option<Expr>,
    pub(super) group_by: Vec<Expr>,
    pub(super) order_by: Vec<Expr>,
    pub(super) limit: bool,
}

/// MySQL's quotes without the rest of MySQL.
#[derive(Debug)]
struct Filters;

impl Dialect for Filters {
    fn is_identifier_start(&self, ch: char) -> bool {
        ch.is_ascii_alphabetic() || ch == '_' || ch == '@'
    }

    fn is_identifier_part(&self, ch: char) -> bool {
        self.is_identifier_start(ch) || ch.is_ascii_digit()
    }

    fn is_delimited_identifier_start(&self, ch: char) -> bool {
        ch == '`'
    }

    fn supports_string_literal_backslash_escape(&self) -> bool {
        true
    }

    fn supports_hash_comment(&self) -> bool {
        true
    }
}

/// # Errors
/// The text is not a filter. The message gives the place as the real server does.
pub(super) fn parse(query: &str) -> Result<Clauses, Refused> {
    let query = query.trim();
    let mut clauses = Clauses::default();
    if query.is_empty() {
        return Ok(clauses);
    }
    let start = query.get(.."group by".len()).unwrap_or_default().to_ascii_lowercase();
    let conditional = start != "group by" && start != "order by";
    let mut source = Source::new(query, conditional);
    let tokens =
        Tokenizer::new(&Filters, query).tokenize_with_location().map_err(|error| source.unfinished(&error.location))?;
    let tokens = tokens::rewrite(tokens);
    source.tokens.clone_from(&tokens);
    if let Some(wrong) = tokens::misplaced(&tokens, conditional) {
        return Err(source.error_at(wrong));
    }
    if tokens.iter().filter(|token| tokens::operator(&token.token)).count() > MAX_OPERATORS {
        return Err(Refused::malformed("max ast depth reached"));
    }

    let mut parser = Parser::new(&Filters).with_tokens_with_locations(tokens);
    read(&mut parser, &mut clauses, conditional).map_err(|error| match error {
        ParserError::RecursionLimitExceeded => Refused::malformed("max nesting level reached"),
        ParserError::ParserError(text) | ParserError::TokenizerError(text) => source.error(&text),
    })?;
    if tokens::unfinished(&source.tokens) {
        return Err(source.end());
    }
    Ok(clauses)
}

fn read(parser: &mut Parser<'_>, clauses: &mut Clauses, conditional: bool) -> Result<(), ParserError> {
    if conditional {
        clauses.condition = Some(parser.parse_expr()?);
    }
    if parser.parse_keyword(Keyword::GROUP) {
        parser.expect_keyword(Keyword::BY)?;
        clauses.group_by = parser.parse_comma_separated(Parser::parse_expr)?;
    }
    if parser.parse_keyword(Keyword::ORDER) {
        parser.expect_keyword(Keyword::BY)?;
        let order = parser.parse_comma_separated(Parser::parse_order_by_expr)?;
        clauses.order_by = order.into_iter().map(|order| order.expr).collect();
    }
    if parser.parse_keyword(Keyword::LIMIT) {
        // Refused anyway, so whatever follows the number does not matter.
        parser.parse_expr()?;
        clauses.limit = true;
        return Ok(());
    }
    let _end = parser.consume_token(&Token::SemiColon);
    match parser.next_token() {
        end if end.token == Token::EOF => Ok(()),
        extra => parser.expected("end of filter", extra),
    }
}
