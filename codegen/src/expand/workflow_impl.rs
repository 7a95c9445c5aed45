//! `#[workflow]` on an impl: stubs for callers, tables for workers.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;

use super::{
    arguments, attrs,
    calls::{Call, boxed, context_ident, workflow_ident},
    outcome, stubs,
    support::support,
    tables,
};
use crate::model::{Argument, Handler, Method, Update, Validator, WireName, WorkflowImpl};

/// What `#[workflow]` on an impl becomes.
pub fn workflow_impl(workflow: &WorkflowImpl) -> TokenStream {
    let support = support(&workflow.krate);
    let item = &workflow.item;
    let arguments = workflow_arguments(workflow);
    let starters = stubs::starters(workflow, arguments, &support);
    let handlers = stubs::handlers(workflow, &support);
    let assertions = assertions(workflow, arguments, &support);
    let workflow_trait = workflow_trait(workflow, arguments, &support);
    let implementation = implementation(workflow, &support);
    let users_item = attrs::users_item();
    quote! {
        #users_item
        #item
        #starters
        #handlers
        #assertions
        #workflow_trait
        #implementation
    }
}

/// A start takes what the run method takes; if that is nothing, what `#[init]` takes.
fn workflow_arguments(workflow: &WorkflowImpl) -> &[Argument] {
    let run = &workflow.run.method.arguments;
    match &workflow.init {
        Some(init) if run.is_empty() => &init.arguments,
        _ => run,
    }
}

/// Points at each argument and return type that cannot travel.
fn assertions(workflow: &WorkflowImpl, arguments: &[Argument], support: &TokenStream) -> TokenStream {
    let self_ty = &workflow.self_ty;
    let handlers =
        workflow.signals.iter().chain(&workflow.queries).chain(workflow.updates.iter().map(|update| &update.handler));
    let named = handlers.filter(|handler| matches!(handler.name, WireName::Named(_))).map(|handler| &handler.method);
    let handlers = named.map(|method| {
        let cfg = attrs::cfg(&method.attrs);
        let arguments = arguments::assertions(&method.arguments, Some(self_ty), support);
        quote!(#cfg { #arguments })
    });
    let run = arguments::assertions(arguments, Some(self_ty), support);
    let cfg = attrs::cfg(&workflow.attrs);
    quote_spanned! {Span::mixed_site()=>
        #cfg
        #[allow(deprecated)]
        const _: () = {
            #run
            #(#handlers)*
        };
    }
}

/// `impl Workflow for Greeting`: the table, and the handlers in its order.
fn workflow_trait(workflow: &WorkflowImpl, arguments: &[Argument], support: &TokenStream) -> TokenStream {
    let WorkflowImpl { self_ty, run, signals, queries, updates, .. } = workflow;
    let cfg = attrs::cfg(&workflow.attrs);
    let generated = attrs::generated();
    let split = outcome::split(support, &outcome::returned(&run.method.output, None));
    let output = outcome::output(support, &split);
    let failure = outcome::failure(support, &split);
    let argument_list = arguments::list_type(arguments);
    let run_table = tables::run(run, arguments, support);
    let signal_tables = signals.iter().map(|signal| with_cfg(&signal.method, tables::handler(signal, false, support)));
    let query_tables = queries.iter().map(|query| with_cfg(&query.method, tables::handler(query, false, support)));
    let update_tables = updates.iter().map(|update| with_cfg(&update.handler.method, tables::update(update, support)));
    let signals = signals.iter().map(|signal| with_cfg(&signal.method, self::signal(signal, support)));
    let queries = queries.iter().map(|query| with_cfg(&query.method, self::query(query, support)));
    let updates = updates.iter().map(|update| with_cfg(&update.handler.method, self::update(update, support)));
    quote_spanned! {Span::mixed_site()=>
        #cfg
        #generated
        impl #support::Workflow for #self_ty {
            const TABLE: &'static #support::WorkflowTable = &#support::WorkflowTable {
                workflow: <Self as #support::WorkflowType>::TYPE,
                run: #run_table,
                signals: &[#(#signal_tables),*],
                queries: &[#(#query_tables),*],
                updates: &[#(#update_tables),*],
            };
            type Arguments = #argument_list;
            type Output = #output;
            type Failure = #failure;

            const SIGNALS: &'static [&'static dyn #support::SignalHandler<Self>] = &[#(#signals),*];
            const QUERIES: &'static [&'static dyn #support::QueryHandler<Self>] = &[#(#queries),*];
            const UPDATES: &'static [&'static dyn #support::UpdateHandler<Self>] = &[#(#updates),*];
        }
    }
}

fn with_cfg(method: &Method, element: TokenStream) -> TokenStream {
    let cfg = attrs::cfg(&method.attrs);
    quote!(#cfg #element)
}

/// The type of a handler's arguments: for a dynamic one the name and the payloads.
fn argument_list(handler: &Handler, support: &TokenStream) -> TokenStream {
    match handler.name {
        WireName::Named(_) => arguments::list_type(&handler.method.arguments),
        WireName::Dynamic(_) => quote!(#support::DynamicArguments),
    }
}

/// `&SyncSignal::<Self, A>(|workflow, context, (name, ())| Self::submit(workflow, name))`
fn signal(handler: &Handler, support: &TokenStream) -> TokenStream {
    let list = argument_list(handler, support);
    match handler.method.asyncness {
        None => {
            let closure = sync_closure(&handler.method);
            quote_spanned!(Span::mixed_site()=> &#support::SyncSignal::<Self, #list>(#closure))
        }
        Some(_) => {
            let closure = async_closure(&handler.method, support);
            quote_spanned!(Span::mixed_site()=> &#support::AsyncSignal::<Self, #list>(#closure))
        }
    }
}

fn query(handler: &Handler, support: &TokenStream) -> TokenStream {
    let list = argument_list(handler, support);
    let split = outcome::split(support, &outcome::returned(&handler.method.output, None));
    let closure = sync_closure(&handler.method);
    quote_spanned!(Span::mixed_site()=> &#support::Query::<Self, #list, #split>(#closure))
}

fn update(update: &Update, support: &TokenStream) -> TokenStream {
    let method = &update.handler.method;
    let list = argument_list(&update.handler, support);
    let split = outcome::split(support, &outcome::returned(&method.output, None));
    let (kind, closure) = match method.asyncness {
        None => (quote!(SyncUpdate), sync_closure(method)),
        Some(_) => (quote!(AsyncUpdate), async_closure(method, support)),
    };
    let handler = quote_spanned!(Span::mixed_site()=> #support::#kind::<Self, #list, #split>(#closure));
    let Some(Validator { method: validator, .. }) = &update.validator else {
        return quote!(&#handler);
    };
    let validated = outcome::split(support, &outcome::returned(&validator.output, None));
    let closure = sync_closure(validator);
    quote_spanned! {Span::mixed_site()=>
        &#support::Validated::<Self, #list, _, #validated> { update: #handler, validator: #closure }
    }
}

/// `|workflow, context, (name, ())| Self::submit(workflow, context, name)`
fn sync_closure(method: &Method) -> TokenStream {
    let (workflow, context) = (workflow_ident(), context_ident());
    let call = Call::new(method);
    let binding = call.context_binding(&context);
    let list = arguments::list(&call.names);
    let parameters = call.with_borrowed_context(&context);
    let ident = &method.ident;
    quote_spanned!(Span::mixed_site()=> |#workflow, #binding, #list| Self::#ident(#workflow, #parameters))
}

/// `|context, (name, ())| Box::pin(async move { Self::approve(&context, name).await })`
fn async_closure(method: &Method, support: &TokenStream) -> TokenStream {
    let context = context_ident();
    let call = Call::new(method);
    let binding = call.owned_context_binding(&context);
    let list = arguments::list(&call.names);
    let parameters = call.with_owned_context(&context);
    let ident = &method.ident;
    let body = boxed(support, &quote_spanned!(Span::mixed_site()=> Self::#ident(#parameters).await));
    quote_spanned!(Span::mixed_site()=> |#binding, #list| #body)
}

/// `impl WorkflowImplementation for Greeting`: Temporal's own trait, every method handed on.
fn implementation(workflow: &WorkflowImpl, support: &TokenStream) -> TokenStream {
    let self_ty = &workflow.self_ty;
    let cfg = attrs::cfg(&workflow.attrs);
    let generated = attrs::generated();
    let has_init = workflow.init.is_some();
    let init_takes_input = workflow.init.as_ref().is_some_and(|init| !init.arguments.is_empty());
    let init = init(workflow, support);
    let run = run(workflow, support);
    let any = quote!(#support::std::boxed::Box<dyn #support::std::any::Any>);
    let result = quote!(#support::std::result::Result);
    let decoded = quote!(#result<#support::std::option::Option<#any>, #support::WorkflowError>);
    let answer = quote!(#result<#support::std::boxed::Box<dyn #support::WorkflowOutputValue>, #support::WorkflowError>);
    quote_spanned! {Span::mixed_site()=>
        #cfg
        #generated
        impl #support::ExecutableSyncSignal<#support::SyncHandler<Self>> for #self_ty {
            fn handle(&mut self, context: &mut #support::SyncWorkflowContext<Self>, input: #support::SyncCall<Self>) {
                input.call(self, context);
            }
        }

        #cfg
        #generated
        impl #support::WorkflowImplementation for #self_ty {
            type Run = #support::WorkflowOf<Self>;
            const HAS_INIT: bool = #has_init;
            const INIT_TAKES_INPUT: bool = #init_takes_input;

            fn name() -> &'static str {
                <Self as #support::WorkflowType>::TYPE.name
            }

            fn definition() -> #support::WorkflowDefinitionDescriptor {
                #support::definition::<Self>()
            }

            #init

            #run

            fn decode_signal_input(name: &str, payloads: #support::Payloads, converter: &#support::PayloadConverter) -> #decoded {
                #support::decode_signal::<Self>(name, payloads, converter)
            }

            fn dispatch_signal(
                context: #support::WorkflowContext<Self>,
                name: &str,
                input: #any,
            ) -> #support::LocalBoxFuture<'static, #result<(), #support::WorkflowError>> {
                #support::dispatch_signal(context, name, input)
            }

            fn decode_query_input(name: &str, payloads: &#support::Payloads, converter: &#support::PayloadConverter) -> #decoded {
                #support::decode_query::<Self>(name, payloads, converter)
            }

            fn dispatch_query(&self, context: #support::WorkflowContextView, name: &str, input: #any) -> #answer {
                #support::dispatch_query(self, &context, name, input)
            }

            fn decode_update_input(name: &str, payloads: #support::Payloads, converter: &#support::PayloadConverter) -> #decoded {
                #support::decode_update::<Self>(name, payloads, converter)
            }

            fn validate_update(
                &self,
                context: #support::WorkflowContextView,
                name: &str,
                input: #any,
            ) -> #result<(), #support::WorkflowError> {
                #support::validate_update(self, &context, name, input)
            }

            fn dispatch_update(
                context: #support::WorkflowContext<Self>,
                name: &str,
                input: #any,
            ) -> #support::LocalBoxFuture<'static, #answer> {
                #support::dispatch_update(context, name, input)
            }
        }
    }
}

fn init(workflow: &WorkflowImpl, support: &TokenStream) -> TokenStream {
    let context = context_ident();
    let input = quote_spanned!(Span::mixed_site()=> input);
    let (context_binding, input_binding, body) = match &workflow.init {
        None => {
            let span = workflow.self_ty.span();
            (quote!(_), quote!(_), quote_spanned!(span=> #support::default_state::<Self>()))
        }
        Some(method) => {
            let call = Call::new(method);
            let ident = &method.ident;
            let parameters = call.with_owned_context(&context);
            let list = arguments::list(&call.names);
            let (input_binding, decoded) = match method.arguments.is_empty() {
                true => (quote!(_), quote!()),
                false => (
                    input.clone(),
                    quote_spanned!(Span::mixed_site()=> let #list = #support::init_arguments::<Self>(#input);),
                ),
            };
            let body = quote_spanned!(Span::mixed_site()=> #decoded Self::#ident(#parameters));
            (call.owned_context_binding(&context), input_binding, body)
        }
    };
    quote_spanned! {Span::mixed_site()=>
        fn init(
            #context_binding: #support::WorkflowContextView,
            #input_binding: #support::std::option::Option<#support::RunInput<Self>>,
        ) -> Self {
            #body
        }
    }
}

fn run(workflow: &WorkflowImpl, support: &TokenStream) -> TokenStream {
    let method = &workflow.run.method;
    let span = outcome::output_span(&method.output, method.ident.span());
    let context = context_ident();
    let split = outcome::split(support, &outcome::returned(&method.output, None));
    let call = match method.arguments.is_empty() {
        true => {
            let call = Call::new(method);
            let binding = call.owned_context_binding(&context);
            let parameters = call.with_owned_context(&context);
            let ident = &method.ident;
            let body = boxed(support, &quote_spanned!(Span::mixed_site()=> Self::#ident(#parameters).await));
            let run = quote_spanned!(span=> #support::run_without_arguments::<Self, #split>);
            quote_spanned!(Span::mixed_site()=> #run(context, input, |#binding| #body))
        }
        false => {
            let closure = async_closure(method, support);
            let run = quote_spanned!(span=> #support::run::<Self, #split>);
            quote_spanned!(Span::mixed_site()=> #run(context, input, #closure))
        }
    };
    quote_spanned! {Span::mixed_site()=>
        fn run(
            context: #support::WorkflowContext<Self>,
            input: #support::std::option::Option<#support::RunInput<Self>>,
        ) -> #support::LocalBoxFuture<
            'static,
            #support::std::result::Result<#support::std::boxed::Box<dyn #support::WorkflowOutputValue>, #support::WorkflowTermination>,
        > {
            #call
        }
    }
}
