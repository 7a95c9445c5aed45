//! Typed stubs: what callers call.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::Path;

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
    let conversions = arguments::conversions(arguments, None, support);
    let list = arguments::list(&arguments::names(arguments));
    let id = match &workflow.run.id {
        Some(template) => {
            let id = id(template, arguments, support);
            quote!(#support::std::option::Option::Some(#id))
        }
        None => quote!(#support::std::option::Option::None),
    };
    let has_id = match &workflow.run.id {
        Some(_) => quote!(#support::Given),
        None => quote!(#support::MissingId),
    };
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
            pub fn start(client: &#support::Client, #parameters) -> #support::Start<Self, #has_id, <Self as #support::WorkflowType>::TaskQueue> {
                #conversions
                let id = #id;
                #support::Start::new(client, #list, id)
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
                #conversions
                let id = #id;
                #support::StartChild::new(context, #list, id)
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
            ) -> #support::CreateSchedule<Self, #has_id, <Self as #support::WorkflowType>::TaskQueue> {
                #conversions
                let id = #id;
                #support::CreateSchedule::new(client, schedule_id, #list, id)
            }

            /// The schedule with this id, which starts this workflow.
            pub fn schedule_handle(client: &#support::Client, schedule_id: impl #support::std::convert::Into<#support::std::string::String>) -> #support::ScheduleHandle<Self> {
                #support::ScheduleHandle::by_id(client, schedule_id)
            }

            /// The arguments of a start, for whatever takes them without starting: the change of a schedule.
            #for_item
            pub fn arguments(#parameters) -> #support::RunInput<Self> {
                #conversions
                #support::RunInput::new(#list)
            }

            /// Ends the run of a workflow and goes on as this one: return what awaiting gives.
            #gap
            #run_docs
            #for_item
            pub fn continue_as_new<'__context, __Current: #support::Workflow>(
                context: &'__context #support::WorkflowContext<__Current>,
                #parameters
            ) -> #support::ContinueAsNew<'__context, __Current> {
                #conversions
                #support::ContinueAsNew::new::<Self>(context, #list)
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

/// `format!("greeting-{}", host)`
fn id(template: &IdTemplate, arguments: &[Argument], support: &TokenStream) -> TokenStream {
    let span = template.literal.span();
    let mut format = String::new();
    let mut values = Vec::new();
    for piece in &template.pieces {
        match piece {
            IdPiece::Text(text) => format.push_str(&text.replace('{', "{{").replace('}', "}}")),
            IdPiece::Placeholder { argument, fields } => {
                format.push_str("{}");
                let argument = arguments.iter().map(|known| &known.ident).find(|ident| *ident == argument);
                let fields = fields.iter().map(|field| format_ident!("{field}"));
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
        let list = self.list();
        self.stub(
            "Signal",
            &quote_spanned!(Span::mixed_site()=> #support::Signal<#self_ty>),
            &quote_spanned!(Span::mixed_site()=> #support::Signal::new(self, #name, #list)),
        )
    }

    fn signal_from_workflow(&self) -> TokenStream {
        let Self { name, support, .. } = self;
        let list = self.list();
        self.stub(
            "Signal",
            &quote_spanned!(Span::mixed_site()=> #support::SignalWorkflow),
            &quote_spanned!(Span::mixed_site()=> self.signal(#name, #list)),
        )
    }

    fn query(&self) -> TokenStream {
        let Self { name, self_ty, support, .. } = self;
        let list = self.list();
        let output = outcome::output(support, &self.split());
        self.stub(
            "Query",
            &quote_spanned!(Span::mixed_site()=> #support::QueryCall<#self_ty, #output>),
            &quote_spanned!(Span::mixed_site()=> #support::QueryCall::new(self, #name, #list)),
        )
    }

    fn update(&self) -> TokenStream {
        let Self { name, self_ty, support, .. } = self;
        let list = self.list();
        let split = self.split();
        let output = outcome::output(support, &split);
        let failure = outcome::failure(support, &split);
        self.stub(
            "Update",
            &quote_spanned!(Span::mixed_site()=> #support::Update<#self_ty, #output, #failure>),
            &quote_spanned!(Span::mixed_site()=> #support::Update::new(self, #name, #list)),
        )
    }

    fn split(&self) -> TokenStream {
        let returned = outcome::returned(&self.handler.method.output, Some(self.self_ty));
        outcome::split(self.support, &returned)
    }

    fn list(&self) -> TokenStream {
        arguments::list(&arguments::names(&self.handler.method.arguments))
    }

    fn stub(&self, kind: &str, returns: &TokenStream, call: &TokenStream) -> TokenStream {
        let Self { handler, name, self_ty, support } = self;
        let method = &handler.method;
        let ident = &method.ident;
        let docs = attrs::docs_or(&method.attrs, &format!("{kind} `{}`.", name.value()));
        let for_item = attrs::for_item(&method.attrs);
        let parameters = arguments::parameters(&method.arguments, Some(self_ty), support);
        let conversions = arguments::conversions(&method.arguments, Some(self_ty), support);
        quote_spanned! {Span::mixed_site()=>
            #docs
            #for_item
            pub fn #ident(&self, #parameters) -> #returns {
                #conversions
                #call
            }
        }
    }
}
