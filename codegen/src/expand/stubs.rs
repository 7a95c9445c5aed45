//! Typed stubs: what callers call.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{Ident, Path};

use super::{arguments, attrs, outcome, support::beside};
use crate::model::{Argument, Handler, IdPiece, IdTemplate, WireName, WorkflowImpl};

/// `Greeting::start`, `handle`, `child`, `external` and `continue_as_new`.
pub(super) fn starters(workflow: &WorkflowImpl, arguments: &[Argument], support: &TokenStream) -> TokenStream {
    let self_ty = &workflow.self_ty;
    let [handle, child, external] = ["Handle", "Child", "External"].map(|suffix| beside(self_ty, suffix));
    let run = &workflow.run.method.attrs;
    let for_item = attrs::for_item(run);
    let run_docs = attrs::docs(run);
    let gap = (!run.docs.is_empty()).then(|| quote!(#[doc = ""]));
    let parameters = arguments::parameters(arguments, None, support);
    let names = arguments::names(arguments);
    let values = arguments::values(arguments, None, support);
    let cfg = attrs::cfg(&workflow.attrs);
    let generated = attrs::generated();
    quote_spanned! {Span::mixed_site()=>
        #cfg
        #generated
        impl #self_ty {
            /// Starts the workflow: await it for a handle, or call `.execute()` for the result.
            #gap
            #run_docs
            #for_item
            pub fn start(client: &#support::Client, #parameters) -> #support::Start<Self> {
                #support::Start::new(client, Self::arguments(#(#names),*))
            }

            /// The workflow with this id, started before or elsewhere.
            pub fn handle(client: &#support::Client, workflow_id: impl #support::std::convert::Into<#support::std::string::String>) -> #handle {
                #support::std::convert::From::from(#support::WorkflowHandle::<Self>::by_id(client, workflow_id))
            }

            /// Starts the workflow as a child of another: await it for a handle, or call `.execute()` for the result.
            #gap
            #run_docs
            #for_item
            pub fn child<'__context>(context: &'__context impl #support::Commands, #parameters) -> #support::StartChild<'__context, Self> {
                #support::StartChild::new(context, Self::arguments(#(#names),*))
            }

            /// The running workflow with this id, to signal or cancel from another workflow.
            pub fn external(context: &impl #support::Commands, workflow_id: impl #support::std::convert::Into<#support::std::string::String>) -> #external {
                #support::std::convert::From::from(#support::ExternalHandle::<Self>::by_id(context, workflow_id))
            }

            /// A schedule that starts the workflow by the clock: say when, then call `.create()`.
            #gap
            #run_docs
            #for_item
            pub fn schedule(
                client: &#support::Client,
                schedule_id: impl #support::std::convert::Into<#support::std::string::String>,
                #parameters
            ) -> #support::CreateSchedule<Self> {
                #support::CreateSchedule::new(client, schedule_id, Self::arguments(#(#names),*))
            }

            /// The schedule with this id, which starts this workflow.
            pub fn schedule_handle(client: &#support::Client, schedule_id: impl #support::std::convert::Into<#support::std::string::String>) -> #support::ScheduleHandle<Self> {
                #support::ScheduleHandle::by_id(client, schedule_id)
            }

            /// The arguments of a start, for whatever takes them without starting: the change of a schedule.
            #for_item
            pub fn arguments(#parameters) -> #support::RunInput<Self> {
                #support::RunInput::new(#values)
            }

            /// Ends the run of a workflow and goes on as this one: return what awaiting gives.
            #gap
            #run_docs
            #for_item
            pub fn continue_as_new<'__context, __Current: #support::Workflow>(
                context: &'__context #support::WorkflowContext<__Current>,
                #parameters
            ) -> #support::ContinueAsNew<'__context, __Current> {
                #support::ContinueAsNew::new(context, Self::arguments(#(#names),*))
            }
        }

        #cfg
        #generated
        impl #child {
            /// Waits for the child to end and gives its result.
            pub fn result(self) -> #support::ChildResult<#self_ty> {
                <#support::ChildHandle<#self_ty> as #support::std::convert::From<Self>>::from(self).result()
            }
        }
    }
}

/// `type Id`, and `fn id(arguments)` if the attribute gives a template.
pub(super) fn id(workflow: &WorkflowImpl, arguments: &[Argument], support: &TokenStream) -> TokenStream {
    let Some(template) = &workflow.run.id else {
        return quote_spanned!(Span::mixed_site()=> type Id = #support::MissingId;);
    };
    let used = |ident: &Ident| {
        let is = |piece: &IdPiece| matches!(piece, IdPiece::Placeholder { argument, .. } if ident == argument);
        template.pieces.iter().any(is)
    };
    let pattern = arguments::nest(arguments.iter().map(|Argument { ident, .. }| match used(ident) {
        true => quote!(#ident),
        false => quote!(_),
    }));
    let format = format(template, arguments, support);
    quote_spanned! {Span::mixed_site()=>
        type Id = #support::Given;

        fn id(#pattern: &Self::Arguments) -> #support::std::option::Option<#support::std::string::String> {
            #support::std::option::Option::Some(#format)
        }
    }
}

/// `format!("greeting-{}", host)`
fn format(template: &IdTemplate, arguments: &[Argument], support: &TokenStream) -> TokenStream {
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
    quote_spanned!(span=> #support::std::format!(#format, #(#values),*))
}

/// The handlers as methods of what callers hold.
pub(super) fn handlers(workflow: &WorkflowImpl, support: &TokenStream) -> TokenStream {
    let self_ty = &workflow.self_ty;
    let [handle, child, external] = ["Handle", "Child", "External"].map(|suffix| beside(self_ty, suffix));
    let signals: Vec<_> = workflow.signals.iter().map(|signal| Stub::new(signal, self_ty, support)).collect();
    let from_client = signals.iter().flatten().map(Stub::signal);
    let queries = workflow.queries.iter().filter_map(|query| Some(Stub::new(query, self_ty, support)?.query()));
    let updates =
        workflow.updates.iter().filter_map(|update| Some(Stub::new(&update.handler, self_ty, support)?.update()));
    let from_workflow: Vec<_> = signals.iter().flatten().map(Stub::signal_from_workflow).collect();
    let cfg = attrs::cfg(&workflow.attrs);
    let generated = attrs::generated();
    quote_spanned! {Span::mixed_site()=>
        #cfg
        #generated
        impl #handle {
            #(#from_client)*
            #(#queries)*
            #(#updates)*
        }

        #cfg
        #generated
        impl #child {
            #(#from_workflow)*
        }

        #cfg
        #generated
        impl #external {
            #(#from_workflow)*
        }
    }
}

/// A handler with a name of its own, which is what a stub can send. A dynamic one has none.
struct Stub<'a> {
    handler: &'a Handler,
    name: &'a syn::LitStr,
    self_ty: &'a Path,
    support: &'a TokenStream,
}

impl<'a> Stub<'a> {
    fn new(handler: &'a Handler, self_ty: &'a Path, support: &'a TokenStream) -> Option<Self> {
        match &handler.name {
            WireName::Named(name) => Some(Self { handler, name, self_ty, support }),
            WireName::Dynamic(_) => None,
        }
    }

    fn signal(&self) -> TokenStream {
        let Self { name, self_ty, support, .. } = self;
        self.stub(
            "Signal",
            &quote_spanned!(Span::mixed_site()=> #support::Signal<#self_ty>),
            &quote_spanned!(Span::mixed_site()=> #support::Signal::new(self, #name, arguments)),
        )
    }

    fn signal_from_workflow(&self) -> TokenStream {
        let Self { name, support, .. } = self;
        self.stub(
            "Signal",
            &quote_spanned!(Span::mixed_site()=> #support::SignalWorkflow),
            &quote_spanned!(Span::mixed_site()=> self.signal(#name, arguments)),
        )
    }

    fn query(&self) -> TokenStream {
        let Self { name, self_ty, support, .. } = self;
        let output = outcome::output(support, &self.returns());
        self.stub(
            "Query",
            &quote_spanned!(Span::mixed_site()=> #support::QueryCall<#self_ty, #output>),
            &quote_spanned!(Span::mixed_site()=> #support::QueryCall::new(self, #name, arguments)),
        )
    }

    fn update(&self) -> TokenStream {
        let Self { name, self_ty, support, .. } = self;
        let returns = self.returns();
        let output = outcome::output(support, &returns);
        let failure = outcome::failure(support, &returns);
        self.stub(
            "Update",
            &quote_spanned!(Span::mixed_site()=> #support::Update<#self_ty, #output, #failure>),
            &quote_spanned!(Span::mixed_site()=> #support::Update::new(self, #name, arguments)),
        )
    }

    fn returns(&self) -> TokenStream {
        outcome::returns(&self.handler.method.output, Some(self.self_ty), self.support)
    }

    fn stub(&self, kind: &str, returns: &TokenStream, call: &TokenStream) -> TokenStream {
        let Self { handler, name, self_ty, support } = self;
        let method = &handler.method;
        let ident = &method.ident;
        let docs = attrs::docs_or(&method.attrs, &format!("{kind} `{}`.", name.value()));
        let for_item = attrs::for_item(&method.attrs);
        let parameters = arguments::parameters(&method.arguments, Some(self_ty), support);
        let list = arguments::list_type(&method.arguments, Some(self_ty), support);
        let values = arguments::values(&method.arguments, Some(self_ty), support);
        quote_spanned! {Span::mixed_site()=>
            #docs
            #for_item
            pub fn #ident(&self, #parameters) -> #returns {
                let arguments: #list = #values;
                #call
            }
        }
    }
}
