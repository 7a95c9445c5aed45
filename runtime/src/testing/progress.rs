//! How far a replay has come.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use temporalio_workflow::{
    TimerResult,
    workflow_interceptors::{
        CancellableWorkflowOutboundFuture, ExecuteWorkflowInput, ExecuteWorkflowResult, HandleSignalInput,
        HandleSignalResult, ScheduleActivityInput, ScheduleActivityResult, ScheduleLocalActivityInput,
        StartChildWorkflowInput, StartChildWorkflowResult, StartTimerInput, WorkflowInterceptor,
        WorkflowInterceptorContext, WorkflowInterceptorFuture, WorkflowNext,
    },
};

/// The event that began the workflow task in which each run was last seen doing something.
#[derive(Clone, Default)]
pub(super) struct Progress(Arc<Mutex<HashMap<String, u32>>>);

impl Progress {
    pub(super) fn of(&self, run_id: &str) -> Option<u32> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(run_id).copied()
    }

    fn note(&self, context: &WorkflowInterceptorContext) {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.insert(context.run_id().to_owned(), context.history_length());
    }
}

type Called<T> = CancellableWorkflowOutboundFuture<T>;

impl WorkflowInterceptor for Progress {
    fn execute<'a>(
        &'a self,
        context: WorkflowInterceptorContext,
        input: ExecuteWorkflowInput,
        next: WorkflowNext<'a, ExecuteWorkflowInput, WorkflowInterceptorFuture<'a, ExecuteWorkflowResult>>,
    ) -> WorkflowInterceptorFuture<'a, ExecuteWorkflowResult> {
        self.note(&context);
        next.run(input)
    }

    fn handle_signal<'a>(
        &'a self,
        context: WorkflowInterceptorContext,
        input: HandleSignalInput,
        next: WorkflowNext<'a, HandleSignalInput, WorkflowInterceptorFuture<'a, HandleSignalResult>>,
    ) -> WorkflowInterceptorFuture<'a, HandleSignalResult> {
        self.note(&context);
        next.run(input)
    }

    fn start_timer(
        &self,
        context: WorkflowInterceptorContext,
        input: StartTimerInput,
        next: WorkflowNext<'static, StartTimerInput, Called<TimerResult>>,
    ) -> Called<TimerResult> {
        self.note(&context);
        next.run(input)
    }

    fn schedule_activity(
        &self,
        context: WorkflowInterceptorContext,
        input: ScheduleActivityInput,
        next: WorkflowNext<'static, ScheduleActivityInput, Called<ScheduleActivityResult>>,
    ) -> Called<ScheduleActivityResult> {
        self.note(&context);
        next.run(input)
    }

    fn schedule_local_activity(
        &self,
        context: WorkflowInterceptorContext,
        input: ScheduleLocalActivityInput,
        next: WorkflowNext<'static, ScheduleLocalActivityInput, Called<ScheduleActivityResult>>,
    ) -> Called<ScheduleActivityResult> {
        self.note(&context);
        next.run(input)
    }

    fn start_child_workflow(
        &self,
        context: WorkflowInterceptorContext,
        input: StartChildWorkflowInput,
        next: WorkflowNext<'static, StartChildWorkflowInput, Called<StartChildWorkflowResult>>,
    ) -> Called<StartChildWorkflowResult> {
        self.note(&context);
        next.run(input)
    }
}
