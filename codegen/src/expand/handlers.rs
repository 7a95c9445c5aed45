//! Handlers: what each is called, what it takes and how it is called.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Path;

use super::{
    arguments, attrs,
    calls::Call,
    outcome,
    support::{define_marker, marker},
    tables,
};
use crate::model::{Handler, Method, Update, WireName, WorkflowImpl};

/// An impl of `SignalMethod`, `QueryMethod` or `UpdateMethod` for each handler.
pub(super) fn handlers(workflow: &WorkflowImpl) -> TokenStream {
    let self_ty = &workflow.self_ty;
    let signals = workflow.signals.iter().map(|handler| signal(handler, self_ty));
    let queries = workflow.queries.iter().map(|handler| query(handler, self_ty));
    let updates = workflow.updates.iter().map(|handler| update(handler, self_ty));
    quote!(#(#signals)* #(#queries)* #(#updates)*)
}

fn signal(handler: &Handler, self_ty: &Path) -> TokenStream {
    let method = &handler.method;
    let cfg = attrs::cfg(&method.attrs);
    let (define_marker, marker) = (define_marker(method), marker(method));
    let table = tables::handler(handler, false);
    let arguments = argument_list(handler);
    let call = changing_call(method, &quote!(()));
    quote_spanned! {Span::mixed_site()=>
        #define_marker

        #cfg
        impl __::SignalMethod<#marker> for #self_ty {
            const TABLE: __::HandlerTable = #table;
            type Arguments = #arguments;

            #call
        }
    }
}

fn query(handler: &Handler, self_ty: &Path) -> TokenStream {
    let method = &handler.method;
    let cfg = attrs::cfg(&method.attrs);
    let (define_marker, marker) = (define_marker(method), marker(method));
    let table = tables::handler(handler, false);
    let arguments = argument_list(handler);
    let outcome = outcome::members(&method.output);
    let call = Call::new(method);
    let context = call.context_binding();
    let list = arguments::list(&call.names);
    let parameters = call.with_borrowed_context();
    let ident = &method.ident;
    quote_spanned! {Span::mixed_site()=>
        #define_marker

        #cfg
        impl __::QueryMethod<#marker> for #self_ty {
            const TABLE: __::HandlerTable = #table;
            type Arguments = #arguments;
            #outcome

            fn call(
                &self,
                #context: &__::WorkflowContextView,
                #list: Self::Arguments,
            ) -> <Self::Outcome as __::Outcome>::Returned {
                Self::#ident(self, #parameters)
            }
        }
    }
}

fn update(update: &Update, self_ty: &Path) -> TokenStream {
    let method = &update.handler.method;
    let cfg = attrs::cfg(&method.attrs);
    let (define_marker, marker) = (define_marker(method), marker(method));
    let table = tables::handler(&update.handler, update.validator.is_some());
    let arguments = argument_list(&update.handler);
    let outcome = outcome::members(&method.output);
    let validate = update.validator.as_ref().map(|validator| validate(&validator.method));
    let call = changing_call(method, &quote!(<Self::Outcome as __::Outcome>::Returned));
    quote_spanned! {Span::mixed_site()=>
        #define_marker

        #cfg
        impl __::UpdateMethod<#marker> for #self_ty {
            const TABLE: __::HandlerTable = #table;
            type Arguments = #arguments;
            #outcome

            #validate

            #call
        }
    }
}

/// The type of a handler's arguments: for a dynamic one the name and the payloads.
fn argument_list(handler: &Handler) -> TokenStream {
    match handler.name {
        WireName::Named(_) => arguments::list_type(&handler.method),
        WireName::Dynamic(_) => quote!(__::DynamicArguments),
    }
}

/// How a signal or an update is called.
fn changing_call(method: &Method, returned: &TokenStream) -> TokenStream {
    let call = Call::new(method);
    let list = arguments::list(&call.names);
    let ident = &method.ident;
    let (context, body) = match method.asyncness {
        None => {
            let context = call.context_binding();
            let parameters = call.with_borrowed_context();
            let called = quote_spanned!(Span::mixed_site()=> Self::#ident(workflow, #parameters));
            (
                quote_spanned!(Span::mixed_site()=> context),
                quote_spanned!(Span::mixed_site()=> __::call_sync(context, move |workflow: &mut Self, #context| #called)),
            )
        }
        Some(_) => {
            let parameters = call.with_owned_context();
            (
                call.owned_context_binding(),
                quote_spanned!(Span::mixed_site()=> __::call_async(async move { Self::#ident(#parameters).await })),
            )
        }
    };
    quote_spanned! {Span::mixed_site()=>
        fn call(#context: __::WorkflowContext<Self>, #list: Self::Arguments) -> __::Calling<#returned> {
            #body
        }
    }
}

fn validate(method: &Method) -> TokenStream {
    let call = Call::new(method);
    let context = call.context_binding();
    let list = arguments::list(&call.names);
    let parameters = call.with_borrowed_context();
    let ident = &method.ident;
    let split = outcome::split(&method.output);
    quote_spanned! {Span::mixed_site()=>
        fn validate(
            &self,
            #context: &__::WorkflowContextView,
            #list: &Self::Arguments,
        ) -> __::Result<(), __::WorkflowError> {
            __::validated::<#split>(Self::#ident(self, #parameters))
        }
    }
}
