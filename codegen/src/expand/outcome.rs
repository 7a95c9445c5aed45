//! Return types, split by the compiler.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Path, ReturnType, Type, spanned::Spanned};

use super::support::without_self;

/// The return type; `()` if none is written.
pub(super) fn returned(output: &ReturnType, self_ty: Option<&Path>) -> TokenStream {
    match (output, self_ty) {
        (ReturnType::Default, _) => quote!(()),
        (ReturnType::Type(_, ty), None) => quote!(#ty),
        (ReturnType::Type(_, ty), Some(self_ty)) => {
            let ty: Type = without_self(ty, self_ty);
            quote!(#ty)
        }
    }
}

/// `Split<Ret, IS_RESULT>`: the return type in its parts.
pub(super) fn split(support: &TokenStream, returned: &TokenStream) -> TokenStream {
    quote_spanned! {Span::mixed_site()=>
        #support::Split<#returned, { use #support::ProbeDefaults as _; <#support::Probe<#returned>>::IS_RESULT }>
    }
}

/// What a caller gets on success.
pub(super) fn output(support: &TokenStream, split: &TokenStream) -> TokenStream {
    quote_spanned!(Span::mixed_site()=> <#split as #support::Outcome>::Output)
}

/// The failure type a caller can match on.
pub(super) fn failure(support: &TokenStream, split: &TokenStream) -> TokenStream {
    quote_spanned!(Span::mixed_site()=> <#split as #support::Outcome>::Failure)
}

/// Where to point when the return type does not do.
pub(super) fn output_span(output: &ReturnType, otherwise: Span) -> Span {
    match output {
        ReturnType::Default => otherwise,
        ReturnType::Type(_, ty) => ty.span(),
    }
}
