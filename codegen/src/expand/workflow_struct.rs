//! `#[workflow]` on a struct: the workflow type, and what callers hold of it.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::Ident;

use super::{
    attrs,
    support::{support, with_suffix},
    tables,
};
use crate::model::WorkflowStruct;

/// What `#[workflow]` on a struct becomes.
pub fn workflow_struct(workflow: &WorkflowStruct) -> TokenStream {
    let WorkflowStruct { item, krate, attrs: user, .. } = workflow;
    let support = support(krate);
    let ident = &item.ident;
    let cfg = attrs::cfg(user);
    let generated = attrs::generated();
    let handle = holder(workflow, &support, "Handle", "as a client sees it", &quote!(#support::std::clone::Clone,));
    let child = holder(workflow, &support, "Child", "that a workflow has started as a child", &quote!());
    let external =
        holder(workflow, &support, "External", "as another workflow sees it", &quote!(#support::std::clone::Clone,));
    let [handle_type, child_type, external_type] =
        ["Handle", "Child", "External"].map(|suffix| with_suffix(ident, suffix));
    let table = tables::workflow_type(workflow, &support);
    let task_queue = match workflow.defaults.task_queue {
        Some(_) => quote!(#support::Given),
        None => quote!(#support::MissingTaskQueue),
    };
    quote_spanned! {Span::mixed_site()=>
        #item

        #cfg
        #generated
        impl #support::WorkflowType for #ident {
            const TYPE: &'static #support::WorkflowTypeTable = #table;
            type TaskQueue = #task_queue;
            type Handle = #handle_type;
            type Child = #child_type;
            type External = #external_type;
        }

        #handle
        #child
        #external
    }
}

/// A type of the user's own around one of the runtime, so that the workflow's handlers can be its methods.
fn holder(
    workflow: &WorkflowStruct,
    support: &TokenStream,
    kind: &str,
    what: &str,
    derives: &TokenStream,
) -> TokenStream {
    let ident = &workflow.item.ident;
    let vis = &workflow.item.vis;
    let name = with_suffix(ident, kind);
    let inner = match kind {
        "Handle" => Ident::new("WorkflowHandle", Span::mixed_site()),
        kind => format_ident!("{kind}Handle", span = Span::mixed_site()),
    };
    let summary = format!("A [`{ident}`] workflow {what}.");
    let gap = (!workflow.attrs.docs.is_empty()).then(|| quote!(#[doc = ""]));
    let docs = attrs::docs(&workflow.attrs);
    let for_item = attrs::for_item(&workflow.attrs);
    let cfg = attrs::cfg(&workflow.attrs);
    let generated = attrs::generated();
    quote_spanned! {Span::mixed_site()=>
        #[doc = #summary]
        #gap
        #docs
        #for_item
        #generated
        #[derive(#derives #support::std::fmt::Debug)]
        #vis struct #name(#support::#inner<#ident>);

        #cfg
        #generated
        impl #support::std::convert::From<#support::#inner<#ident>> for #name {
            fn from(inner: #support::#inner<#ident>) -> Self {
                Self(inner)
            }
        }

        #cfg
        #generated
        impl #support::std::convert::From<#name> for #support::#inner<#ident> {
            fn from(outer: #name) -> Self {
                outer.0
            }
        }

        #cfg
        #generated
        impl #support::std::ops::Deref for #name {
            type Target = #support::#inner<#ident>;

            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }
    }
}
