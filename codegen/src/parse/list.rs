//! Lists of options: what stands between the parentheses of an attribute.

use std::{collections::HashSet, slice};

use darling::{FromMeta, ast::NestedMeta};
use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::{Attribute, MacroDelimiter, Meta};

use super::place::Place;
use crate::report::Report;

/// Reads a list of options. Each is tried on its own, so a wrong one takes nothing else with it.
pub(crate) fn parse_options<T: FromMeta + Default>(tokens: TokenStream, place: &Place, report: &mut Report) -> T {
    let items = NestedMeta::parse_meta_list(tokens).unwrap_or_else(|error| {
        report.absorb(error);
        Vec::new()
    });
    let mut seen = HashSet::new();
    let mut accepted = Vec::new();
    for item in items {
        let meta = match &item {
            NestedMeta::Meta(meta) => meta,
            NestedMeta::Lit(literal) => {
                let written = literal.to_token_stream();
                report.error(literal, format!("{} takes named options: `{written}` has no name", place.name));
                continue;
            }
            NestedMeta::NameValueInvalidExpr(pair) => {
                let key = pair.path.to_token_stream();
                report.error(&pair.path, format!("what follows `{key} =` is not a value"));
                continue;
            }
        };
        let key = meta.path().to_token_stream().to_string();
        if let Some(refusal) = place.refuse(&key) {
            report.error(meta.path(), refusal);
        } else if !seen.insert(key.clone()) {
            report.error(meta.path(), format!("`{key}` is given twice: keep one"));
        } else if let Err(error) = T::from_list(slice::from_ref(&item)) {
            report.absorb(error);
        } else {
            accepted.push(item);
        }
    }
    T::from_list(&accepted).unwrap_or_default()
}

/// Reports `#[workflow()]`, which the compiler hands on like `#[workflow]`: only the source tells.
pub(crate) fn refuse_empty_parentheses(report: &mut Report) {
    let span = Span::call_site();
    let source = span.source_text().unwrap_or_default();
    let source: String = source.split_whitespace().collect();
    let inside = source.strip_prefix("#[").and_then(|rest| rest.strip_suffix(']'));
    let empty = ["()", "[]", "{}"];
    if let Some(path) = inside.and_then(|inside| empty.iter().find_map(|empty| inside.strip_suffix(empty))) {
        report.error_at(span, format!("empty parentheses: write `#[{path}]`"));
    }
}

/// Reads the options of a marker on a method.
pub(crate) fn parse_marker_options<T: FromMeta + Default>(attr: &Attribute, place: &Place, report: &mut Report) -> T {
    let path = attr.path().to_token_stream().to_string().replace(' ', "");
    match &attr.meta {
        Meta::Path(_) => T::default(),
        Meta::List(list) if !matches!(list.delimiter, MacroDelimiter::Paren(_)) => {
            report.error(list, format!("options stand in parentheses: write `#[{path}({})]`", list.tokens));
            T::default()
        }
        Meta::List(list) if list.tokens.is_empty() => {
            report.error(list, format!("empty parentheses: write `#[{path}]`"));
            T::default()
        }
        Meta::List(list) => parse_options(list.tokens.clone(), place, report),
        Meta::NameValue(pair) => {
            let example = match place.options.first() {
                Some(option) => format!("#[{path}({option} = \"..\")]"),
                None => format!("#[{path}]"),
            };
            report.error(pair, format!("`#[{path}]` takes no bare value: write `{example}`"));
            T::default()
        }
    }
}
