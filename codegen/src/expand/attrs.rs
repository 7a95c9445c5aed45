//! Attributes of the user's items on generated ones.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Expr, ExprLit, Ident, Lit, Meta};

use crate::model::Attrs;

/// The doc comment as one expression of type `&'static str`.
pub(super) fn docs_text(attrs: &Attrs) -> TokenStream {
    let literals: Option<Vec<String>> = attrs.docs.iter().map(literal).collect();
    match literals {
        Some(lines) => {
            let lines: Vec<&str> = lines.iter().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
            let text = lines.join("\n");
            quote!(#text)
        }
        None => {
            let docs = &attrs.docs;
            quote!(__::concat!(#(#docs, "\n"),*))
        }
    }
}

fn literal(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
        _ => None,
    }
}

/// `#[doc = ".."]` for each line of the user's doc comment.
pub(super) fn docs(attrs: &Attrs) -> TokenStream {
    let docs = &attrs.docs;
    quote!(#(#[doc = #docs])*)
}

/// The user's doc comment, else this one, for code that denies missing docs.
pub(super) fn docs_or(attrs: &Attrs, fallback: &str) -> TokenStream {
    match attrs.docs.is_empty() {
        true => quote!(#[doc = #fallback]),
        false => docs(attrs),
    }
}

/// `cfg` alone, for parts that are not items.
pub(super) fn cfg(attrs: &Attrs) -> TokenStream {
    let cfg = &attrs.cfg;
    quote!(#(#cfg)*)
}

/// Everything but docs, for a generated item that a user names.
pub(super) fn for_item(attrs: &Attrs) -> TokenStream {
    let Attrs { docs: _, cfg, lint, deprecated } = attrs;
    let lint = lint.iter().map(without_expect);
    quote!(#(#cfg)* #(#lint)* #(#deprecated)*)
}

/// `#[expect]` is met in the user's item, if at all: the generated one only must not warn.
fn without_expect(attribute: &Attribute) -> Attribute {
    let mut attribute = attribute.clone();
    if let Meta::List(list) = &mut attribute.meta
        && list.path.is_ident("expect")
        && let Some(segment) = list.path.segments.first_mut()
    {
        segment.ident = Ident::new("allow", segment.ident.span());
    }
    attribute
}

/// What generated items must not be blamed for: using what is deprecated, stubs nobody calls, types as private as theirs,
/// how the user spells names, how large the user's errors are, an import that the types in question have no use for.
pub(super) fn generated() -> TokenStream {
    quote! {
        #[allow(
            deprecated, dead_code, private_interfaces, unreachable_pub, non_camel_case_types, non_snake_case, unused_imports,
            clippy::too_many_arguments, clippy::result_large_err
        )]
    }
}

/// What the user's own functions must not be blamed for: the size of Temporal's error types.
pub(super) fn user_item() -> TokenStream {
    quote!(#[allow(clippy::result_large_err)])
}
