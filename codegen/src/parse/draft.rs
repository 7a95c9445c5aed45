//! What was read from an impl, before it is known to make sense: it may lack its run method, or have two.

use syn::{Attribute, Generics, Ident, ItemImpl, Path, Signature, Token};

use crate::model::{ActivityDefaults, Attrs, Failure, IdTemplate, Method, WireName};

/// `#[workflow]` on an impl, as read.
#[derive(Debug)]
pub struct WorkflowDraft {
    /// The user's impl without our attributes.
    pub item: ItemImpl,
    /// The path of the `durably` crate in the user's code.
    pub krate: Path,
    /// Docs, `cfg` and lint attributes of the impl.
    pub attrs: Attrs,
    /// Each method with the marker it has.
    pub methods: Vec<Marked>,
}

/// `#[activities]` on an impl, as read.
#[derive(Debug)]
pub struct ActivitiesDraft {
    /// The user's impl without our attributes.
    pub item: ItemImpl,
    /// The path of the `durably` crate in the user's code.
    pub krate: Path,
    /// Docs, `cfg` and lint attributes of the impl.
    pub attrs: Attrs,
    /// Each method marked `#[activity]`.
    pub methods: Vec<Marked>,
}

/// `#[derive(Failure)]`, as read.
#[derive(Debug)]
pub struct FailureDraft {
    /// The type with its variants.
    pub failure: Failure,
    /// Its parameters, which it must not have.
    pub generics: Generics,
    /// The word `union`, which it must not be.
    pub union: Option<Token![union]>,
}

/// A method with one of our markers.
#[derive(Debug)]
pub struct Marked {
    /// The marker as written.
    pub attribute: Attribute,
    /// What the marker makes of the method.
    pub role: Role,
    /// The signature, for what [`Method`] does not keep.
    pub sig: Signature,
    /// The method as the expansion calls it.
    pub method: Method,
}

/// What a marker makes of a method.
#[derive(Debug)]
pub enum Role {
    /// `#[run(id = "..")]`
    Run {
        /// How a start derives the workflow id.
        id: Option<IdTemplate>,
    },
    /// `#[init]`
    Init,
    /// `#[signal(..)]`
    Signal(WireName),
    /// `#[query(..)]`
    Query(WireName),
    /// `#[update(..)]`
    Update(WireName),
    /// `#[update_validator(..)]`; none where the attribute names no update.
    Validator(Option<Ident>),
    /// `#[activity(..)]`
    Activity {
        /// The activity type on the wire.
        name: syn::LitStr,
        /// What every call begins with.
        defaults: Box<ActivityDefaults>,
    },
}
