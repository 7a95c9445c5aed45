//! Collects every mistake of one compilation, each at its own place.

use std::fmt::Display;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

/// The mistakes found so far. Stages add to it and go on; only the barrier before the expansion looks at it.
#[derive(Debug, Default)]
pub struct Report {
    errors: Vec<syn::Error>,
}

impl Report {
    /// Adds a mistake that underlines the given tokens.
    pub fn error(&mut self, at: impl ToTokens, message: impl Display) {
        self.errors.push(syn::Error::new_spanned(at, message));
    }

    /// Adds a mistake at a place of which only the span is known.
    pub fn error_at(&mut self, span: Span, message: impl Display) {
        self.errors.push(syn::Error::new(span, message));
    }

    /// Adds an error that something else found.
    pub fn absorb(&mut self, error: impl Into<syn::Error>) {
        self.errors.extend(error.into());
    }

    /// How much is wrong so far.
    pub fn len(&self) -> usize {
        self.errors.len()
    }

    /// Whether nothing is wrong so far.
    pub fn is_empty(&self) -> bool {
        self.errors.is_empty()
    }

    /// One `compile_error!` for each mistake.
    pub fn to_tokens(&self) -> TokenStream {
        self.errors.iter().map(syn::Error::to_compile_error).collect()
    }
}
