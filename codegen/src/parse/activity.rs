//! `#[activity]` on a function, and `#[activities]` on an impl.

use proc_macro2::TokenStream;
use syn::{ImplItem, ItemFn, ItemImpl};

use super::{
    attrs::parse_attrs,
    draft::{ActivitiesDraft, Marked, Role},
    list::{parse_marker_options, parse_options},
    marker::{Marker, refuse_other_attributes, report_other_markers, take_markers, take_member_markers},
    method::parse_method,
    options::{self, ActivityOptions, ImplOptions},
    place,
    rename::wire_name,
};
use crate::{
    model::{Activity, ActivityFn},
    report::Report,
};

/// Reads `#[activity(..)]` on a function.
pub fn parse_activity_fn(attr: TokenStream, mut item: ItemFn, report: &mut Report) -> ActivityFn {
    let mut options: ActivityOptions = parse_options(attr, &place::ACTIVITY_FN, report);
    let krate = options::crate_path(options.krate.take());
    let others = take_markers(&mut item.attrs, &krate);
    report_other_markers(&item.sig.ident, Marker::Activity, others, report);
    let stub = options.stub.take().map_or_else(|| item.sig.ident.clone(), |name| name.0);
    let name = wire_name(options.name.take().map(|text| text.0), &item.sig.ident, None);
    let method = parse_method(&item.attrs, &item.vis, &item.sig);
    ActivityFn { krate, activity: Activity { method, name, defaults: options.into_defaults(report) }, stub, item }
}

/// Reads `#[activities(..)]` on an impl, with its methods marked `#[activity]`.
pub fn parse_activities_impl(attr: TokenStream, mut item: ItemImpl, report: &mut Report) -> ActivitiesDraft {
    let options: ImplOptions = parse_options(attr, &place::ACTIVITIES, report);
    let krate = options::crate_path(options.krate);
    refuse_other_attributes(&mut item.attrs, "activities", &krate, report);
    let attrs = parse_attrs(&item.attrs);
    let mut methods = Vec::new();
    for member in &mut item.items {
        let Some((marker, attribute)) = take_member_markers(member, &krate, report) else {
            continue;
        };
        let ImplItem::Fn(function) = &*member else {
            continue;
        };
        if marker != Marker::Activity {
            report.error(
                &attribute,
                format!(
                    "`{marker}` belongs on a method inside an impl marked `#[workflow]`, not on one of `#[activities]`"
                ),
            );
            continue;
        }
        let mut activity: ActivityOptions = parse_marker_options(&attribute, &place::ACTIVITY_METHOD, report);
        let name = wire_name(activity.name.take().map(|text| text.0), &function.sig.ident, options.rename_all);
        let defaults = Box::new(activity.into_defaults(report));
        let method = parse_method(&function.attrs, &function.vis, &function.sig);
        methods.push(Marked { attribute, role: Role::Activity { name, defaults }, sig: function.sig.clone(), method });
    }
    ActivitiesDraft { item, krate, attrs, methods }
}
