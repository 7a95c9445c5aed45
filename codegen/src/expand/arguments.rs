//! Arguments as lists: `(first, (second, ()))`.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Ident, Path, Type, ext::IdentExt};

use super::{
    support::{before_as, without_self},
    text::type_text,
};
use crate::model::{Argument, Method};

/// `Checked<(A, (B, ())), { .. }>`: the type of the list, after each type in it has been asked whether it can travel.
pub(super) fn list_type(method: &Method) -> TokenStream {
    let types = || method.arguments.iter().map(|argument| &argument.ty);
    let list = nest(types().map(ToTokens::to_token_stream));
    let questions = types().map(|ty| travels(&before_as(ty)));
    match method.arguments.is_empty() {
        true => list,
        false => quote!(__::Checked<#list, { #(#questions)&&* }>),
    }
}

/// `<A as Travels>::TRAVELS`: whether a type can be sent. That it cannot is said where it stands.
pub(super) fn travels(ty: &impl ToTokens) -> TokenStream {
    quote_spanned!(Span::mixed_site()=> <#ty as __::Travels>::TRAVELS)
}

/// `(a, (b, ()))`: the list as a value or a pattern.
pub(super) fn list(names: &[Ident]) -> TokenStream {
    nest(names.iter().map(ToTokens::to_token_stream))
}

/// `(first, (second, ()))`
pub(super) fn nest(items: impl DoubleEndedIterator<Item = TokenStream>) -> TokenStream {
    items.rev().fold(quote!(()), |rest, item| quote!((#item, #rest)))
}

/// The names of the arguments.
pub(super) fn names(arguments: &[Argument]) -> Vec<Ident> {
    arguments.iter().map(|argument| argument.ident.clone()).collect()
}

/// The parameters of a stub: strings by `impl IntoArgument<String>`, everything else as it is.
pub(super) fn parameters(arguments: &[Argument], self_ty: Option<&Path>) -> TokenStream {
    let parameters = arguments.iter().map(|Argument { ident, ty }| {
        let ty = resolved(ty, self_ty);
        match is_string(&ty) {
            true => quote!(#ident: impl __::IntoArgument<#ty>),
            false => quote!(#ident: #ty),
        }
    });
    quote!(#(#parameters),*)
}

/// `(a.into(), (b, ()))`: the parameters of a stub as the list.
pub(super) fn values(arguments: &[Argument], self_ty: Option<&Path>) -> TokenStream {
    nest(arguments.iter().map(|Argument { ident, ty }| match is_string(&resolved(ty, self_ty)) {
        true => quote!(__::IntoArgument::into_argument(#ident)),
        false => quote!(#ident),
    }))
}

fn resolved(ty: &Type, self_ty: Option<&Path>) -> Type {
    match self_ty {
        Some(self_ty) => without_self(ty, self_ty),
        None => ty.clone(),
    }
}

/// Whether the type is spelled `String`. By whatever name else, it is taken as it is: a convenience less, never wrong.
fn is_string(ty: &Type) -> bool {
    let Type::Path(path) = ty else { return false };
    let segments: Vec<String> = path.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    path.qself.is_none() && matches!(segments[..], ["String"] | ["std" | "alloc", "string", "String"])
}

/// `&[ArgumentTable { .. }, ..]`
pub(super) fn table(arguments: &[Argument]) -> TokenStream {
    let arguments = arguments.iter().map(|Argument { ident, ty }| table_of(&ident.unraw().to_string(), ty));
    quote!(&[#(#arguments),*])
}

/// `ArgumentTable { .. }`
pub(super) fn table_of(name: &str, ty: &Type) -> TokenStream {
    let text = type_text(ty);
    quote_spanned! {Span::mixed_site()=>
        __::ArgumentTable { name: #name, ty: #text, optional: __::Probe::<#ty>::IS_OPTION }
    }
}
