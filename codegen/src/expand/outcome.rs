//! Return types, split by the compiler.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{GenericArgument, Ident, PathArguments, ReturnType, Type};

use super::{
    arguments,
    support::{ends, generic_at},
};

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
    generic_at("Split", &arguments, &part(output, 1))
}

/// `type Output`, `type Failure`, `type Error` and `type Outcome`: a return type. What is wrong with it is said where it
/// stands.
pub(super) fn members(output: &ReturnType) -> TokenStream {
    let split = split(output);
    let success = member_at("Output", &part(output, 0));
    let failure = member_at("Failure", &place(output));
    let error = member_at("Error", &part(output, 1));
    let success = match output {
        ReturnType::Default => success,
        ReturnType::Type(..) => {
            let travels = arguments::travels(&success);
            quote!(__::Checked<#success, { #travels }>)
        }
    };
    quote! {
        type Output = #success;
        type Failure = #failure;
        type Error = #error;
        type Outcome = #split;
    }
}

/// `<Self::Outcome as Outcome>::Member`, underlined where `place` is, as if it were written there.
fn member_at(member: &str, place: &TokenStream) -> TokenStream {
    let (first, last) = ends(place).unwrap_or((Span::mixed_site(), Span::mixed_site()));
    let member = Ident::new(member, last);
    let open = quote_spanned!(first=> <);
    quote!(#open Self::Outcome as __::Outcome>::#member)
}

/// The type as written.
pub(super) fn place(output: &ReturnType) -> TokenStream {
    match output {
        ReturnType::Default => TokenStream::new(),
        ReturnType::Type(_, ty) => ty.to_token_stream(),
    }
}

/// Where the output or the error is written, as far as the spelling of the type tells: it decides what is underlined, and
/// nothing else.
fn part(output: &ReturnType, index: usize) -> TokenStream {
    let written = match output {
        ReturnType::Type(_, ty) => result_arguments(ty).and_then(|arguments| arguments.into_iter().nth(index)),
        ReturnType::Default => None,
    };
    written.map_or_else(|| place(output), ToTokens::to_token_stream)
}

/// The types between the angle brackets of what is called a result.
fn result_arguments(ty: &Type) -> Option<Vec<&Type>> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    let types = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    last.ident.to_string().ends_with("Result").then(|| types.collect())
}
