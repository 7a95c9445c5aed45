//! What stands between the parentheses of a macro: expressions or statements as a rule, else tokens to look for paths in.

use proc_macro2::{TokenStream, TokenTree};
use syn::{Block, Expr, Macro, Path, PathSegment, Stmt, Token, parse::Parser, punctuated::Punctuated};

/// What a macro was given, as far as it can be read.
pub(super) enum Given {
    /// `vec![a, b]`
    Expressions(Vec<Expr>),
    /// `my_block! { let a = b; c }`
    Statements(Vec<Stmt>),
    /// A grammar of its own: the paths that are written in it.
    Paths(Vec<Path>),
}

/// Macros that only quote what they are given.
const QUOTING: [&str; 7] =
    ["stringify", "quote", "quote_spanned", "parse_quote", "compile_error", "concat", "macro_rules"];

/// Reads what the macro was given.
pub(super) fn parse_given(invocation: &Macro) -> Given {
    let name = invocation.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
    if QUOTING.contains(&name.as_str()) {
        return Given::Expressions(Vec::new());
    }
    let tokens = invocation.tokens.clone();
    if let Ok(list) = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(tokens.clone()) {
        return Given::Expressions(list.into_iter().collect());
    }
    if let Ok(statements) = Block::parse_within.parse2(tokens.clone()) {
        return Given::Statements(statements);
    }
    let mut paths = Vec::new();
    find_paths(tokens, &mut paths);
    Given::Paths(paths)
}

/// Each `a::b::c` among the tokens.
fn find_paths(tokens: TokenStream, paths: &mut Vec<Path>) {
    let mut segments: Vec<PathSegment> = Vec::new();
    let mut colons = 0;
    // A path ends with the first token that does not go on with it.
    let end = |segments: &mut Vec<PathSegment>, paths: &mut Vec<Path>| {
        if !segments.is_empty() {
            paths.push(Path { leading_colon: None, segments: segments.drain(..).collect() });
        }
    };
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => {
                if colons != 2 {
                    end(&mut segments, paths);
                }
                segments.push(ident.into());
                colons = 0;
            }
            TokenTree::Punct(punct) if punct.as_char() == ':' && colons < 2 => colons += 1,
            TokenTree::Group(group) => {
                end(&mut segments, paths);
                find_paths(group.stream(), paths);
                colons = 0;
            }
            _ => {
                end(&mut segments, paths);
                colons = 0;
            }
        }
    }
    end(&mut segments, paths);
}
