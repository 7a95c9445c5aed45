//! Return types, split by the compiler.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Path, ReturnType, Type, spanned::Spanned};

use super::support::{generic_at, without_self};

/// `Returns<R, IS_RESULT>`: what a function of this signature results in, in its parts.
pub(super) fn returns(output: &ReturnType, self_ty: Option<&Path>, support: &TokenStream) -> TokenStream {
    let (returned, place) = match (output, self_ty) {
        (ReturnType::Default, _) => (quote!(()), TokenStream::new()),
        (ReturnType::Type(_, ty), None) => (quote!(#ty), ty.to_token_stream()),
        (ReturnType::Type(_, ty), Some(self_ty)) => {
            let resolved: Type = without_self(ty, self_ty);
            (quote!(#resolved), ty.to_token_stream())
        }
    };
    let arguments = quote_spanned! {Span::mixed_site()=>
        #returned, { use #support::ProbeDefaults as _; <#support::Probe<#returned>>::IS_RESULT }
    };
    generic_at(support, "Returns", &arguments, &place)
}

/// What a caller gets on success.
pub(super) fn output(support: &TokenStream, returns: &TokenStream) -> TokenStream {
    quote_spanned!(Span::mixed_site()=> <#returns as #support::Outcome>::Output)
}

/// The failure type a caller can match on.
pub(super) fn failure(support: &TokenStream, returns: &TokenStream) -> TokenStream {
    quote_spanned!(Span::mixed_site()=> <#returns as #support::Outcome>::Failure)
}

/// `type Output`, `type Failure` and `type Outcome`: the return type of a workflow or an activity.
pub(super) fn members(output: &ReturnType, support: &TokenStream) -> TokenStream {
    let returns = returns(output, None, support);
    quote_spanned! {Span::mixed_site()=>
        type Output = <Self::Outcome as #support::Outcome>::Output;
        type Failure = <Self::Outcome as #support::Outcome>::Failure;
        type Outcome = #returns;
    }
}

/// Where to point when the return type does not do.
pub(super) fn output_span(output: &ReturnType, otherwise: Span) -> Span {
    match output {
        ReturnType::Default => otherwise,
        ReturnType::Type(_, ty) => ty.span(),
    }
}
