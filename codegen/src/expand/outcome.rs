//! Return types, split by the compiler.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Path, ReturnType};

use super::support::{generic_at, located, without_self};

/// `Split<R, IS_RESULT>`: a return type in its parts.
pub(super) fn split(output: &ReturnType) -> TokenStream {
    let returned = match output {
        ReturnType::Default => quote!(()),
        ReturnType::Type(_, ty) => ty.to_token_stream(),
    };
    generic_at("Split", &split_arguments(&returned), &place(output))
}

/// `Output<R, IS_RESULT>` and `Failure<R, IS_RESULT>`: the parts by themselves, for use in an impl of another type.
pub(super) fn parts(output: &ReturnType, self_ty: &Path) -> [TokenStream; 2] {
    let returned = match output {
        ReturnType::Default => quote!(()),
        ReturnType::Type(_, ty) => without_self(ty, self_ty).to_token_stream(),
    };
    let arguments = split_arguments(&returned);
    [quote!(__::Output<#arguments>), quote!(__::Failure<#arguments>)]
}

fn split_arguments(returned: &TokenStream) -> TokenStream {
    quote!(#returned, { __::Probe::<#returned>::IS_RESULT })
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
