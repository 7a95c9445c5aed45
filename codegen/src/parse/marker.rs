//! The attributes that mark methods, recognised by their path.

use std::fmt;

use syn::{Attribute, FnArg, Ident, ImplItem, Path};

use crate::report::Report;

/// An attribute that marks a method of an annotated impl.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marker {
    /// `#[run]`
    Run,
    /// `#[init]`
    Init,
    /// `#[signal]`
    Signal,
    /// `#[query]`
    Query,
    /// `#[update]`
    Update,
    /// `#[update_validator(..)]`
    UpdateValidator,
    /// `#[activity]`
    Activity,
}

impl Marker {
    const ALL: [Self; 7] =
        [Self::Run, Self::Init, Self::Signal, Self::Query, Self::Update, Self::UpdateValidator, Self::Activity];

    /// The attribute's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Run => "run",
            Self::Init => "init",
            Self::Signal => "signal",
            Self::Query => "query",
            Self::Update => "update",
            Self::UpdateValidator => "update_validator",
            Self::Activity => "activity",
        }
    }

    /// The marker of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|marker| marker.name() == name)
    }

    /// The marker that a path stands for: `signal`, `durably::signal`, or below the path given as `crate = ..`. Another
    /// crate's attribute of the same name keeps its meaning when written with its path.
    pub fn of(path: &Path, krate: &Path) -> Option<Self> {
        Self::ALL.into_iter().find(|marker| is_ours(path, krate, marker.name()))
    }
}

/// Attributes of whole items.
const ITEMS: [&str; 3] = ["workflow", "activity", "activities"];

/// Whether a path stands for our attribute of that name.
fn is_ours(path: &Path, krate: &Path, name: &str) -> bool {
    let (Some(first), Some(last)) = (path.segments.first(), path.segments.last()) else { return false };
    let parents = path.segments.len() - 1;
    let below_krate = krate.segments.len() == parents
        && krate.segments.iter().zip(&path.segments).all(|(ours, theirs)| ours.ident == theirs.ident);
    let plain = path.segments.iter().all(|segment| segment.arguments.is_none());
    last.ident == name && plain && (parents == 0 || first.ident == "durably" || below_krate)
}

impl fmt::Display for Marker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#[{}]", self.name())
    }
}

/// Takes our markers out of the attributes of an item.
pub(crate) fn take_markers(attrs: &mut Vec<Attribute>, krate: &Path) -> Vec<(Marker, Attribute)> {
    let mut markers = Vec::new();
    attrs.retain(|attr| match Marker::of(attr.path(), krate) {
        Some(marker) => {
            markers.push((marker, attr.clone()));
            false
        }
        None => true,
    });
    markers
}

/// Takes attributes of whole items, such as a second `#[workflow]`, off an item that one was read of already.
pub(crate) fn refuse_other_attributes(attrs: &mut Vec<Attribute>, read: &str, krate: &Path, report: &mut Report) {
    attrs.retain(|attribute| {
        let Some(name) = ITEMS.into_iter().find(|name| is_ours(attribute.path(), krate, name)) else { return true };
        let message = if name == read {
            format!("`#[{name}]` stands here twice: keep one, with the options of both")
        } else {
            format!("`#[{name}]` and `#[{read}]` do not go together: keep the one that is meant")
        };
        report.error(attribute, message);
        false
    });
}

/// Takes markers off what can have none, such as a field or a parameter.
pub(crate) fn refuse_markers(attrs: &mut Vec<Attribute>, what: &str, krate: &Path, report: &mut Report) {
    for (marker, attribute) in take_markers(attrs, krate) {
        let message =
            format!("`{marker}` belongs on a method of an impl marked `#[workflow]`, not on {what}: remove it here");
        report.error(attribute, message);
    }
}

/// Reports the markers of a method beyond its first.
pub(crate) fn report_other_markers(
    ident: &Ident,
    first: Marker,
    others: impl IntoIterator<Item = (Marker, Attribute)>,
    report: &mut Report,
) {
    for (other, attribute) in others {
        let message = if other == first {
            format!("`{ident}` is marked `{first}` twice: keep one")
        } else {
            format!("`{ident}` is marked both `{first}` and `{other}`, but it can have only one role: keep one")
        };
        report.error(attribute, message);
    }
}

/// Takes our markers off a member. More than one is a mistake, and only the first counts from then on.
pub(crate) fn take_member_markers(
    member: &mut ImplItem,
    krate: &Path,
    report: &mut Report,
) -> Option<(Marker, Attribute)> {
    let (markers, is_method) = match member {
        ImplItem::Fn(function) => (take_markers(&mut function.attrs, krate), true),
        ImplItem::Const(constant) => (take_markers(&mut constant.attrs, krate), false),
        ImplItem::Type(alias) => (take_markers(&mut alias.attrs, krate), false),
        ImplItem::Macro(invocation) => (take_markers(&mut invocation.attrs, krate), false),
        _ => (Vec::new(), false),
    };
    if !is_method {
        for (marker, attribute) in &markers {
            report.error(attribute, format!("`{marker}` belongs on a method"));
        }
    }
    if let ImplItem::Fn(function) = member {
        for parameter in &mut function.sig.inputs {
            let attrs = match parameter {
                FnArg::Receiver(receiver) => &mut receiver.attrs,
                FnArg::Typed(parameter) => &mut parameter.attrs,
            };
            refuse_markers(attrs, "a parameter", krate, report);
        }
    }
    let mut markers = markers.into_iter();
    let first = markers.next();
    if let (Some((marker, _)), ImplItem::Fn(function)) = (&first, &*member) {
        report_other_markers(&function.sig.ident, *marker, markers, report);
    }
    first
}
