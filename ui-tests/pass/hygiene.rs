//! Arguments and handlers with names that generated code could want for itself; a prelude that is not there.

#![no_implicit_prelude]

use ::durably::{WorkflowContext, WorkflowResult, activity, workflow};
use ::std::{default::Default, string::String};

#[workflow(task_queue = "q")]
#[derive(::std::default::Default)]
pub struct Hygiene;

#[workflow]
impl Hygiene {
    #[allow(clippy::too_many_arguments)]
    #[run(id = "{context}-{input}-{arguments}-{client}")]
    async fn run(
        ctx: &WorkflowContext<Self>,
        context: String,
        input: u8,
        arguments: String,
        client: String,
        self_: u8,
        workflow: u8,
        id: String,
    ) -> WorkflowResult<u8> {
        let _ = (ctx, context, arguments, client, id);
        ::std::result::Result::Ok(input + self_ + workflow)
    }

    #[signal]
    fn submit(&mut self, workflow: u8, context: String, submit: u8, arguments: String) {
        let _ = (workflow, context, submit, arguments);
    }

    #[update]
    async fn change(context: &WorkflowContext<Self>, input: u8, change: u8) -> u8 {
        let _ = context;
        input + change
    }

    #[update_validator(change)]
    fn check(&self, input: &u8, change: &u8) -> ::std::result::Result<(), ::std::fmt::Error> {
        let _ = (input, change);
        ::std::result::Result::Ok(())
    }
}

#[activity(start_to_close_timeout = "1s")]
fn compose(context: String, compose: String, call: u8) -> String {
    let _ = (compose, call);
    context
}

pub fn state() -> Hygiene {
    Default::default()
}
