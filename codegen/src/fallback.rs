//! What is left of the user's item when something is wrong with it: the item itself, without our attributes.
//!
//! Works on tokens, so it also serves items that do not parse, such as a method whose body ends in `self.` while one types.
//! With the item gone, every use of it would be one more error, and the editor could not help to finish it.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::Path;

use crate::parse::{Marker, is_allow};

/// The item without our markers on it and on its members. Bodies of functions are left alone, since items nested in them are
/// expanded on their own; only `#[durably::allow]` goes there too, where the compiler takes no attribute of ours.
pub(crate) fn strip_markers(item: TokenStream, krate: &Path) -> TokenStream {
    let item = strip_allows(item, krate);
    let members = has_members(&item);
    strip_level(item, krate)
        .into_iter()
        .map(|token| match token {
            TokenTree::Group(group) if members && group.delimiter() == Delimiter::Brace => {
                let mut stripped = Group::new(Delimiter::Brace, strip_level(group.stream(), krate));
                stripped.set_span(group.span());
                TokenTree::Group(stripped)
            }
            other => other,
        })
        .collect()
}

/// Whether the braces of the item hold items of its own.
fn has_members(item: &TokenStream) -> bool {
    item.clone()
        .into_iter()
        .find_map(|token| match token {
            TokenTree::Ident(ident) if ident == "impl" || ident == "trait" => Some(true),
            TokenTree::Ident(ident) if ident == "fn" || ident == "struct" || ident == "enum" => Some(false),
            _ => None,
        })
        .unwrap_or(false)
}

/// Drops each `#[marker]` among these tokens, not looking into groups.
fn strip_level(tokens: TokenStream, krate: &Path) -> TokenStream {
    let (mut output, mut pound) = (Vec::new(), false);
    for token in tokens {
        let after_pound = std::mem::replace(&mut pound, is_pound(&token));
        match token {
            TokenTree::Group(group) if after_pound && is_marker(&group, krate) => drop(output.pop()),
            other => output.push(other),
        }
    }
    output.into_iter().collect()
}

/// Drops each `#[durably::allow(..)]`, however deep.
fn strip_allows(tokens: TokenStream, krate: &Path) -> TokenStream {
    let (mut output, mut pound) = (Vec::new(), false);
    for token in tokens {
        let after_pound = std::mem::replace(&mut pound, is_pound(&token));
        match token {
            TokenTree::Group(group)
                if after_pound && attribute_path(&group).is_some_and(|path| is_allow(&path, krate)) =>
            {
                output.pop();
            }
            TokenTree::Group(group) => {
                let mut stripped = Group::new(group.delimiter(), strip_allows(group.stream(), krate));
                stripped.set_span(group.span());
                output.push(TokenTree::Group(stripped));
            }
            other => output.push(other),
        }
    }
    output.into_iter().collect()
}

fn is_pound(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == '#')
}

fn is_marker(group: &Group, krate: &Path) -> bool {
    attribute_path(group).is_some_and(|path| Marker::of(&path, krate).is_some())
}

/// What stands between the brackets of an attribute, up to its options.
fn attribute_path(group: &Group) -> Option<Path> {
    // Only the path counts: what follows it may be half-typed.
    let path: TokenStream = group
        .stream()
        .into_iter()
        .take_while(|token| match token {
            TokenTree::Ident(_) => true,
            TokenTree::Punct(punct) => punct.as_char() == ':',
            _ => false,
        })
        .collect();
    if group.delimiter() == Delimiter::Bracket { syn::parse2(path).ok() } else { None }
}
