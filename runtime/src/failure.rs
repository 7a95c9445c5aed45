//! Failures: which ones a caller can match on, and how those of handlers travel.
//!
//! A function declares a failure by returning a `Result` of a type that derives [`Failure`], or of [`Failed`]. On its way
//! out that is an application failure: `sent.rs`. At the caller it is looked for in whatever the call failed with:
//! `found.rs`.

mod carried;
mod convert;
mod declares;
mod details;
mod failed;
mod found;
mod names;
mod sent;

pub(crate) use carried::{CarriedFailure, carried};
pub(crate) use declares::{Declares, Nothing};
pub use details::{Detail, Details};
pub use failed::{ActivityFailed, Failed, UpdateFailed, WorkflowFailed};
pub use found::FailedCall;
pub(crate) use found::UndecodableFailure;
pub use names::FailureNames;
pub use sent::{application_failure, termination};

use std::{error::Error, fmt::Debug};

use temporalio_common::error::ApplicationFailure;
use temporalio_workflow::WorkflowTermination;

use crate::{
    arguments::{ArgumentError, Decoder},
    table::FailureTable,
};

/// An error that a function declares, and that its callers get back as it was: derive it.
///
/// Each variant is an application failure with a type of its own, whose details are the fields. Whatever returns a
/// `Result` with it declares it, and a caller gets a [`Failed`]:
///
/// ```
/// use durably::prelude::*;
///
/// #[derive(Debug, Failure)]
/// enum PaymentError {
///     #[failure(name = "CardDeclined", non_retryable, message = "declined: {reason}")]
///     Declined { reason: String },
///     #[failure(next_retry_delay = "30s", message = "the bank is busy")]
///     Busy,
/// }
///
/// #[activity(start_to_close_timeout = "10s")]
/// async fn charge(card: String) -> Result<u32, PaymentError> {
///     match card.as_str() {
///         "" => Err(PaymentError::Declined { reason: "there is no card".to_owned() }),
///         _ => Ok(7),
///     }
/// }
///
/// # #[workflow]
/// # #[derive(Default)]
/// # struct Order;
/// #[workflow]
/// impl Order {
///     #[run]
///     async fn run(ctx: &WorkflowContext<Self>, card: String) -> WorkflowResult<String> {
///         match charge::execute(ctx, card).await {
///             Ok(receipt) => Ok(format!("receipt {receipt}")),
///             Err(Failed::Declared(PaymentError::Declined { reason })) => Ok(format!("not paid: {reason}")),
///             // A failure of the activity, or a timeout: the workflow fails with it.
///             Err(other) => Err(other.into()),
///         }
///     }
/// }
/// ```
///
/// The options of the derive are those of [`macro@crate::Failure`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a failure",
    label = "no `#[derive(Failure)]` on this type",
    note = "derive `durably::Failure` for the enum whose variants are the failures"
)]
pub trait Failure: FailureMessage + Into<ApplicationFailure> + Into<WorkflowTermination> {
    /// Its variants with their names on the wire, their details and what is said about retries.
    const TABLE: &'static FailureTable;

    /// The place of its variant in the table.
    #[doc(hidden)]
    fn place(failure: &Self) -> usize;

    /// Its fields.
    #[doc(hidden)]
    fn details(failure: Self) -> Details;

    /// The variant at a place, made of its fields.
    #[doc(hidden)]
    fn decode(place: usize, details: &mut Decoder<'_>) -> Result<Self, Box<ArgumentError>>;
}

/// What says in words what has failed: any error.
#[diagnostic::on_unimplemented(
    message = "the failure `{Self}` has no message",
    label = "not a `std::error::Error`",
    note = "write `#[failure(message = \"..\")]` on each variant of `{Self}`, or implement `std::error::Error` yourself, for example with `thiserror`"
)]
// `Error` is not above it: the compiler would report that trait, in words of its own. Nor are `Send` and `Sync`, which
// follow from the fields: each is asked whether it can be a `Detail`.
pub trait FailureMessage: Debug + 'static {
    /// The message.
    fn message(&self) -> String;
}

#[diagnostic::do_not_recommend]
impl<T: Error + 'static> FailureMessage for T {
    fn message(&self) -> String {
        self.to_string()
    }
}

/// The failure type of a callee, as its callers see it.
///
/// Whatever can fail with `E` fails with `F::Or<E>` for its callers: in a client, that is the `kind` of the
/// [`CallError`](crate::CallError). A callee that declares a [`Failure`] has callers that get [`Failed`]`<F, E>`; one that
/// declares nothing is [`Undeclared`], and its callers get `E` itself.
pub trait FailureType: Sized + 'static {
    /// What can fail, if it is declared.
    const DECLARED: Option<&'static FailureTable>;
    /// This failure type, or `E` for whatever else went wrong.
    type Or<E>;

    /// Looks for this failure in the error of a call that does not know of it.
    ///
    /// ```
    /// use durably::{CallError, FailureType, prelude::*, untyped};
    ///
    /// # #[derive(Debug, Failure)]
    /// # enum PaymentError { #[failure(message = "the bank is busy")] Busy }
    /// # async fn example(client: Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let sold = untyped::handle::<u32>(&client, "sale-7").result().await;
    /// match sold.map_err(|error| PaymentError::or(error.into_kind())) {
    ///     Ok(receipt) => println!("receipt {receipt}"),
    ///     Err(Failed::Declared(PaymentError::Busy)) => println!("the bank is busy"),
    ///     Err(Failed::Other(error)) => return Err(error.into()),
    /// }
    /// # Ok(()) }
    /// ```
    fn or<E: FailedCall>(error: E) -> Self::Or<E>;

    /// This failure on the wire, if the error is one; else the error.
    #[doc(hidden)]
    fn sent<E: 'static>(error: E) -> Result<ApplicationFailure, E>;
}

/// No failure type is declared: callers get Temporal's error as it is.
#[derive(Debug, Clone, Copy)]
pub enum Undeclared {}

impl FailureType for Undeclared {
    const DECLARED: Option<&'static FailureTable> = None;
    type Or<E> = E;

    fn or<E: FailedCall>(error: E) -> E {
        error
    }

    fn sent<E: 'static>(error: E) -> Result<ApplicationFailure, E> {
        Err(error)
    }
}

impl<F: Failure> FailureType for F {
    const DECLARED: Option<&'static FailureTable> = Some(F::TABLE);
    type Or<E> = Failed<F, E>;

    fn or<E: FailedCall>(error: E) -> Failed<F, E> {
        found::look_for(error)
    }

    fn sent<E: 'static>(error: E) -> Result<ApplicationFailure, E> {
        convert::declared_in::<F, E>(error).map(application_failure)
    }
}
