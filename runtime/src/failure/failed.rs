//! A declared failure, or whatever else went wrong.

use std::{error::Error, fmt};

use temporalio_common::ActivityError;
use temporalio_workflow::WorkflowTermination;

/// A declared failure, or whatever else went wrong.
///
/// Callers of a function that declares a [`Failure`](crate::Failure) get it: `E` is the error of the call, such as
/// [`ActivityExecutionError`](crate::ActivityExecutionError). A timeout, a cancellation, a termination, an error of the
/// server and a failure of another type are [`Other`](Failed::Other).
///
/// ```
/// # use durably::prelude::*;
/// # #[derive(Debug, Failure)]
/// # enum PaymentError {
/// #     #[failure(message = "declined: {reason}")]
/// #     Declined { reason: String },
/// #     #[failure(message = "the bank is busy")]
/// #     Busy,
/// # }
/// # #[activity(start_to_close_timeout = "10s")]
/// # async fn charge(card: String) -> Result<u32, PaymentError> { Ok(7) }
/// # #[workflow]
/// # #[derive(Default)]
/// # struct Order;
/// # async fn example(ctx: &WorkflowContext<Order>, card: String) -> WorkflowResult<String> {
/// Ok(match charge::execute(ctx, card).await {
///     Ok(receipt) => format!("receipt {receipt}"),
///     Err(Failed::Declared(PaymentError::Declined { reason })) => format!("declined: {reason}"),
///     Err(Failed::Declared(PaymentError::Busy)) => "busy".to_owned(),
///     Err(Failed::Other(error)) if error.as_timeout().is_some() => "no answer in time".to_owned(),
///     Err(Failed::Other(error)) => return Err(error.into()),
/// })
/// # }
/// ```
///
/// It is also what a function returns that declares a failure and still wants `?` for other errors:
///
/// | function | returns |
/// | --- | --- |
/// | run method | `Result<T, WorkflowFailed<PaymentError>>`, see [`WorkflowFailed`] |
/// | activity | `Result<T, ActivityFailed<PaymentError>>`, see [`ActivityFailed`] |
/// | update, query | `Result<T, UpdateFailed<PaymentError>>`, see [`UpdateFailed`] |
///
/// `?` in them takes the declared failure, a `Failed` of the same failure from a call, and every error that `?` takes in
/// a function that declares nothing.
#[derive(Debug)]
pub enum Failed<F, E> {
    /// A failure that is declared.
    Declared(F),
    /// Whatever else went wrong.
    Other(E),
}

/// What a run method returns that fails with `F`, with `?` for whatever a [`WorkflowResult`](crate::WorkflowResult) takes.
///
/// ```
/// # use durably::prelude::*;
/// # #[derive(Debug, Failure)]
/// # enum OrderError { #[failure(message = "nothing is ordered")] Empty }
/// # #[workflow]
/// # #[derive(Default)]
/// # struct Order { paid: bool }
/// #[workflow]
/// impl Order {
///     #[run]
///     async fn run(ctx: &WorkflowContext<Self>, count: u32) -> Result<(), WorkflowFailed<OrderError>> {
///         if count == 0 {
///             return Err(OrderError::Empty.into());
///         }
///         Ok(ctx.wait_condition(|w| w.paid).await?)
///     }
/// }
/// ```
pub type WorkflowFailed<F> = Failed<F, WorkflowTermination>;

/// What an activity returns that fails with `F`, with `?` for whatever an [`ActivityResult`](crate::ActivityResult) takes.
///
/// ```
/// # use durably::prelude::*;
/// # #[derive(Debug, Failure)]
/// # enum ImportError { #[failure(non_retryable, message = "the file is empty")] Empty }
/// #[activity(start_to_close_timeout = "1m")]
/// async fn import(number: String) -> Result<u32, ActivityFailed<ImportError>> {
///     if number.is_empty() {
///         return Err(ImportError::Empty.into());
///     }
///     Ok(number.parse::<u32>()?)
/// }
/// ```
pub type ActivityFailed<F> = Failed<F, ActivityError>;

/// What an update or a query returns that fails with `F`, with `?` for any other error.
///
/// ```
/// # use durably::prelude::*;
/// # #[derive(Debug, Failure)]
/// # enum DepositError { #[failure(message = "a deposit is more than nothing")] Nothing }
/// # #[workflow]
/// # #[derive(Default)]
/// # struct Account { cents: u32 }
/// #[workflow]
/// impl Account {
/// #     #[run]
/// #     async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<()> { Ok(ctx.wait_condition(|w| w.cents > 99).await?) }
///     #[update]
///     fn deposit(&mut self, cents: String) -> Result<u32, UpdateFailed<DepositError>> {
///         let cents: u32 = cents.parse()?;
///         if cents == 0 {
///             return Err(DepositError::Nothing.into());
///         }
///         self.cents += cents;
///         Ok(self.cents)
///     }
/// }
/// ```
pub type UpdateFailed<F> = Failed<F, Box<dyn Error + Send + Sync>>;

impl<F, E> Failed<F, E> {
    /// The declared failure, if it is one.
    pub fn declared(&self) -> Option<&F> {
        match self {
            Self::Declared(failure) => Some(failure),
            Self::Other(_) => None,
        }
    }

    /// The same with another failure: that of a caller which declares one of its own.
    ///
    /// ```
    /// # use durably::prelude::*;
    /// # #[derive(Debug, Failure)]
    /// # enum PaymentError { #[failure(message = "the bank is busy")] Busy }
    /// # #[derive(Debug, Failure)]
    /// # enum OrderError { #[failure(message = "not paid: {0}")] NotPaid(String) }
    /// # #[activity(start_to_close_timeout = "10s")]
    /// # async fn charge(card: String) -> Result<u32, PaymentError> { Ok(7) }
    /// # #[workflow]
    /// # #[derive(Default)]
    /// # struct Order;
    /// # async fn example(ctx: &WorkflowContext<Order>, card: String) -> Result<u32, WorkflowFailed<OrderError>> {
    /// let charged = charge::execute(ctx, card).await;
    /// let receipt = charged.map_err(|error| error.map_declared(|error| OrderError::NotPaid(error.to_string())))?;
    /// # Ok(receipt) }
    /// ```
    pub fn map_declared<G>(self, change: impl FnOnce(F) -> G) -> Failed<G, E> {
        match self {
            Self::Declared(failure) => Failed::Declared(change(failure)),
            Self::Other(error) => Failed::Other(error),
        }
    }
}

// Not an `Error` of its own: what turns any error into a failure on the wire would know the message of this one, but not
// the type and the details of the failure inside.
impl<F: fmt::Display, E: fmt::Display> fmt::Display for Failed<F, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Declared(failure) => failure.fmt(f),
            Self::Other(error) => error.fmt(f),
        }
    }
}
