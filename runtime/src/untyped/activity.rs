//! An activity whose type is not known.

use std::{marker::PhantomData, sync::Arc};

use futures_util::future::BoxFuture;
use temporalio_common::ActivityError;
use temporalio_sdk::activities::ActivityContext;

use super::UntypedArguments;
use crate::{
    activity::Activity,
    arguments::ArgumentValue,
    failure::{Nothing, Undeclared},
    outcome::Split,
    table::{ActivityDefaults, ActivityTable},
    typestate::MissingTimeout,
};

/// An activity that is called by its name and results in an `O`. No worker runs it: it stands for one that runs elsewhere.
pub struct UntypedActivity<O>(PhantomData<fn() -> O>);

/// What an instance would be; there is none, so it cannot be registered.
#[doc(hidden)]
pub enum NoInstance {}

// What is no activity of the user's is not meant to be this one.
#[diagnostic::do_not_recommend]
impl<O: ArgumentValue> Activity for UntypedActivity<O> {
    const TABLE: &'static ActivityTable = &ActivityTable {
        name: "",
        rust_path: "durably::untyped::UntypedActivity",
        docs: "",
        arguments: &[],
        output: "",
        blocking: false,
        defaults: ActivityDefaults::NONE,
    };
    type Arguments = UntypedArguments;
    type Output = O;
    type Failure = Undeclared;
    type Error = Nothing;
    type Outcome = Split<O, false>;
    type Receiver = NoInstance;
    type CloseTimeout = MissingTimeout;

    fn called(arguments: &UntypedArguments) -> Option<String> {
        Some(arguments.name())
    }

    fn call(
        receiver: Arc<NoInstance>,
        _: ActivityContext,
        _: UntypedArguments,
    ) -> BoxFuture<'static, Result<O, ActivityError>> {
        match *receiver {}
    }
}
