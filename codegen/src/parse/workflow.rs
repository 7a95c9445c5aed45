//! `#[workflow]`: on the struct and on its impl.

use proc_macro2::TokenStream;
use syn::{ImplItem, ItemImpl, ItemStruct};

use super::{
    attrs::parse_attrs,
    draft::{Marked, Role, WorkflowDraft},
    list::parse_options,
    marker::{refuse_markers, refuse_other_attributes, take_member_markers},
    method::{parse_method, parse_validator_method},
    options::{self, ImplOptions, StructOptions},
    place,
    rename::wire_name,
    role::parse_role,
};
use crate::{model::WorkflowStruct, report::Report};

/// Reads `#[workflow(..)]` on a struct.
pub fn parse_workflow_struct(attr: TokenStream, mut item: ItemStruct, report: &mut Report) -> WorkflowStruct {
    let mut options: StructOptions = parse_options(attr, &place::STRUCT, report);
    let krate = options::crate_path(options.krate.take());
    let name = wire_name(options.name.take().map(|text| text.0), &item.ident, None);
    refuse_other_attributes(&mut item.attrs, "workflow", &krate, report);
    for field in &mut item.fields {
        refuse_markers(&mut field.attrs, "a field", &krate, report);
    }
    let attrs = parse_attrs(&item.attrs);
    // The fields are read with the checks, which alone know what matters about them.
    WorkflowStruct { krate, attrs, name, defaults: options.into_defaults(report), fields: Vec::new(), item }
}

/// Reads `#[workflow(..)]` on an impl, with the markers on its methods.
pub fn parse_workflow_impl(attr: TokenStream, mut item: ItemImpl, report: &mut Report) -> WorkflowDraft {
    let options: ImplOptions = parse_options(attr, &place::IMPL, report);
    let krate = options::crate_path(options.krate);
    refuse_other_attributes(&mut item.attrs, "workflow", &krate, report);
    let attrs = parse_attrs(&item.attrs);
    let mut methods = Vec::new();
    for member in &mut item.items {
        let Some((marker, attribute)) = take_member_markers(member, &krate, report) else {
            continue;
        };
        let ImplItem::Fn(function) = &*member else {
            continue;
        };
        let ident = &function.sig.ident;
        let Some(role) = parse_role(marker, &attribute, ident, options.rename_all, report) else {
            continue;
        };
        let method = match &role {
            Role::Validator(_) => parse_validator_method(&function.attrs, &function.vis, &function.sig),
            _ => parse_method(&function.attrs, &function.vis, &function.sig),
        };
        methods.push(Marked { attribute, role, sig: function.sig.clone(), method });
    }
    WorkflowDraft { item, krate, attrs, methods }
}
