//! A signature as the expansion calls it.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::{
    Attribute, FnArg, Ident, Pat, PatType, ReceiverKind, Signature, Type, TypeReference, Visibility, spanned::Spanned,
};

use crate::model::{Argument, Context, Method, Receiver, SpanEq};

use super::attrs::parse_attrs;

/// Reads a method or function. The one parameter taken by reference is the context, all others are arguments.
pub(crate) fn parse_method(attributes: &[Attribute], vis: &Visibility, sig: &Signature) -> Method {
    let parameters: Vec<&PatType> = typed_parameters(sig).collect();
    let position = parameters.iter().position(|parameter| reference(&parameter.ty).is_some());
    let context = position.and_then(|position| context_at(&parameters, position));
    let arguments = parameters
        .iter()
        .enumerate()
        .filter(|(index, _)| Some(*index) != position)
        .map(|(_, parameter)| Argument { ident: parameter_name(parameter), ty: (*parameter.ty).clone() })
        .collect();
    method(attributes, vis, sig, context, arguments)
}

/// Reads a validator, whose arguments are references too: one more of them than the update has arguments is the context.
/// Until the update is known, `context` is empty and all references are arguments; see [`split_validator_context`].
pub(crate) fn parse_validator_method(attributes: &[Attribute], vis: &Visibility, sig: &Signature) -> Method {
    let arguments = typed_parameters(sig)
        .map(|parameter| {
            let behind = reference(&parameter.ty).map_or(&*parameter.ty, |reference| &*reference.elem);
            Argument { ident: parameter_name(parameter), ty: behind.clone() }
        })
        .collect();
    method(attributes, vis, sig, None, arguments)
}

/// Makes the leading argument of a validator its context.
pub(crate) fn split_validator_context(method: &mut Method, sig: &Signature) {
    let parameters: Vec<&PatType> = typed_parameters(sig).collect();
    if let Some(context) = context_at(&parameters, 0) {
        method.arguments.remove(0);
        method.context = Some(context);
    }
}

/// The parameters other than `self`.
pub(crate) fn typed_parameters(sig: &Signature) -> impl Iterator<Item = &PatType> {
    sig.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(parameter) => Some(parameter),
        FnArg::Receiver(_) => None,
    })
}

/// The type as a reference, if it is one.
pub(crate) fn reference(ty: &Type) -> Option<&TypeReference> {
    match ty {
        Type::Reference(reference) => Some(reference),
        Type::Group(group) => reference(&group.elem),
        Type::Paren(paren) => reference(&paren.elem),
        _ => None,
    }
}

fn method(
    attributes: &[Attribute],
    vis: &Visibility,
    sig: &Signature,
    context: Option<Context>,
    arguments: Vec<Argument>,
) -> Method {
    Method {
        attrs: parse_attrs(attributes),
        vis: vis.clone(),
        ident: sig.ident.clone(),
        asyncness: sig.asyncness.map(|asyncness| asyncness.span),
        receiver: parse_receiver(sig),
        context,
        arguments,
        output: sig.output.clone(),
    }
}

fn parse_receiver(sig: &Signature) -> Receiver {
    match sig.receiver() {
        None => Receiver::None,
        Some(receiver) => match &receiver.kind {
            ReceiverKind::Reference(_, _, None) => Receiver::Ref,
            ReceiverKind::Reference(_, _, Some(_)) => Receiver::Mut,
            _ => Receiver::Other(SpanEq(receiver.span())),
        },
    }
}

fn context_at(parameters: &[&PatType], position: usize) -> Option<Context> {
    let parameter = parameters.get(position)?;
    let reference = reference(&parameter.ty)?;
    Some(Context { position, mutable: reference.mutability.is_some(), ty: (*parameter.ty).clone() })
}

/// The name of a parameter. Patterns are rejected later; until then any name does.
fn parameter_name(parameter: &PatType) -> Ident {
    match &*parameter.pat {
        Pat::Ident(pattern) => pattern.ident.clone(),
        _ => Ident::new("argument", Span::call_site()),
    }
}

/// Whether `impl Trait` occurs anywhere in the type.
pub(crate) fn has_impl_trait(ty: &Type) -> bool {
    fn search(tokens: TokenStream) -> bool {
        tokens.into_iter().any(|token| match token {
            proc_macro2::TokenTree::Ident(ident) => ident == "impl",
            proc_macro2::TokenTree::Group(group) => search(group.stream()),
            _ => false,
        })
    }
    search(ty.to_token_stream())
}
