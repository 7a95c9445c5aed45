//! The state a workflow starts with.

use super::{RunInput, Workflow};

/// A workflow state that needs no `#[init]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no state to start with",
    label = "`{Self}` has neither an `#[init]` method nor `Default`",
    note = "add `#[derive(Default)]` to the struct, or an `#[init] fn new(..) -> Self` that makes the state from the workflow's arguments"
)]
pub trait DefaultState: Sized {
    /// The state of a new workflow.
    fn default_state() -> Self;
}

impl<T: Default> DefaultState for T {
    fn default_state() -> Self {
        T::default()
    }
}

/// The state of a new workflow without `#[init]`.
pub fn default_state<T: DefaultState>() -> T {
    T::default_state()
}

/// The arguments for an `#[init]` method that takes them.
pub fn init_arguments<W: Workflow>(input: Option<RunInput<W>>) -> W::Arguments {
    match input.and_then(RunInput::into_arguments) {
        Some(arguments) => arguments,
        // `INIT_TAKES_INPUT` promises them to `init`, and a worker decodes only a workflow's own arguments.
        None => unreachable!("a worker gives an `init` that takes arguments the decoded arguments"),
    }
}
