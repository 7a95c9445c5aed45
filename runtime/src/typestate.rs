//! What a call still lacks, as types: a call that lacks something is not a future.

/// It is there.
#[derive(Debug, Clone, Copy)]
pub enum Given {}

/// A start without a workflow id: add `.id("..")`, or `#[run(id = "..")]` on the run method.
#[derive(Debug, Clone, Copy)]
pub enum MissingId {}

/// A start without a task queue: add `.task_queue("..")`, or `#[workflow(task_queue = "..")]` on the struct.
#[derive(Debug, Clone, Copy)]
pub enum MissingTaskQueue {}

/// An activity call without a close timeout: add `.start_to_close_timeout(..)` or `.schedule_to_close_timeout(..)`, or give
/// one in `#[activity(..)]`.
#[derive(Debug, Clone, Copy)]
pub enum MissingTimeout {}

/// A call that may still become [local](crate::calls::ExecuteActivity::local).
#[derive(Debug, Clone, Copy)]
pub enum Anywhere {}

/// A call with an option that only the server understands: it cannot become local any more.
#[derive(Debug, Clone, Copy)]
pub enum OnServer {}

/// The call has a workflow id.
#[diagnostic::on_unimplemented(
    message = "this start has no workflow id",
    label = "a workflow cannot be started without an id",
    note = "add `.id(\"..\")` to the call, or `#[run(id = \"..\")]` to the run method"
)]
pub trait HasId {}

/// The call has a task queue.
#[diagnostic::on_unimplemented(
    message = "this start has no task queue",
    label = "a workflow cannot be started without a task queue",
    note = "add `.task_queue(\"..\")` to the call, or `#[workflow(task_queue = \"..\")]` to the struct"
)]
pub trait HasTaskQueue {}

/// The call has a close timeout.
#[diagnostic::on_unimplemented(
    message = "this activity call has no close timeout",
    label = "an activity cannot be called without a start-to-close or schedule-to-close timeout",
    note = "add `.start_to_close_timeout(..)` or `.schedule_to_close_timeout(..)` to the call, or give one in `#[activity(..)]`"
)]
pub trait HasTimeout {}

/// The call may become local.
#[diagnostic::on_unimplemented(
    message = "this activity call has an option that only the server understands: it cannot be local",
    label = "a local activity never reaches the server",
    note = "remove `.local()`, or the call of `heartbeat_timeout`, `task_queue`, `priority` or `do_not_eagerly_execute`"
)]
pub trait MayBeLocal {}

// The messages above say all there is to say; where else the traits are implemented would only distract from them.
#[diagnostic::do_not_recommend]
impl HasId for Given {}
#[diagnostic::do_not_recommend]
impl HasTaskQueue for Given {}
#[diagnostic::do_not_recommend]
impl HasTimeout for Given {}
#[diagnostic::do_not_recommend]
impl MayBeLocal for Anywhere {}
