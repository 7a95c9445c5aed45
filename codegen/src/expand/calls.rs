//! Calls of the user's own methods and functions.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::Ident;

use super::support::located;
use crate::model::Method;

/// A call of a method with a context and decoded arguments.
pub(super) struct Call<'a> {
    method: &'a Method,
    /// The names the arguments are bound to.
    pub(super) names: Vec<Ident>,
}

impl<'a> Call<'a> {
    pub(super) fn new(method: &'a Method) -> Self {
        // An argument with the name of the function would shadow what is to be called.
        let name = |ident: &Ident| match *ident == method.ident {
            true => format_ident!("{}_argument", ident, span = Span::mixed_site()),
            false => ident.clone(),
        };
        let names = method.arguments.iter().map(|argument| name(&argument.ident)).collect();
        Self { method, names }
    }

    /// `&context, a, b`: what goes between the parentheses, the receiver not counted. `context` is an owned value.
    pub(super) fn with_owned_context(&self) -> TokenStream {
        let mutable = self.method.context.as_ref().is_some_and(|context| context.mutable);
        self.with(if mutable { quote!(&mut context) } else { quote!(&context) })
    }

    /// `context, a, b`: `context` is a reference already.
    pub(super) fn with_borrowed_context(&self) -> TokenStream {
        self.with(quote!(context))
    }

    /// A context of the wrong type is reported where the user wrote that type.
    fn with(&self, context: TokenStream) -> TokenStream {
        let names = &self.names;
        let mut parameters: Vec<TokenStream> = names.iter().map(|name| quote!(#name)).collect();
        if let Some(wanted) = &self.method.context {
            let place = wanted.position.min(parameters.len());
            parameters.insert(place, located(context, &wanted.ty));
        }
        quote!(#(#parameters),*)
    }

    /// The name the context is bound to: `_` where the method does not want it.
    pub(super) fn context_binding(&self) -> TokenStream {
        match &self.method.context {
            None => quote!(_),
            Some(_) => quote_spanned!(Span::mixed_site()=> context),
        }
    }

    /// Like [`Call::context_binding`] for an owned context, which has to be `mut` to be lent as such.
    pub(super) fn owned_context_binding(&self) -> TokenStream {
        match &self.method.context {
            None => quote!(_),
            Some(wanted) if wanted.mutable => quote_spanned!(Span::mixed_site()=> mut context),
            Some(_) => quote_spanned!(Span::mixed_site()=> context),
        }
    }
}
