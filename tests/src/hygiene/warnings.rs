//! Every warning is an error, of rustc and of clippy, and nothing is used that need not be.
#![deny(warnings, unused, nonstandard_style, rust_2018_idioms, let_underscore)]
#![deny(clippy::all, clippy::pedantic)]
// What a handler looks like is not for the user to choose. All else, and all that is generated, has to please.
#![allow(clippy::needless_pass_by_value, clippy::unnecessary_wraps, clippy::unused_async)]
#![deny(
    unused_qualifications,
    unused_lifetimes,
    single_use_lifetimes,
    missing_debug_implementations,
    missing_copy_implementations,
    trivial_casts,
    trivial_numeric_casts,
    unreachable_pub,
    elided_lifetimes_in_paths,
    explicit_outlives_requirements,
    unit_bindings,
    variant_size_differences,
    redundant_lifetimes,
    macro_use_extern_crate,
    meta_variable_misuse,
    unsafe_code
)]

use durably::prelude::*;

/// A workflow.
#[workflow(task_queue = "warnings", execution_timeout = "1h30m", id_conflict_policy = UseExisting)]
#[derive(Default, Debug)]
pub struct Warned {
    names: Vec<String>,
}

#[workflow(rename_all = "camelCase")]
impl Warned {
    #[run(id = "warned-{name}")]
    async fn run(ctx: &WorkflowContext<Self>, name: String) -> WorkflowResult<()> {
        composed::execute(ctx, name).await?;
        WarnedOwner::activities(ctx).method().await?;
        Ok(())
    }

    #[signal]
    fn greeted(&mut self, name: String) {
        self.names.push(name);
    }

    #[signal]
    async fn greeted_later(ctx: &WorkflowContext<Self>, name: String) {
        ctx.timer(Duration::from_secs(1)).await;
        ctx.state_mut(|w| w.names.push(name));
    }

    #[query]
    fn names(&self) -> Vec<String> {
        self.names.clone()
    }

    #[update]
    fn forget(&mut self, name: String) -> Result<bool, ApplicationFailure> {
        let before = self.names.len();
        self.names.retain(|known| *known != name);
        Ok(self.names.len() < before)
    }

    #[update_validator(forget)]
    fn check_forget(&self, name: &str) -> Result<(), ApplicationFailure> {
        if self.names.is_empty() {
            return Err(ApplicationFailure::non_retryable(format!("nobody is known, not even {name}")));
        }
        Ok(())
    }
}

/// A workflow without arguments, results, handlers, and callers.
#[workflow]
#[derive(Default, Debug, Clone, Copy)]
struct Alone;

#[workflow]
impl Alone {
    #[run]
    async fn run() {}
}

const _: fn(&Client, &str) -> Worker = |client, task_queue| Worker::new(client, task_queue).workflow::<Alone>();

#[activity(start_to_close_timeout = "10s")]
async fn composed(name: String) {
    drop(name);
}

/// Owns activities.
#[derive(Debug, Clone, Copy)]
pub struct WarnedOwner;

#[activities]
impl WarnedOwner {
    #[activity(start_to_close_timeout = "10s")]
    fn method() {}

    #[activity(schedule_to_close_timeout = "10s", heartbeat_timeout = "500ms")]
    async fn uncalled(&self, ctx: &ActivityContext, name: String) -> ActivityResult<()> {
        ctx.record_heartbeat(name).await?;
        Ok(())
    }
}
