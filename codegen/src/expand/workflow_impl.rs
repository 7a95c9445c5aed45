//! `#[workflow]` on an impl: stubs for callers, tables for workers.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;

use super::{
    arguments, attrs,
    calls::Call,
    determinism, handlers, outcome, stubs,
    support::{block, located, place},
    tables,
};
use crate::model::{Method, WorkflowImpl};

/// What `#[workflow]` on an impl becomes.
pub fn workflow_impl(workflow: &WorkflowImpl) -> TokenStream {
    let item = &workflow.item;
    let user_item = attrs::user_item();
    let input = input(workflow);
    let starters = stubs::starters(workflow, &input.arguments);
    let stubs = stubs::handlers(workflow);
    let handlers = handlers::handlers(workflow);
    let workflow_trait = workflow_trait(workflow, input);
    let implementation = implementation(workflow);
    let questions = determinism::bodies(&workflow.questions, &workflow.self_ty);
    let items = quote! {
        #starters
        #stubs
        #workflow_trait
        #handlers
        #implementation
        #questions
    };
    let block = block(&workflow.krate, &workflow.attrs, &items);
    quote! {
        #user_item
        #item
        #block
    }
}

/// A start takes what the run method takes; if that is nothing, what `#[init]` takes.
fn input(workflow: &WorkflowImpl) -> &Method {
    let run = &workflow.run.method;
    match &workflow.init {
        Some(init) if run.arguments.is_empty() => init,
        _ => run,
    }
}

/// `impl Workflow for Greeting`: the table, and the handlers in its order.
fn workflow_trait(workflow: &WorkflowImpl, input: &Method) -> TokenStream {
    let WorkflowImpl { self_ty, run, signals, queries, updates, .. } = workflow;
    let run_table = tables::run(run, &input.arguments);
    let arguments = arguments::list_type(input);
    let outcome = outcome::members(&run.method.output);
    let id = stubs::id(workflow, &input.arguments);
    let signals: Vec<&Method> = signals.iter().map(|signal| &signal.method).collect();
    let queries: Vec<&Method> = queries.iter().map(|query| &query.method).collect();
    let updates: Vec<&Method> = updates.iter().map(|update| &update.handler.method).collect();
    let signal_tables = each(&signals, |index| quote!(<Self as __::SignalMethod<#index>>::TABLE));
    let query_tables = each(&queries, |index| quote!(<Self as __::QueryMethod<#index>>::TABLE));
    let update_tables = each(&updates, |index| quote!(<Self as __::UpdateMethod<#index>>::TABLE));
    let [signals, queries, updates] =
        [signals, queries, updates].map(|methods| each(&methods, |index| quote!(&__::Handler::<#index>)));
    quote_spanned! {Span::mixed_site()=>
        impl __::Workflow for #self_ty {
            const TABLE: &'static __::WorkflowTable = &__::WorkflowTable {
                workflow: <Self as __::WorkflowType>::TYPE,
                run: #run_table,
                signals: #signal_tables,
                queries: #query_tables,
                updates: #update_tables,
            };
            type Arguments = #arguments;
            #outcome
            #id

            const SIGNALS: &'static [&'static dyn __::SignalHandler<Self>] = #signals;
            const QUERIES: &'static [&'static dyn __::QueryHandler<Self>] = #queries;
            const UPDATES: &'static [&'static dyn __::UpdateHandler<Self>] = #updates;
        }
    }
}

/// `&[..]` with an element for each method that `cfg` lets stay.
fn each(methods: &[&Method], element: impl Fn(Literal) -> TokenStream) -> TokenStream {
    let elements = methods.iter().enumerate().map(|(index, method)| {
        let cfg = attrs::cfg(&method.attrs);
        let element = element(place(index));
        quote!(#cfg #element)
    });
    quote!(&[#(#elements),*])
}

/// `impl WorkflowImplementation for Greeting`: Temporal's own trait, every method handed on.
fn implementation(workflow: &WorkflowImpl) -> TokenStream {
    let self_ty = &workflow.self_ty;
    let has_init = workflow.init.is_some();
    let init_takes_input = workflow.init.as_ref().is_some_and(|init| !init.arguments.is_empty());
    let init = init(workflow);
    let run = run(workflow);
    quote_spanned! {Span::mixed_site()=>
        impl __::ExecutableSyncSignal<__::SyncHandler<Self>> for #self_ty {
            fn handle(&mut self, context: &mut __::SyncWorkflowContext<Self>, input: __::SyncCall<Self>) {
                input.call(self, context);
            }
        }

        impl __::WorkflowImplementation for #self_ty {
            type Run = __::WorkflowOf<Self>;
            const HAS_INIT: bool = #has_init;
            const INIT_TAKES_INPUT: bool = #init_takes_input;

            fn name() -> &'static str {
                <Self as __::WorkflowType>::TYPE.name
            }

            fn definition() -> __::WorkflowDefinitionDescriptor {
                __::definition::<Self>()
            }

            #init

            #run

            fn decode_signal_input(
                name: &str,
                payloads: __::Payloads,
                converter: &__::PayloadConverter,
            ) -> __::Decoded {
                __::decode_signal::<Self>(name, payloads, converter)
            }

            fn dispatch_signal(
                context: __::WorkflowContext<Self>,
                name: &str,
                input: __::Input,
            ) -> __::Calling<()> {
                __::dispatch_signal(context, name, input)
            }

            fn decode_query_input(
                name: &str,
                payloads: &__::Payloads,
                converter: &__::PayloadConverter,
            ) -> __::Decoded {
                __::decode_query::<Self>(name, payloads, converter)
            }

            fn dispatch_query(
                &self,
                context: __::WorkflowContextView,
                name: &str,
                input: __::Input,
            ) -> __::Answer {
                __::dispatch_query(self, &context, name, input)
            }

            fn decode_update_input(
                name: &str,
                payloads: __::Payloads,
                converter: &__::PayloadConverter,
            ) -> __::Decoded {
                __::decode_update::<Self>(name, payloads, converter)
            }

            fn validate_update(
                &self,
                context: __::WorkflowContextView,
                name: &str,
                input: __::Input,
            ) -> __::Result<(), __::WorkflowError> {
                __::validate_update(self, &context, name, input)
            }

            fn dispatch_update(
                context: __::WorkflowContext<Self>,
                name: &str,
                input: __::Input,
            ) -> __::Updating {
                __::dispatch_update(context, name, input)
            }
        }
    }
}

fn init(workflow: &WorkflowImpl) -> TokenStream {
    let (context, input, body) = match &workflow.init {
        None => {
            let span = workflow.self_ty.span().resolved_at(Span::mixed_site());
            (quote!(_), quote!(_), quote_spanned!(span=> __::default_state::<Self>()))
        }
        Some(method) => {
            let call = Call::new(method);
            let ident = &method.ident;
            let parameters = call.with_owned_context();
            let list = arguments::list(&call.names);
            let (input, decoded) = match method.arguments.is_empty() {
                true => (quote!(_), quote!()),
                false => (
                    quote_spanned!(Span::mixed_site()=> input),
                    quote_spanned!(Span::mixed_site()=> let #list = __::init_arguments::<Self>(input);),
                ),
            };
            // A state of another type is reported where the user wrote that type.
            let state = located(quote!(state), &outcome::place(&method.output));
            let body = quote_spanned! {Span::mixed_site()=>
                #decoded
                let #state = Self::#ident(#parameters);
                #state
            };
            (call.owned_context_binding(), input, body)
        }
    };
    quote_spanned! {Span::mixed_site()=>
        fn init(#context: __::WorkflowContextView, #input: __::Option<__::RunInput<Self>>) -> Self {
            #body
        }
    }
}

fn run(workflow: &WorkflowImpl) -> TokenStream {
    let method = &workflow.run.method;
    let call = Call::new(method);
    let context = call.owned_context_binding();
    let parameters = call.with_owned_context();
    let ident = &method.ident;
    let body = quote_spanned!(Span::mixed_site()=> __::Box::pin(async move { Self::#ident(#parameters).await }));
    let run = match method.arguments.is_empty() {
        true => quote_spanned!(Span::mixed_site()=> __::run_without_arguments(context, input, |#context| #body)),
        false => {
            let list = arguments::list(&call.names);
            quote_spanned!(Span::mixed_site()=> __::run(context, input, |#context, #list| #body))
        }
    };
    quote_spanned! {Span::mixed_site()=>
        fn run(context: __::WorkflowContext<Self>, input: __::Option<__::RunInput<Self>>) -> __::Running {
            #run
        }
    }
}
