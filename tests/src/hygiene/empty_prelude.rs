//! Without the standard prelude, only what is named is there.
#![no_implicit_prelude]

use ::std::{clone::Clone, result::Result::Ok, string::String, vec::Vec};

/// A workflow.
#[::durably::workflow(
    task_queue = "bare",
    run_timeout = "1h",
    retry_policy(maximum_attempts = 1, non_retryable_error_types("A"))
)]
#[derive(::std::default::Default)]
pub struct Bare {
    said: Vec<String>,
    closed: bool,
}

#[::durably::workflow]
impl Bare {
    /// Runs.
    #[run(id = "bare-{who}")]
    async fn run(
        ctx: &::durably::WorkflowContext<Self>,
        who: String,
        times: ::std::option::Option<u8>,
    ) -> ::durably::WorkflowResult<Vec<String>> {
        ctx.wait_condition(|w| w.closed).await?;
        let mut said = ctx.state(|w| w.said.clone());
        said.push(bare_activity::execute(ctx, who, times).await?);
        said.push(BareOwner::activities(ctx).method(3).await?);
        Ok(said)
    }

    #[signal]
    fn say(&mut self, what: String) {
        self.said.push(what);
    }

    #[signal]
    async fn say_later(ctx: &::durably::WorkflowContext<Self>, what: String) {
        ctx.state_mut(|w| w.said.push(what));
    }

    #[signal(dynamic)]
    fn any(&mut self, name: String, _args: ::durably::RawValue) {
        self.said.push(name);
    }

    #[query]
    fn said(&self) -> ::std::primitive::usize {
        self.said.len()
    }

    #[update]
    fn close(
        &mut self,
        _why: ::std::option::Option<String>,
    ) -> ::std::result::Result<bool, ::durably::ApplicationFailure> {
        self.closed = true;
        Ok(true)
    }

    #[update_validator(close)]
    fn check_close(
        &self,
        _why: &::std::option::Option<String>,
    ) -> ::std::result::Result<(), ::durably::ApplicationFailure> {
        Ok(())
    }
}

/// A workflow whose state comes from its arguments.
#[::durably::workflow]
pub struct BareInit(u8);

#[::durably::workflow(rename_all = "PascalCase")]
impl BareInit {
    #[init]
    fn new(_ctx: &::durably::WorkflowContextView, count: u8) -> Self {
        Self(count)
    }

    #[run]
    async fn run(ctx: &::durably::WorkflowContext<Self>) -> u8 {
        ctx.state(|w| w.0)
    }
}

/// An activity.
#[::durably::activity(start_to_close_timeout = "10s", retry_policy(initial_interval = "1s", backoff_coefficient = 1.5))]
pub async fn bare_activity(who: String, _times: ::std::option::Option<u8>) -> ::durably::ActivityResult<String> {
    Ok(who)
}

/// Owns activities.
pub struct BareOwner;

#[::durably::activities]
impl BareOwner {
    /// A plain one.
    #[activity(start_to_close_timeout = "10s")]
    pub fn method(&self, times: u8) -> String {
        ::std::format!("{times}")
    }

    /// A static one.
    #[activity]
    async fn alone(_ctx: &::durably::ActivityContext, _times: u8) {}
}
