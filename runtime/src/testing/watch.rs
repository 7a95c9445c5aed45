//! Calls of activities that nobody answers.

use std::{collections::HashSet, sync::Arc};

use temporalio_workflow::workflow_interceptors::{
    CancellableWorkflowOutboundFuture, ScheduleActivityInput, ScheduleActivityResult, ScheduleLocalActivityInput,
    WorkflowInterceptor, WorkflowInterceptorContext, WorkflowNext,
};

use super::trouble::Trouble;

/// Ends the test when a workflow calls an activity that its worker does not know. The worker would fail it, and the retry
/// policy have it tried again for as long as time can skip.
#[derive(Clone)]
pub(super) struct Watch {
    pub(super) trouble: Arc<Trouble>,
    pub(super) known: Arc<HashSet<String>>,
    /// The task queues of the workers that know no more than this.
    pub(super) queues: Arc<HashSet<String>>,
}

impl Watch {
    fn look(&self, context: &WorkflowInterceptorContext, activity: &str, queue: Option<&str>) {
        let ours = queue.is_none_or(|queue| self.queues.contains(queue));
        if !ours || self.known.contains(activity) {
            return;
        }
        self.trouble.add(format!(
            "`{}` (workflow `{}`) calls the activity `{activity}`, which has no mock and is not registered: mock it before the \
             worker starts, or register it with the worker",
            context.workflow_type(),
            context.workflow_id(),
        ));
        self.trouble.end_test();
    }
}

type Scheduled = CancellableWorkflowOutboundFuture<ScheduleActivityResult>;

impl WorkflowInterceptor for Watch {
    fn schedule_activity(
        &self,
        context: WorkflowInterceptorContext,
        input: ScheduleActivityInput,
        next: WorkflowNext<'static, ScheduleActivityInput, Scheduled>,
    ) -> Scheduled {
        self.look(&context, input.activity_type(), input.options().task_queue.as_deref());
        next.run(input)
    }

    fn schedule_local_activity(
        &self,
        context: WorkflowInterceptorContext,
        input: ScheduleLocalActivityInput,
        next: WorkflowNext<'static, ScheduleLocalActivityInput, Scheduled>,
    ) -> Scheduled {
        self.look(&context, input.activity_type(), None);
        next.run(input)
    }
}
