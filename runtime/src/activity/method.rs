//! Activities that are methods.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use temporalio_common::ActivityError;
use temporalio_sdk::activities::ActivityContext;

use super::{Activities, Activity};
use crate::{
    arguments::{ArgumentList, ArgumentValue},
    failure::FailureType,
    outcome::{ActivityFailure, Outcome},
    table::ActivityTable,
};

/// The activity at place `INDEX` of the impl of `T` that is marked `#[activities]`.
pub struct Method<T, const INDEX: usize>(std::marker::PhantomData<fn() -> T>);

/// What `#[activities]` says of one method.
// That the type is `Send` and `Sync` is asked by `Activities`: said once, it is reported once.
pub trait ActivityMethod<const INDEX: usize>: Sized + 'static {
    /// Its name, its arguments and the defaults of every call.
    const TABLE: &'static ActivityTable;
    /// What it takes.
    type Arguments: ArgumentList;
    /// What it results in.
    type Output: ArgumentValue;
    /// The failure type its callers can match on.
    type Failure: FailureType;
    /// What else it may fail with.
    #[doc(hidden)]
    type Error: ActivityFailure;
    /// What the function returns.
    #[doc(hidden)]
    type Outcome: Outcome<Output = Self::Output, Failure = Self::Failure, Error = Self::Error> + 'static;
    /// Whether the attribute gives a close timeout.
    type CloseTimeout;

    /// Runs it.
    fn call(
        self: Arc<Self>,
        context: ActivityContext,
        arguments: Self::Arguments,
    ) -> BoxFuture<'static, Result<Self::Output, ActivityError>>;
}

impl<T: Activities + ActivityMethod<INDEX>, const INDEX: usize> Activity for Method<T, INDEX> {
    const TABLE: &'static ActivityTable = T::TABLE;
    type Arguments = T::Arguments;
    type Output = T::Output;
    type Failure = T::Failure;
    type Error = T::Error;
    type Outcome = T::Outcome;
    type Receiver = T;
    type CloseTimeout = T::CloseTimeout;

    fn call(
        receiver: Arc<T>,
        context: ActivityContext,
        arguments: Self::Arguments,
    ) -> BoxFuture<'static, Result<Self::Output, ActivityError>> {
        T::call(receiver, context, arguments)
    }
}
