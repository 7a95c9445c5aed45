//! `#[workflow]` on a struct: the workflow type, and what callers hold of it.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Ident;

use super::{
    attrs, determinism,
    support::{block, support, with_suffix},
    tables,
};
use crate::model::WorkflowStruct;

/// What `#[workflow]` on a struct becomes.
pub fn workflow_struct(workflow: &WorkflowStruct) -> TokenStream {
    let WorkflowStruct { item, krate, attrs: user, .. } = workflow;
    let ident = &item.ident;
    let support = support(krate);
    let clone = quote!(#support::Clone,);
    let handle = Holder::new(workflow, "Handle", "WorkflowHandle", "as a client sees it");
    let child = Holder::new(workflow, "Child", "ChildHandle", "that a workflow has started as a child");
    let external = Holder::new(workflow, "External", "ExternalHandle", "as another workflow sees it");
    let holders = [handle.ty(&clone), child.ty(&quote!()), external.ty(&clone)];
    let conversions = [&handle, &child, &external].map(Holder::conversions);
    let [handle, child, external] = [handle, child, external].map(|holder| holder.name);
    let table = tables::workflow_type(workflow);
    let task_queue = match workflow.defaults.task_queue {
        Some(_) => quote!(__::Given),
        None => quote!(__::MissingTaskQueue),
    };
    let fields = determinism::fields_table(&workflow.fields);
    let questions = determinism::fields(&workflow.fields);
    let items = quote_spanned! {Span::mixed_site()=>
        impl __::WorkflowType for #ident {
            const TYPE: &'static __::WorkflowTypeTable = #table;
            type TaskQueue = #task_queue;
            type Handle = #handle;
            type Child = #child;
            type External = #external;
            #fields
        }

        #(#conversions)*

        #questions
    };
    let block = block(krate, user, &items);
    quote! {
        #item
        #(#holders)*
        #block
    }
}

/// A type of the user's own around one of the runtime, so that the workflow's handlers can be its methods.
struct Holder<'a> {
    workflow: &'a WorkflowStruct,
    name: Ident,
    inner: Ident,
    summary: String,
}

impl<'a> Holder<'a> {
    fn new(workflow: &'a WorkflowStruct, suffix: &str, inner: &str, what: &str) -> Self {
        let ident = &workflow.item.ident;
        Self {
            workflow,
            name: with_suffix(ident, suffix),
            inner: Ident::new(inner, Span::mixed_site()),
            summary: format!(" A [`{ident}`] workflow {what}."),
        }
    }

    fn ty(&self, derives: &TokenStream) -> TokenStream {
        let Self { workflow: WorkflowStruct { item, krate, attrs: user, .. }, name, inner, summary } = self;
        let support = support(krate);
        let (ident, vis) = (&item.ident, &item.vis);
        let gap = (!user.docs.is_empty()).then(|| quote!(#[doc = ""]));
        let docs = attrs::docs(user);
        let for_item = attrs::for_item(user);
        quote_spanned! {Span::mixed_site()=>
            #[doc = #summary]
            #gap
            #docs
            #for_item
            #[allow(deprecated, dead_code, private_interfaces, unreachable_pub)]
            #[derive(#derives #support::Debug)]
            #vis struct #name(#support::#inner<#ident>);
        }
    }

    fn conversions(&self) -> TokenStream {
        let Self { workflow, name, inner, .. } = self;
        let ident = &workflow.item.ident;
        quote_spanned! {Span::mixed_site()=>
            impl __::From<__::#inner<#ident>> for #name {
                fn from(inner: __::#inner<#ident>) -> Self {
                    Self(inner)
                }
            }

            impl __::From<#name> for __::#inner<#ident> {
                fn from(outer: #name) -> Self {
                    outer.0
                }
            }

            impl __::Deref for #name {
                type Target = __::#inner<#ident>;

                fn deref(&self) -> &Self::Target {
                    &self.0
                }
            }
        }
    }
}
