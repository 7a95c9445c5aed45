//! Whether a type can travel, asked once and where it is written.
//!
//! That an argument cannot would be found wherever the list that it is in has to be an [`ArgumentList`](super::ArgumentList),
//! and said of the list. So an expansion asks first, in a const argument of the type that it names: there the compiler says
//! what the type lacks, underlining the type alone. What has no value for its const argument is an error already, of which
//! nothing more is said.

use std::marker::PhantomData;

use super::ArgumentValue;

/// An [`ArgumentValue`], in words of which the compiler makes a single error: it would report each trait that
/// `ArgumentValue` consists of.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be sent over the wire",
    label = "not an argument or result of a workflow, a handler or an activity",
    note = "derive `serde::Serialize` and `serde::Deserialize` for `{Self}`; it must be `Send`, `Sync` and `'static` too"
)]
pub trait Travels {
    /// It can.
    const TRAVELS: bool = true;
}

#[diagnostic::do_not_recommend]
impl<T: ArgumentValue> Travels for T {}

/// `T`, after a question about it.
pub type Checked<T, const FITS: bool> = <Check<T, FITS> as Fits>::Type;

/// The type `T`, and the answer.
pub struct Check<T, const FITS: bool>(PhantomData<T>);

/// A type to which the answer is yes.
pub trait Fits {
    /// The type.
    type Type;
}

impl<T> Fits for Check<T, true> {
    type Type = T;
}
