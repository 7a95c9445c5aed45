//! Return types, split by the compiler.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::ReturnType;

use super::support::{generic_at, located};

/// `Split<R, IS_RESULT, IS_DECLARED>`: a return type in its parts.
pub(super) fn split(output: &ReturnType) -> TokenStream {
    let returned = match output {
        ReturnType::Default => quote!(()),
        ReturnType::Type(_, ty) => ty.to_token_stream(),
    };
    let arguments = quote! {
        #returned,
        { __::Probe::<#returned>::IS_RESULT },
        { __::Probe::<#returned>::IS_DECLARED }
    };
    generic_at("Split", &arguments, &place(output))
}

/// `type Output`, `type Failure` and `type Outcome`: a return type. What is wrong with it is said where it stands.
pub(super) fn members(output: &ReturnType) -> TokenStream {
    let split = split(output);
    let place = place(output);
    let success = located(quote!(<Self::Outcome as __::Outcome>::Output), &place);
    let failure = located(quote!(<Self::Outcome as __::Outcome>::Failure), &place);
    quote! {
        type Output = #success;
        type Failure = #failure;
        type Outcome = #split;
    }
}

/// The type as written.
pub(super) fn place(output: &ReturnType) -> TokenStream {
    match output {
        ReturnType::Default => TokenStream::new(),
        ReturnType::Type(_, ty) => ty.to_token_stream(),
    }
}
