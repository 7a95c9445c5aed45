//! Types that derive `Failure`.

use std::time::Duration;

use proc_macro2::Span;
use syn::{Ident, LitStr, Path, Type};

use super::{Attrs, Spanned};

/// `#[derive(Failure)]`: a type whose variants are application failures.
#[derive(Debug)]
pub struct Failure {
    /// The name of the type.
    pub ident: Ident,
    /// The path of the `durably` crate in the user's code.
    pub krate: Path,
    /// Docs and lint attributes of the type.
    pub attrs: Attrs,
    /// Its variants, in source order. A struct is its own only one.
    pub variants: Vec<FailureVariant>,
    /// Whether it is a struct.
    pub is_struct: bool,
}

/// A variant of a failure.
#[derive(Debug)]
pub struct FailureVariant {
    /// The name of the variant, or of the struct.
    pub ident: Ident,
    /// Docs and lint attributes.
    pub attrs: Attrs,
    /// The type on the wire.
    pub name: LitStr,
    /// `message = ".."`
    pub message: Option<Message>,
    /// The span of `non_retryable`, if it is there.
    pub non_retryable: Option<Span>,
    /// `next_retry_delay = ".."`
    pub next_retry_delay: Option<Spanned<Duration>>,
    /// `category = Benign`: an identifier of the runtime's enum.
    pub category: Option<Ident>,
    /// Its fields: the details of the failure.
    pub fields: Vec<Field>,
    /// How its fields stand.
    pub shape: Shape,
}

/// A field of a failure: a detail.
#[derive(Debug)]
pub struct Field {
    /// Its name, `r#` included where it was written; none in `(A)`.
    pub ident: Option<Ident>,
    /// Its type as written.
    pub ty: Type,
}

/// How the fields of a variant stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// `{ a: A }`
    Named,
    /// `(A)`
    Unnamed,
    /// Nothing at all.
    Unit,
}

/// What a failure says, with placeholders for its fields.
#[derive(Debug)]
pub struct Message {
    /// The literal as written, for its span.
    pub literal: LitStr,
    /// Its text and placeholders in order.
    pub pieces: Vec<MessagePiece>,
}

/// A piece of a [`Message`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MessagePiece {
    /// Literal text, as it stands in a format string: `{{` and `}}` are braces.
    Text(String),
    /// `{field}` or `{field:?}`
    Placeholder {
        /// The name of the field, or its number, as written.
        field: String,
        /// The place of that field, if there is one.
        place: Option<usize>,
        /// What stands behind the name, the colon included.
        format: String,
    },
}

/// A failure in `non_retryable_error_types(..)`.
#[derive(Debug)]
pub enum ErrorType {
    /// `"CardDeclined"`: its type on the wire.
    Name(LitStr),
    /// `PaymentError::Declined`: a variant of a type that derives `Failure`.
    Variant(Path),
}
