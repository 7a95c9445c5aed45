//! What each marker makes of the method under it.

use proc_macro2::TokenStream;
use syn::{Attribute, Ident, LitStr, Meta, ext::IdentExt, parse::Parser};

use super::{
    draft::Role,
    list::parse_marker_options,
    marker::Marker,
    options::{HandlerOptions, NoOptions, RunOptions},
    place::{self, Place},
    rename::{RenameAll, wire_name},
    template::parse_id_template,
};
use crate::{model::WireName, report::Report};

/// Reads the options of a marker on a method of a workflow.
pub(crate) fn parse_role(
    marker: Marker,
    attribute: &Attribute,
    ident: &Ident,
    rename_all: Option<RenameAll>,
    report: &mut Report,
) -> Option<Role> {
    Some(match marker {
        Marker::Run => {
            let options: RunOptions = parse_marker_options(attribute, &place::RUN, report);
            let id = options.id.and_then(|text| parse_id_template(text.0, report));
            Role::Run { id }
        }
        Marker::Init => {
            let NoOptions {} = parse_marker_options(attribute, &place::INIT, report);
            Role::Init
        }
        Marker::Signal => Role::Signal(parse_name(attribute, &place::SIGNAL, ident, rename_all, report)),
        Marker::Query => Role::Query(parse_name(attribute, &place::QUERY, ident, rename_all, report)),
        Marker::Update => Role::Update(parse_name(attribute, &place::UPDATE, ident, rename_all, report)),
        Marker::UpdateValidator => Role::Validator(parse_validated(attribute, report)),
        Marker::Activity => {
            report.error(
                attribute,
                "`#[activity]` belongs on a function, or on a method inside an impl marked `#[activities]`, not on a method of a \
                 workflow",
            );
            return None;
        }
    })
}

fn parse_name(
    attribute: &Attribute,
    place: &Place,
    ident: &Ident,
    rename_all: Option<RenameAll>,
    report: &mut Report,
) -> WireName {
    let options: HandlerOptions = parse_marker_options(attribute, place, report);
    match (options.name, options.dynamic) {
        (Some(name), Some(_)) => {
            let message =
                format!("`{ident}` has both a `name` and `dynamic`, which answers to every other name: keep one");
            report.error(&name.0, message);
            WireName::Named(name.0)
        }
        (None, Some(dynamic)) => WireName::Dynamic(dynamic.0),
        (name, None) => WireName::Named(wire_name(name.map(|text| text.0), ident, rename_all)),
    }
}

/// The update that `#[update_validator(update)]` names.
fn parse_validated(attribute: &Attribute, report: &mut Report) -> Option<Ident> {
    let tokens = match &attribute.meta {
        Meta::List(list) => list.tokens.clone(),
        _ => TokenStream::new(),
    };
    if let Ok(update) = Ident::parse_any.parse2(tokens.clone()) {
        return Some(update);
    }
    let quoted = syn::parse2::<LitStr>(tokens).ok().and_then(|text| text.parse::<Ident>().ok());
    let message = match quoted {
        Some(update) => {
            format!("the update is named without quotes: write `#[update_validator({update})]`")
        }
        None => "`#[update_validator]` names the method of the update it validates: write it as in \
                 `#[update_validator(rename)]`"
            .into(),
    };
    report.error(attribute, message);
    None
}
