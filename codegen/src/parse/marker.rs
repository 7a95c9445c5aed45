//! The attributes that mark methods, recognised by their path.

use std::fmt;

use syn::{Attribute, Ident, ImplItem, Path};

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
        let last = path.segments.last()?;
        if !path.segments.iter().all(|segment| segment.arguments.is_none()) {
            return None;
        }
        let first = path.segments.first()?;
        let parents = path.segments.len() - 1;
        let below_krate = krate.segments.len() == parents
            && krate.segments.iter().zip(&path.segments).all(|(ours, theirs)| ours.ident == theirs.ident);
        let ours = parents == 0 || first.ident == "durably" || below_krate;
        if ours { Self::named(&last.ident.to_string()) } else { None }
    }
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
    let mut markers = markers.into_iter();
    let first = markers.next();
    if let (Some((marker, _)), ImplItem::Fn(function)) = (&first, &*member) {
        report_other_markers(&function.sig.ident, *marker, markers, report);
    }
    first
}
