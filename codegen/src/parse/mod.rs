//! Reads annotated syntax. Knows the grammar of our attributes, and reports what does not follow it; whether what was
//! written makes sense is for [`crate::check`] to say.

mod activity;
mod allow;
mod attrs;
mod draft;
mod failure;
mod list;
mod marker;
mod message;
mod method;
mod options;
mod place;
mod rename;
mod role;
mod template;
mod test;
mod value;
mod workflow;

pub use activity::{parse_activities_impl, parse_activity_fn};
pub(crate) use allow::{is_allow, take_allow};
pub use draft::{ActivitiesDraft, FailureDraft, Marked, Role, WorkflowDraft};
pub use failure::parse_failure;
pub(crate) use list::refuse_empty_parentheses;
pub use marker::Marker;
pub(crate) use method::{has_impl_trait, reference, split_validator_context, typed_parameters};
pub use options::parse_crate_path;
pub use test::parse_test;
pub use workflow::{parse_workflow_impl, parse_workflow_struct};
