//! Logging from workflow code, silent on replay.
//!
//! A workflow's code runs again whenever a worker has to learn where it stands. What it says on the way, it has said before:
//! these macros say it only the first time. They take the context of a run method, a signal or an update handler, and then
//! what the macros of `tracing` take; the ids of the workflow go along as fields. Whatever collects the program's events of
//! `tracing` collects these.
//!
//! ```
//! use durably::{log, prelude::*};
//!
//! # #[workflow]
//! # #[derive(Default)]
//! # struct Delivery { stops: Vec<String> }
//! #[workflow]
//! impl Delivery {
//!     #[run]
//!     async fn run(ctx: &WorkflowContext<Self>, parcel: String) -> WorkflowResult<()> {
//!         log::info!(ctx, "{parcel} is on its way");
//!         ctx.timer(Duration::from_secs(60)).await;
//!         log::warn!(ctx, stops = ctx.state(|w| w.stops.len()), "{parcel} is late");
//!         Ok(())
//!     }
//!
//!     #[signal]
//!     fn stop(&mut self, ctx: &mut SyncWorkflowContext<Self>, place: String) {
//!         log::debug!(ctx, "it stops at {place}");
//!         self.stops.push(place);
//!     }
//! }
//! ```
//!
//! A line may still appear twice: if a worker fails between the line and the end of its workflow task, the task is done again,
//! and that is no replay. Queries, validators and activities are not replayed, so the macros of `tracing` itself serve them.
//! The context of an `#[init]` does not tell whether it is replayed: log from the run method. Where a line is not what
//! must not be repeated, `ctx.is_replaying_history_events()` tells.

#[doc(inline)]
pub use crate::{
    __log_debug as debug, __log_error as error, __log_info as info, __log_trace as trace, __log_warn as warn,
};

/// An event of `tracing`, unless the history is replayed.
#[doc(hidden)]
#[macro_export]
macro_rules! __log {
    ($level:ident, $context:expr, $($event:tt)+) => {{
        let context = &*$context;
        if !context.is_replaying_history_events() {
            $crate::__::tracing::event!(
                $crate::__::tracing::Level::$level,
                workflow_id = context.workflow_id(),
                run_id = context.run_id(),
                $($event)+
            );
        }
    }};
}

/// An event of level `ERROR` from workflow code, silent on replay.
#[macro_export]
#[doc(hidden)]
macro_rules! __log_error {
    ($context:expr, $($event:tt)+) => { $crate::__log!(ERROR, $context, $($event)+) };
}

/// An event of level `WARN` from workflow code, silent on replay.
#[macro_export]
#[doc(hidden)]
macro_rules! __log_warn {
    ($context:expr, $($event:tt)+) => { $crate::__log!(WARN, $context, $($event)+) };
}

/// An event of level `INFO` from workflow code, silent on replay.
#[macro_export]
#[doc(hidden)]
macro_rules! __log_info {
    ($context:expr, $($event:tt)+) => { $crate::__log!(INFO, $context, $($event)+) };
}

/// An event of level `DEBUG` from workflow code, silent on replay.
#[macro_export]
#[doc(hidden)]
macro_rules! __log_debug {
    ($context:expr, $($event:tt)+) => { $crate::__log!(DEBUG, $context, $($event)+) };
}

/// An event of level `TRACE` from workflow code, silent on replay.
#[macro_export]
#[doc(hidden)]
macro_rules! __log_trace {
    ($context:expr, $($event:tt)+) => { $crate::__log!(TRACE, $context, $($event)+) };
}
