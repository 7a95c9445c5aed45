//! Signalling a workflow from another workflow.

use std::{
    borrow::Cow,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll},
};

use futures_util::future::FusedFuture;
use temporalio_common::error::WorkflowSignalError;
use temporalio_workflow::{SignalWorkflowOptions, WorkflowCancellationToken};

use super::command::Cancellable;
use crate::arguments::{ArgumentList, Arguments};

type Sent = Cancellable<'static, Result<(), WorkflowSignalError>>;

/// A child or an external workflow that can be signalled.
#[doc(hidden)]
pub trait SignalTarget {
    fn send(&self, name: Cow<'static, str>, arguments: Arguments, options: SignalWorkflowOptions) -> SentSignal;
}

/// A signal on its way.
#[doc(hidden)]
pub struct SentSignal(pub(super) Sent);

/// A signal from a workflow to another one; await it to send it. It returns once the other workflow has it.
#[must_use = "a call does nothing unless it is awaited"]
pub struct SignalWorkflow {
    target: Rc<dyn SignalTarget>,
    name: Option<Cow<'static, str>>,
    arguments: Option<Arguments>,
    options: SignalWorkflowOptions,
    sent: Option<Sent>,
}

impl SignalWorkflow {
    pub(crate) fn new(
        target: Rc<dyn SignalTarget>,
        name: impl Into<Cow<'static, str>>,
        arguments: impl ArgumentList,
    ) -> Self {
        Self {
            target,
            name: Some(name.into()),
            arguments: Some(Arguments::new(arguments)),
            options: SignalWorkflowOptions::default(),
            sent: None,
        }
    }

    /// One line about it for Temporal's user interface.
    pub fn summary(mut self, summary: impl Into<String>) -> Self {
        self.options.summary = Some(summary.into());
        self
    }

    /// What cancels it, instead of the cancellation of the workflow.
    pub fn cancellation_token(mut self, token: WorkflowCancellationToken) -> Self {
        self.options.cancellation_token = Some(token);
        self
    }
}

impl Future for SignalWorkflow {
    type Output = Result<(), WorkflowSignalError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        if let (Some(name), Some(arguments)) = (self.name.take(), self.arguments.take()) {
            let options = std::mem::take(&mut self.options);
            self.sent = Some(self.target.send(name, arguments, options).0);
        }
        match &mut self.sent {
            Some(sent) => sent.as_mut().poll(cx),
            // Sending panicked; there is nothing to wait for.
            None => Poll::Pending,
        }
    }
}

impl FusedFuture for SignalWorkflow {
    fn is_terminated(&self) -> bool {
        self.sent.as_ref().is_some_and(|sent| sent.is_terminated())
    }
}
