//! What holds for every output.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::Item;

use super::generate::Case;

/// Attributes that are taken off.
const OURS: [&str; 10] =
    ["run", "init", "signal", "query", "update", "update_validator", "activity", "workflow", "activities", "allow"];

/// Every token of the item is in the output, in its order, but for our attributes; and an output without errors is items.
pub(crate) fn check(case: &Case, output: &TokenStream) -> Result<(), String> {
    let mut returned = Vec::new();
    flatten(output.clone(), false, &mut returned);
    if let Some(lost) = first_lost(case.item.clone(), &returned) {
        // Unless syn writes it in another order, with lifetimes before types.
        let written = syn::parse2::<Item>(case.item.clone()).map(ToTokens::into_token_stream);
        if written.map_or(true, |item| first_lost(item, &returned).is_some()) {
            return Err(format!("`{lost}` of the item is lost"));
        }
    }
    let has_errors = returned.iter().any(|token| token == "compile_error");
    if !has_errors && syn::parse2::<syn::File>(output.clone()).is_err() {
        return Err("the output does not parse".into());
    }
    Ok(())
}

/// The first token of the item that is not in the output, or not in its order.
fn first_lost(item: TokenStream, returned: &[String]) -> Option<String> {
    let mut given = Vec::new();
    flatten(item, true, &mut given);
    let mut rest = returned.iter();
    given.into_iter().find(|token| !rest.any(|other| other == token))
}

fn flatten(tokens: TokenStream, without_ours: bool, flat: &mut Vec<String>) {
    let mut tokens = visible(tokens).into_iter().peekable();
    while let Some(token) = tokens.next() {
        let is_pound = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '#');
        if is_pound && without_ours && matches!(tokens.peek(), Some(TokenTree::Group(group)) if is_ours(group)) {
            tokens.next();
            continue;
        }
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::None => continue,
                };
                flat.push(open.to_owned());
                flatten(group.stream(), without_ours, flat);
                flat.push(close.to_owned());
            }
            other => flat.push(other.to_string()),
        }
    }
}

/// The tokens without the groups that nobody sees, which macros put around what they were given.
fn visible(tokens: TokenStream) -> Vec<TokenTree> {
    let seen = |token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => visible(group.stream()),
        token => vec![token],
    };
    tokens.into_iter().flat_map(seen).collect()
}

fn is_ours(group: &proc_macro2::Group) -> bool {
    group.delimiter() == Delimiter::Bracket
        && group.stream().into_iter().any(|token| OURS.iter().any(|name| token.to_string() == *name))
}
