//! Error types that declare a failure.

use std::error::Error;

use temporalio_common::ActivityError;
use temporalio_workflow::WorkflowTermination;

use super::{Failed, Failure};

/// An error type by which a function declares its failure: the [`Failure`] itself, or [`Failed`] with it.
pub trait Declares: Sized {
    /// The failure.
    type Failure: Failure;
    /// What else the function may fail with.
    type Other;

    /// The failure, or what else it is.
    fn failure(self) -> Result<Self::Failure, Self::Other>;
}

impl<F: Failure> Declares for F {
    type Failure = F;
    type Other = Nothing;

    fn failure(self) -> Result<F, Nothing> {
        Ok(self)
    }
}

impl<F: Failure, E> Declares for Failed<F, E> {
    type Failure = F;
    type Other = E;

    fn failure(self) -> Result<F, E> {
        match self {
            Self::Declared(failure) => Ok(failure),
            Self::Other(error) => Err(error),
        }
    }
}

/// What a function else fails with that returns its failure alone.
pub enum Nothing {}

impl From<Nothing> for WorkflowTermination {
    fn from(nothing: Nothing) -> Self {
        match nothing {}
    }
}

impl From<Nothing> for ActivityError {
    fn from(nothing: Nothing) -> Self {
        match nothing {}
    }
}

impl From<Nothing> for Box<dyn Error + Send + Sync> {
    fn from(nothing: Nothing) -> Self {
        match nothing {}
    }
}
