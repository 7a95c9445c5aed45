//! A run that the script accompanies.

use std::time::{Duration, Instant};

use durably::temporal::common::protos::temporal::api::{
    enums::v1::WorkflowExecutionStatus as Status, history::v1::history_event::Attributes,
    workflowservice::v1::DescribeWorkflowExecutionResponse as Description,
};

use super::{
    interpret::InterpreterHandle,
    marks,
    outcome::{Outcome, failed},
    program::Handler,
};

/// Far more than anything takes.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// A run that is accompanied.
pub(crate) struct Stage {
    pub(crate) id: String,
    pub(crate) run_id: String,
    pub(crate) handle: InterpreterHandle,
    /// Signals that have been sent to it.
    pub(crate) sent: u32,
    /// Of them, those that came with the start.
    pub(crate) credit: u32,
    pub(crate) update_credit: u32,
}

impl Stage {
    pub(crate) async fn reached(&self, name: &str) -> Outcome<()> {
        let reached = marks::reached(&self.run_id, name);
        tokio::time::timeout(PATIENCE, reached).await.map_err(|_| format!("it never gets to `{name}`"))
    }

    async fn describe(&self) -> Outcome<Description> {
        Ok(self.handle.describe().await.map_err(failed("a description"))?.raw().clone())
    }

    /// Until the run is like that.
    async fn like(&self, wanted: impl Fn(&Description) -> bool) -> Outcome<Description> {
        let began = Instant::now();
        let mut pause = 4;
        loop {
            let description = self.describe().await?;
            if wanted(&description) {
                return Ok(description);
            }
            if began.elapsed() > PATIENCE {
                return Err(format!("it does not settle: {description:?}"));
            }
            tokio::time::sleep(Duration::from_millis(pause)).await;
            pause = (2 * pause).min(50);
        }
    }

    /// Until no workflow task is pending and the run is like that.
    pub(crate) async fn until(&self, wanted: impl Fn(&Description) -> bool) -> Outcome<Description> {
        self.like(|description| description.pending_workflow_task.is_none() && wanted(description)).await
    }

    pub(crate) async fn settled(&self) -> Outcome<Description> {
        self.until(|_| true).await
    }

    /// Until so many activities are pending, and no workflow task is.
    pub(crate) async fn pending(&self, activities: usize) -> Outcome<()> {
        self.until(|description| description.pending_activities.len() == activities).await.map(drop)
    }

    pub(crate) async fn pending_meanwhile(&self, activities: usize) -> Outcome<()> {
        self.like(|description| description.pending_activities.len() == activities).await.map(drop)
    }

    /// Until the activities of these names have begun; how many are pending then.
    pub(crate) async fn begun(&self, names: &[u32]) -> Outcome<usize> {
        for name in names {
            self.reached(&format!("begun {name}")).await?;
        }
        Ok(self.settled().await?.pending_activities.len())
    }

    pub(crate) fn go(&self, name: u32) {
        marks::reach(&self.run_id, &format!("go {name}"));
    }

    /// `None` for the signal whose handler only counts.
    pub(crate) async fn signal(&mut self, handler: Option<Handler>) -> Outcome<()> {
        self.sent += 1;
        let sent = match handler {
            None => self.handle.go().await,
            Some(handler) => self.handle.go_after(handler).await,
        };
        sent.map_err(failed("a signal"))
    }

    pub(crate) async fn handled(&self) -> Outcome<()> {
        self.reached(&format!("handled {}", self.sent)).await?;
        self.settled().await.map(drop)
    }

    /// Until what it has asked of other workflows has been answered.
    pub(crate) async fn answered(&self) -> Outcome<()> {
        let began = Instant::now();
        loop {
            let events = self.handle.history().into_events().await.map_err(failed("a history"))?;
            let open: i32 = events.iter().filter_map(|event| event.attributes.as_ref()).map(asked).sum();
            if open == 0 {
                return Ok(());
            }
            if began.elapsed() > PATIENCE {
                return Err("what it has asked others is not answered".to_owned());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    pub(crate) async fn closed(&self) -> Outcome<()> {
        self.like(|description| !is_running(description)).await.map(drop)
    }
}

fn asked(event: &Attributes) -> i32 {
    match event {
        Attributes::RequestCancelExternalWorkflowExecutionInitiatedEventAttributes(_)
        | Attributes::SignalExternalWorkflowExecutionInitiatedEventAttributes(_) => 1,
        Attributes::ExternalWorkflowExecutionCancelRequestedEventAttributes(_)
        | Attributes::ExternalWorkflowExecutionSignaledEventAttributes(_)
        | Attributes::RequestCancelExternalWorkflowExecutionFailedEventAttributes(_)
        | Attributes::SignalExternalWorkflowExecutionFailedEventAttributes(_) => -1,
        _ => 0,
    }
}

pub(crate) fn is_running(description: &Description) -> bool {
    let info = description.workflow_execution_info.as_ref();
    info.is_some_and(|info| info.status == Status::Running as i32)
}
