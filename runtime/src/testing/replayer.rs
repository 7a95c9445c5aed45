//! Replaying what the workers of a test have done.

use std::{
    collections::{HashMap, HashSet},
    sync::{Mutex, PoisonError},
};

use temporalio_client::{Client, WorkflowHistory};
use temporalio_common::{data_converters::DataConverter, protos::temporal::api::history::v1::History};
use temporalio_sdk::{
    WorkerOptions,
    runtime::WorkflowErrorType,
    workflow_replayer::{WorkflowReplayError, WorkflowReplayer, WorkflowReplayerOptions},
};
use temporalio_workflow::workflow_interceptors::WorkflowInterceptorConstructor;

use super::{connection::NAMESPACE, histories::Recorded, progress::Progress};
use crate::workflow::Workflow;

type Register = fn(&mut WorkflowReplayerOptions) -> Result<(), String>;

/// The workflows that workers were given, and the options under which they ran.
pub(super) struct Replayer {
    data_converter: DataConverter,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    workflows: HashMap<&'static str, Register>,
    interceptors: Vec<WorkflowInterceptorConstructor>,
    failure_errors: HashSet<WorkflowErrorType>,
    types_to_failure_errors: HashMap<String, HashSet<WorkflowErrorType>>,
    ignores_foreign_futures: bool,
}

impl Replayer {
    pub(super) fn new(client: &Client) -> Self {
        Self { data_converter: client.options().data_converter.clone(), known: Mutex::default() }
    }

    fn known(&self) -> std::sync::MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs of `W` will be replayed.
    pub(super) fn add<W: Workflow>(&self) {
        let register: Register =
            |options| options.register_workflow::<W>().map(drop).map_err(|error| error.to_string());
        self.known().workflows.insert(W::TYPE.name, register);
    }

    /// The interceptors of a worker. Of several workers, those of the last one count.
    pub(super) fn intercept(&self, interceptors: &[WorkflowInterceptorConstructor]) {
        self.known().interceptors = interceptors.to_vec();
    }

    /// What a worker was started with. Of several workers, the options of the last one count.
    pub(super) fn observe(&self, options: &WorkerOptions) {
        let mut known = self.known();
        known.failure_errors.clone_from(&options.workflow_failure_errors);
        known.types_to_failure_errors.clone_from(&options.workflow_types_to_failure_errors);
        known.ignores_foreign_futures = !options.detect_nondeterministic_futures;
    }

    /// Replays each run whose workflow is known.
    pub(super) async fn replay(&self, mut runs: Vec<Recorded>) -> Vec<String> {
        let progress = Progress::default();
        let replayer = {
            let known = self.known();
            runs.retain(|run| known.workflows.contains_key(run.workflow_type.as_str()));
            if runs.is_empty() {
                return Vec::new();
            }
            let options = self.options(&known, &progress);
            options.and_then(|options| WorkflowReplayer::new(options).map_err(|error| error.to_string()))
        };
        let histories = runs.iter().map(|run| WorkflowHistory::from(History { events: run.events.clone() }));
        let replayed = match &replayer {
            Ok(replayer) => {
                replayer.replay_workflows(histories).await.map_err(|error: WorkflowReplayError| error.to_string())
            }
            Err(error) => Err(error.clone()),
        };
        match replayed {
            Ok(results) => {
                let failures = results.into_iter().zip(&runs).filter_map(|(result, run)| {
                    let failure = result.replay_failure?.to_string();
                    Some(format!("{run} does not replay{}: {}", place(&failure, run, &progress), reason(&failure)))
                });
                failures.collect()
            }
            Err(error) => vec![format!("the workflows cannot be replayed: {error}")],
        }
    }

    fn options(&self, known: &Known, progress: &Progress) -> Result<WorkflowReplayerOptions, String> {
        let mut options = WorkflowReplayerOptions::new()
            .namespace(NAMESPACE)
            .data_converter(self.data_converter.clone())
            .workflow_failure_errors(known.failure_errors.clone())
            .workflow_types_to_failure_errors(known.types_to_failure_errors.clone())
            .detect_nondeterministic_futures(!known.ignores_foreign_futures)
            .build();
        for interceptor in &known.interceptors {
            options.workflow_interceptor(interceptor.clone());
        }
        let progress = progress.clone();
        options.workflow_interceptor(WorkflowInterceptorConstructor::new(move |_| progress.clone()));
        for register in known.workflows.values() {
            register(&mut options)?;
        }
        Ok(options)
    }
}

/// Where it went wrong: at the event that Core names, else in the workflow task that was last seen.
fn place(failure: &str, run: &Recorded, progress: &Progress) -> String {
    let named = failure.split_once("HistoryEvent(id: ").and_then(|(_, rest)| rest.split_once(','));
    match (named, progress.of(&run.run_id)) {
        (Some((event, _)), _) => format!(" at event {event}"),
        (None, Some(event)) => format!(" in the workflow task that begins at event {event}"),
        (None, None) => String::new(),
    }
}

/// What Core says, without the structures around it.
fn reason(failure: &str) -> &str {
    let inner = failure.split_once("message: \"").and_then(|(_, rest)| rest.split_once("\", source: "));
    inner.map_or(failure, |(message, _)| message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_core_says_is_taken_out_of_its_structures() {
        let dumped = "workflow replay was nondeterministic: Workflow activation completion failed: Failure { failure: \
                      Some(Failure { message: \"[TMPRL1100] it differs\", source: \"\" }) }";
        assert_eq!(reason(dumped), "[TMPRL1100] it differs");
        assert_eq!(reason("it differs"), "it differs");
    }
}
