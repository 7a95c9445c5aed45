//! `#[derive(Failure)]`, with `#[failure(..)]` on the type and on its variants.

use darling::FromMeta;
use syn::{Attribute, Data, DeriveInput, Fields, Ident, Variant, ext::IdentExt};

use super::{
    attrs::parse_attrs,
    draft::FailureDraft,
    list::parse_marker_options,
    message::parse_message,
    options::{FailureEnumOptions, FailureOptions, crate_path},
    place::{self, Place},
    rename::{RenameAll, wire_name},
};
use crate::{
    model::{Failure, FailureVariant, Field, Shape},
    report::Report,
};

/// Reads a type that derives `Failure`.
pub fn parse_failure(input: DeriveInput, report: &mut Report) -> FailureDraft {
    let DeriveInput { attrs: attributes, ident, generics, data, .. } = input;
    let attrs = parse_attrs(&attributes);
    let is_struct = matches!(data, Data::Struct(_));
    let mut union = None;
    let (krate, variants) = match data {
        Data::Enum(item) => {
            let options: FailureEnumOptions = parse_failure_options(&attributes, &ident, &place::FAILURE_ENUM, report);
            let rename_all = options.rename_all;
            let variants = item.variants.into_iter().map(|variant| parse_enum_variant(variant, rename_all, report));
            (options.krate, variants.collect())
        }
        Data::Struct(item) => {
            let mut options: FailureOptions =
                parse_failure_options(&attributes, &ident, &place::FAILURE_STRUCT, report);
            let krate = options.krate.take();
            (krate, vec![parse_variant(&attributes, ident.clone(), item.fields, options, None, report)])
        }
        Data::Union(item) => {
            union = Some(item.union_token);
            (None, Vec::new())
        }
    };
    FailureDraft { failure: Failure { ident, krate: crate_path(krate), attrs, variants, is_struct }, generics, union }
}

fn parse_enum_variant(variant: Variant, rename_all: Option<RenameAll>, report: &mut Report) -> FailureVariant {
    let Variant { attrs, ident, fields, .. } = variant;
    let options = parse_failure_options(&attrs, &ident, &place::FAILURE_VARIANT, report);
    parse_variant(&attrs, ident, fields, options, rename_all, report)
}

fn parse_variant(
    attributes: &[Attribute],
    ident: Ident,
    fields: Fields,
    options: FailureOptions,
    rename_all: Option<RenameAll>,
    report: &mut Report,
) -> FailureVariant {
    let name = wire_name(options.name.map(|text| text.0), &ident, rename_all);
    let names = names(&fields);
    let message = options.message.map(|text| parse_message(text.0, &names, report));
    let shape = match &fields {
        Fields::Named(_) => Shape::Named,
        Fields::Unnamed(_) => Shape::Unnamed,
        Fields::Unit => Shape::Unit,
    };
    let fields = fields
        .into_iter()
        .map(|field| {
            for attribute in failure_attributes(&field.attrs) {
                report.error(
                    attribute,
                    format!("`#[failure]` belongs on the variant `{ident}` as a whole, not on a field"),
                );
            }
            Field { ident: field.ident, ty: field.ty }
        })
        .collect();
    FailureVariant {
        attrs: parse_attrs(attributes),
        ident,
        name,
        message,
        non_retryable: options.non_retryable.map(|word| word.0),
        next_retry_delay: options.next_retry_delay.map(|period| period.0),
        category: options.category.map(|category| category.0),
        fields,
        shape,
    }
}

/// How placeholders name the fields.
fn names(fields: &Fields) -> Vec<String> {
    let name = |(index, field): (usize, &syn::Field)| {
        field.ident.as_ref().map_or_else(|| index.to_string(), |ident| ident.unraw().to_string())
    };
    fields.iter().enumerate().map(name).collect()
}

/// The options of the one `#[failure(..)]` on a type or a variant.
fn parse_failure_options<T: FromMeta + Default>(
    attributes: &[Attribute],
    ident: &Ident,
    place: &Place,
    report: &mut Report,
) -> T {
    let mut attributes = failure_attributes(attributes);
    let Some(first) = attributes.next() else { return T::default() };
    for other in attributes {
        report.error(
            other,
            format!("`{ident}` has `#[failure(..)]` twice: write all options into one pair of parentheses"),
        );
    }
    parse_marker_options(first, place, report)
}

fn failure_attributes(attributes: &[Attribute]) -> impl Iterator<Item = &Attribute> {
    attributes.iter().filter(|attribute| attribute.path().is_ident("failure"))
}
