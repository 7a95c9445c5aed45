//! Typed stubs: what callers call.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{Ident, LitStr, Path};

use super::{
    arguments, attrs,
    support::{beside, place},
};
use crate::model::{Argument, Handler, IdPiece, IdTemplate, Method, WireName, WorkflowImpl};

/// `Greeting::start`, `handle`, `child`, `external`, `schedule`, `arguments` and `continue_as_new`.
pub(super) fn starters(workflow: &WorkflowImpl, arguments: &[Argument]) -> TokenStream {
    let self_ty = &workflow.self_ty;
    let [handle, external] = ["Handle", "External"].map(|suffix| beside(self_ty, suffix));
    let run = &workflow.run.method.attrs;
    let for_item = attrs::for_item(run);
    let run_docs = attrs::docs(run);
    let gap = (!run.docs.is_empty()).then(|| quote!(#[doc = ""]));
    let parameters = arguments::parameters(arguments, None);
    let names = arguments::names(arguments);
    let values = arguments::values(arguments, None);
    quote_spanned! {Span::mixed_site()=>
        impl #self_ty {
            /// Starts the workflow: await it for a handle, or call `.execute()` for the result.
            #gap
            #run_docs
            #for_item
            pub fn start(client: &__::Client, #parameters) -> __::Start<Self> {
                __::Start::new(client, Self::arguments(#(#names),*))
            }

            /// The workflow with this id, started before or elsewhere.
            pub fn handle(client: &__::Client, workflow_id: impl __::IntoArgument<__::String>) -> #handle {
                __::From::from(__::WorkflowHandle::<Self>::by_id(client, __::IntoArgument::<__::String>::into_argument(workflow_id)))
            }

            /// Starts the workflow as a child of another: await it for a handle, or call `.execute()` for the result.
            #gap
            #run_docs
            #for_item
            pub fn child<'__context>(
                context: &'__context impl __::Commands,
                #parameters
            ) -> __::StartChild<'__context, Self> {
                __::StartChild::new(context, Self::arguments(#(#names),*))
            }

            /// The running workflow with this id, to signal or cancel from another workflow.
            pub fn external(context: &impl __::Commands, workflow_id: impl __::IntoArgument<__::String>) -> #external {
                __::From::from(__::ExternalHandle::<Self>::by_id(context, __::IntoArgument::<__::String>::into_argument(workflow_id)))
            }

            /// A schedule that starts the workflow by the clock: say when, then call `.create()`.
            #gap
            #run_docs
            #for_item
            pub fn schedule(
                client: &__::Client,
                schedule_id: impl __::IntoArgument<__::String>,
                #parameters
            ) -> __::CreateSchedule<Self> {
                __::CreateSchedule::new(client, __::IntoArgument::<__::String>::into_argument(schedule_id), Self::arguments(#(#names),*))
            }

            /// The schedule with this id, which starts this workflow.
            pub fn schedule_handle(
                client: &__::Client,
                schedule_id: impl __::IntoArgument<__::String>,
            ) -> __::ScheduleHandle<Self> {
                __::ScheduleHandle::by_id(client, __::IntoArgument::<__::String>::into_argument(schedule_id))
            }

            /// Ends the run of a workflow and goes on as this one: return what awaiting gives.
            #gap
            #run_docs
            #for_item
            pub fn continue_as_new<'__context, __Current: __::Workflow>(
                context: &'__context __::WorkflowContext<__Current>,
                #parameters
            ) -> __::ContinueAsNew<'__context, __Current> {
                __::ContinueAsNew::new(context, Self::arguments(#(#names),*))
            }

            /// The arguments of a start, for whatever takes them without starting: the change of a schedule.
            #for_item
            pub fn arguments(#parameters) -> __::RunInput<Self> {
                __::RunInput::new(#values)
            }
        }
    }
}

/// `type Id`, and `fn id_of(arguments)` if the attribute gives a template.
pub(super) fn id(workflow: &WorkflowImpl, arguments: &[Argument]) -> TokenStream {
    let Some(template) = &workflow.run.id else {
        return quote_spanned!(Span::mixed_site()=> type Id = __::MissingId;);
    };
    let used = |ident: &Ident| {
        let is = |piece: &IdPiece| matches!(piece, IdPiece::Placeholder { argument, .. } if ident == argument);
        template.pieces.iter().any(is)
    };
    let pattern = arguments::nest(arguments.iter().map(|Argument { ident, .. }| match used(ident) {
        true => quote!(#ident),
        false => quote!(_),
    }));
    let format = format(template, arguments);
    quote_spanned! {Span::mixed_site()=>
        type Id = __::Given;

        fn id_of(#pattern: &Self::Arguments) -> __::Option<__::String> {
            __::Some(#format)
        }
    }
}

/// `format!("greeting-{}", host)`
fn format(template: &IdTemplate, arguments: &[Argument]) -> TokenStream {
    let span = template.literal.span();
    let mut format = String::new();
    let mut values = Vec::new();
    for piece in &template.pieces {
        match piece {
            IdPiece::Text(text) => format.push_str(&text.replace('{', "{{").replace('}', "}}")),
            IdPiece::Placeholder { argument, fields } => {
                format.push_str("{}");
                // The argument itself, but underlined in the template.
                let argument = arguments.iter().map(|known| &known.ident).find(|ident| *ident == argument);
                let argument = argument.map(|ident| {
                    let mut ident = ident.clone();
                    ident.set_span(ident.span().located_at(span));
                    ident
                });
                let fields = fields.iter().map(|field| format_ident!("{field}", span = span));
                values.push(quote_spanned!(span=> #argument #(.#fields)*));
            }
        }
    }
    quote_spanned!(span=> __::format!(#format, #(#values),*))
}

/// The handlers as methods of what callers hold.
pub(super) fn handlers(workflow: &WorkflowImpl) -> TokenStream {
    let self_ty = &workflow.self_ty;
    let [handle, child, external] = ["Handle", "Child", "External"].map(|suffix| beside(self_ty, suffix));
    let signals: Vec<Stub<'_>> = stubs(&workflow.signals, self_ty).collect();
    let from_client = signals.iter().map(Stub::signal);
    let queries = stubs(&workflow.queries, self_ty).map(|stub| stub.query());
    let updates = stubs(workflow.updates.iter().map(|update| &update.handler), self_ty).map(|stub| stub.update());
    let from_workflow: Vec<TokenStream> = signals.iter().map(Stub::signal_from_workflow).collect();
    quote_spanned! {Span::mixed_site()=>
        impl #handle {
            #(#from_client)*
            #(#queries)*
            #(#updates)*
        }

        impl #child {
            /// Waits for the child to end and gives its result.
            pub fn result(self) -> __::ChildResult<#self_ty> {
                <__::ChildHandle<#self_ty> as __::From<Self>>::from(self).result()
            }

            #(#from_workflow)*
        }

        impl #external {
            #(#from_workflow)*
        }
    }
}

/// A handler with a name of its own, which is what a stub can send. A dynamic one has none.
struct Stub<'a> {
    method: &'a Method,
    name: &'a LitStr,
    /// Its place among the handlers of its kind.
    index: Literal,
    self_ty: &'a Path,
}

fn stubs<'a>(handlers: impl IntoIterator<Item = &'a Handler>, self_ty: &'a Path) -> impl Iterator<Item = Stub<'a>> {
    handlers.into_iter().enumerate().filter_map(move |(index, Handler { method, name })| match name {
        WireName::Named(name) => Some(Stub { method, name, index: place(index), self_ty }),
        WireName::Dynamic(_) => None,
    })
}

impl Stub<'_> {
    fn signal(&self) -> TokenStream {
        let Self { index, self_ty, .. } = self;
        let values = self.values();
        self.stub(
            "Signal",
            &quote_spanned!(Span::mixed_site()=> __::Signal<#self_ty>),
            &quote_spanned!(Span::mixed_site()=> __::Signal::new::<#index>(self, #values)),
        )
    }

    fn signal_from_workflow(&self) -> TokenStream {
        let index = &self.index;
        let values = self.values();
        self.stub(
            "Signal",
            &quote_spanned!(Span::mixed_site()=> __::SignalWorkflow),
            &quote_spanned!(Span::mixed_site()=> self.signal::<#index>(#values)),
        )
    }

    fn query(&self) -> TokenStream {
        let Self { index, self_ty, .. } = self;
        let values = self.values();
        let output = quote_spanned!(Span::mixed_site()=> <#self_ty as __::QueryMethod<#index>>::Output);
        self.stub(
            "Query",
            &quote_spanned!(Span::mixed_site()=> __::Query<#self_ty, #output>),
            &quote_spanned!(Span::mixed_site()=> __::Query::new::<#index>(self, #values)),
        )
    }

    fn update(&self) -> TokenStream {
        let Self { index, self_ty, .. } = self;
        let values = self.values();
        let method = quote_spanned!(Span::mixed_site()=> <#self_ty as __::UpdateMethod<#index>>);
        self.stub(
            "Update",
            &quote_spanned!(Span::mixed_site()=> __::Update<#self_ty, #method::Output, #method::Failure>),
            &quote_spanned!(Span::mixed_site()=> __::Update::new::<#index>(self, #values)),
        )
    }

    fn values(&self) -> TokenStream {
        arguments::values(&self.method.arguments, Some(self.self_ty))
    }

    fn stub(&self, kind: &str, returns: &TokenStream, call: &TokenStream) -> TokenStream {
        let Self { method, name, self_ty, .. } = self;
        let ident = &method.ident;
        let docs = attrs::docs_or(&method.attrs, &format!(" {kind} `{}`.", name.value()));
        let for_item = attrs::for_item(&method.attrs);
        let parameters = arguments::parameters(&method.arguments, Some(self_ty));
        quote_spanned! {Span::mixed_site()=>
            #docs
            #for_item
            pub fn #ident(&self, #parameters) -> #returns {
                #call
            }
        }
    }
}
