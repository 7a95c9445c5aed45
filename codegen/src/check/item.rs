//! What each attribute may stand on.

use quote::ToTokens;
use syn::{Generics, Item, ItemImpl, ItemStruct, Path, Type};

use crate::report::Report;

/// Reports `#[workflow]` on anything but a struct or an impl.
pub fn reject_workflow_item(item: &Item, report: &mut Report) {
    let hint = match item {
        Item::Fn(_) => ": a function may be an `#[activity]`, and a method inside the impl the `#[run]` method",
        _ => "",
    };
    let message = format!(
        "`#[workflow]` belongs on the struct that holds a workflow's state and on its `impl` block, not on {}{hint}",
        describe(item)
    );
    report.error(head(item), message);
}

/// Reports `#[activity]` on anything but a function.
pub fn reject_activity_item(item: &Item, report: &mut Report) {
    let hint = match item {
        Item::Impl(_) => ": mark the impl `#[activities]` and its methods `#[activity]`",
        _ => "",
    };
    report.error(head(item), format!("`#[activity]` belongs on a function, not on {}{hint}", describe(item)));
}

/// Reports `#[activities]` on anything but an impl.
pub fn reject_activities_item(item: &Item, report: &mut Report) {
    let hint = match item {
        Item::Fn(_) => ": mark a function `#[activity]`",
        Item::Struct(_) => ": mark the `impl` block of the struct",
        _ => "",
    };
    report.error(head(item), format!("`#[activities]` belongs on an `impl` block, not on {}{hint}", describe(item)));
}

/// Reports `#[durably::test]` on anything but a function.
pub fn reject_test_item(item: &Item, report: &mut Report) {
    report.error(head(item), format!("`#[durably::test]` belongs on an `async fn`, not on {}", describe(item)));
}

/// A workflow struct has no generics: its name on the wire stands for one type.
pub(super) fn check_struct(item: &ItemStruct, report: &mut Report) {
    check_generics(&item.generics, &format!("the workflow `{}`", item.ident), report);
}

/// An annotated impl is that of a type, not of a trait, and of one type only.
pub(super) fn check_impl(item: &ItemImpl, attribute: &str, report: &mut Report) {
    if let Some((path, _)) = &item.trait_ {
        let path_name = path.to_token_stream().to_string().replace(' ', "");
        let self_ty = item.self_ty.to_token_stream();
        let message = format!(
            "`#[{attribute}]` belongs on an impl of the type itself, not on one of the trait `{path_name}`: write `impl {self_ty} \
             {{ .. }}`"
        );
        report.error(path, message);
    }
    check_generics(&item.generics, &format!("an impl marked `#[{attribute}]`"), report);
    match self_path(&item.self_ty) {
        None => {
            let message =
                format!("`#[{attribute}]` needs the name of a struct after `impl`: write `impl Name {{ .. }}`");
            report.error(&item.self_ty, message);
        }
        Some(path) => {
            if let Some(segment) = path.segments.iter().find(|segment| !segment.arguments.is_none()) {
                let message = format!(
                    "an impl marked `#[{attribute}]` cannot be of a generic type, since a name on the wire stands for one type: \
                     remove the parameters of `{}`",
                    segment.ident
                );
                report.error(&segment.arguments, message);
            }
        }
    }
}

/// The type of an impl as a path.
pub(super) fn self_path(ty: &Type) -> Option<&Path> {
    match ty {
        Type::Path(path) if path.qself.is_none() => Some(&path.path),
        Type::Group(group) => self_path(&group.elem),
        Type::Paren(paren) => self_path(&paren.elem),
        _ => None,
    }
}

fn check_generics(generics: &Generics, what: &str, report: &mut Report) {
    if !generics.params.is_empty() {
        let message =
            format!("{what} cannot be generic, since a name on the wire stands for one type: remove the parameters");
        report.error(&generics.params, message);
    } else if let Some(clause) = &generics.where_clause {
        report.error(clause, format!("{what} cannot have a `where` clause: remove it"));
    }
}

/// The name of the item, or its first token: underlining all of it would hide the place.
fn head(item: &Item) -> proc_macro2::TokenStream {
    match item {
        Item::Enum(item) => item.ident.to_token_stream(),
        Item::Union(item) => item.ident.to_token_stream(),
        Item::Trait(item) => item.ident.to_token_stream(),
        Item::Struct(item) => item.ident.to_token_stream(),
        Item::Fn(item) => item.sig.ident.to_token_stream(),
        Item::Mod(item) => item.ident.to_token_stream(),
        Item::Type(item) => item.ident.to_token_stream(),
        Item::Const(item) => item.ident.to_token_stream(),
        Item::Static(item) => item.ident.to_token_stream(),
        Item::Impl(item) => item.impl_token.to_token_stream(),
        other => other.to_token_stream().into_iter().take(1).collect(),
    }
}

fn describe(item: &Item) -> &'static str {
    match item {
        Item::Enum(_) => "an enum",
        Item::Union(_) => "a union",
        Item::Trait(_) => "a trait",
        Item::Struct(_) => "a struct",
        Item::Fn(_) => "a function",
        Item::Mod(_) => "a module",
        Item::Type(_) => "a type alias",
        Item::Impl(_) => "an impl",
        _ => "this item",
    }
}
