//! What callers hold of a workflow whose type is not known.

use std::{fmt, ops::Deref};

use super::{IntoArguments, UntypedWorkflow};
use crate::{
    ChildHandle, ExternalHandle, RawValue, Undeclared, WorkflowHandle,
    arguments::{ArgumentValue, Arguments},
    calls::{ChildResult, Query, Signal, SignalWorkflow, Update},
};

macro_rules! holder {
    ($(#[$docs:meta])* $name:ident, $inner:ident) => {
        $(#[$docs])*
        pub struct $name<O: ArgumentValue = RawValue>($inner<UntypedWorkflow<O>>);

        impl<O: ArgumentValue> From<$inner<UntypedWorkflow<O>>> for $name<O> {
            fn from(inner: $inner<UntypedWorkflow<O>>) -> Self {
                Self(inner)
            }
        }

        impl<O: ArgumentValue> Deref for $name<O> {
            type Target = $inner<UntypedWorkflow<O>>;

            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }

        impl<O: ArgumentValue> fmt::Debug for $name<O> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

holder! {
    /// A workflow as a client sees it that does not know its type; its result is an `O`.
    ///
    /// Dereferences to [`WorkflowHandle`], which has the calls that every workflow answers.
    UntypedHandle, WorkflowHandle
}

holder! {
    /// A child workflow whose type is not known; its result is an `O`.
    ///
    /// Dereferences to [`ChildHandle`].
    UntypedChild, ChildHandle
}

holder! {
    /// Another workflow, whose type is not known, as a workflow sees it.
    ///
    /// Dereferences to [`ExternalHandle`].
    UntypedExternal, ExternalHandle
}

impl<O: ArgumentValue> UntypedHandle<O> {
    /// The signal `name`. A workflow without a handler for it drops it.
    pub fn signal(&self, name: impl Into<String>, arguments: impl IntoArguments) -> Signal<UntypedWorkflow<O>> {
        Signal::by_name(self, name.into(), Arguments::new(arguments.into_arguments()))
    }

    /// The query `name`, whose answer is an `A`.
    ///
    /// Errors: besides those of any query, there is no handler of this name.
    pub fn query<A: ArgumentValue>(
        &self,
        name: impl Into<String>,
        arguments: impl IntoArguments,
    ) -> Query<UntypedWorkflow<O>, A> {
        Query::by_name(self, name.into(), Arguments::new(arguments.into_arguments()))
    }

    /// The update `name`, whose answer is an `A`.
    ///
    /// Errors: besides those of any update, there is no handler of this name.
    pub fn update<A: ArgumentValue>(
        &self,
        name: impl Into<String>,
        arguments: impl IntoArguments,
    ) -> Update<UntypedWorkflow<O>, A, Undeclared> {
        Update::by_name(self, name.into(), Arguments::new(arguments.into_arguments()))
    }
}

impl<O: ArgumentValue> Clone for UntypedHandle<O> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<O: ArgumentValue> UntypedChild<O> {
    /// The signal `name`. A workflow without a handler for it drops it.
    pub fn signal(&self, name: impl Into<String>, arguments: impl IntoArguments) -> SignalWorkflow {
        self.0.signal_by_name(name.into(), arguments.into_arguments())
    }

    /// Waits for the child to end and gives its result.
    ///
    /// Errors: the child failed, was cancelled or terminated, timed out, or its output does not decode.
    pub fn result(self) -> ChildResult<UntypedWorkflow<O>> {
        self.0.result()
    }
}

impl<O: ArgumentValue> UntypedExternal<O> {
    /// The signal `name`. A workflow without a handler for it drops it.
    pub fn signal(&self, name: impl Into<String>, arguments: impl IntoArguments) -> SignalWorkflow {
        self.0.signal_by_name(name.into(), arguments.into_arguments())
    }
}

impl<O: ArgumentValue> Clone for UntypedExternal<O> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}
