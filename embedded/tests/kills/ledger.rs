//! What the server has answered, and whether it still says so.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Arc, Mutex, MutexGuard},
    time::{Duration, Instant},
};

use temporalio_protos::temporal::api::{
    common::v1::WorkflowExecution,
    enums::v1::UpdateWorkflowExecutionLifecycleStage as Stage,
    history::v1::{HistoryEvent, history_event::Attributes},
    testservice::v1::GetCurrentTimeResponse,
    update::v1::{Outcome, UpdateRef, WaitPolicy},
    workflowservice::v1::{
        CountWorkflowExecutionsRequest, CountWorkflowExecutionsResponse, DescribeNamespaceRequest,
        DescribeNamespaceResponse, DescribeScheduleRequest, DescribeScheduleResponse,
        GetWorkflowExecutionHistoryRequest, GetWorkflowExecutionHistoryResponse, PollWorkflowExecutionUpdateRequest,
        PollWorkflowExecutionUpdateResponse, RespondActivityTaskCompletedRequest, RespondActivityTaskCompletedResponse,
    },
};

use tonic::{Code, Status};

use crate::{client::Client, load::TASK_TIMEOUT};

const LIMIT: Duration = Duration::from_secs(60);

/// Everything that was answered.
#[derive(Clone, Default)]
pub(crate) struct Ledger(Arc<Mutex<Answers>>);

#[derive(Default)]
pub(crate) struct Answers {
    /// The runs of workflow ids.
    pub(crate) runs: BTreeMap<String, String>,
    pub(crate) deleted: BTreeSet<String>,
    /// Workflow ids and request ids.
    pub(crate) signals: Vec<(String, String)>,
    /// Workflow ids and names of markers, each made by the completion of a workflow task.
    pub(crate) markers: Vec<(String, String)>,
    /// Workflow ids and activity ids.
    pub(crate) activities: Vec<(String, String)>,
    /// Tokens of activities that nobody has said anything of.
    pub(crate) held: Vec<(String, String, Vec<u8>)>,
    pub(crate) updates: HashMap<(String, String), Option<Outcome>>,
    /// Schedules, and what was said when they were paused.
    pub(crate) schedules: BTreeMap<String, Option<String>>,
    /// Namespaces and their ids.
    pub(crate) namespaces: BTreeMap<String, String>,
    /// Histories as they were seen.
    pub(crate) histories: HashMap<String, Vec<HistoryEvent>>,
    now: Duration,
}

impl Answers {
    fn count(&self) -> usize {
        let tasks = self.markers.len() + self.activities.len() + self.updates.len();
        self.runs.len() + self.signals.len() + tasks + self.schedules.len() + self.namespaces.len()
    }
}

impl Ledger {
    pub(crate) fn lock(&self) -> MutexGuard<'_, Answers> {
        self.0.lock().unwrap()
    }

    /// The server has been killed and is there again.
    pub(crate) async fn check(&self, client: &Client, kill: u64) {
        // Tasks that workers were given have timed out then, and what came meanwhile is in the histories.
        tokio::time::sleep(TASK_TIMEOUT + Duration::from_millis(200)).await;
        let answers = std::mem::take(&mut *self.lock());
        let mut histories = HashMap::new();
        for (id, run) in &answers.runs {
            let history = history(client, id).await.unwrap();
            if answers.deleted.contains(id) {
                assert!(history.is_none(), "kill {kill}: {id} was deleted, and is there");
                continue;
            }
            let history = history.unwrap_or_else(|| panic!("kill {kill}: {id} was started, and is not there"));
            check_history(&history, id, run, kill);
            if let Some(seen) = answers.histories.get(id) {
                assert_eq!(history.get(..seen.len()), Some(&seen[..]), "kill {kill}: the history of {id} has changed");
            }
            histories.insert(id.clone(), history);
        }
        let there: Vec<_> = answers.held.iter().filter(|(id, ..)| histories.contains_key(id)).collect();
        for (id, activity, token) in there {
            let request = RespondActivityTaskCompletedRequest { task_token: token.clone(), ..Default::default() };
            let completed = client.call::<_, RespondActivityTaskCompletedResponse>(request).await;
            assert!(completed.is_ok(), "kill {kill}: the token of {activity} of {id} is not good: {completed:?}");
            histories.insert(id.clone(), history(client, id).await.unwrap().unwrap());
        }
        let mut activities = answers.activities.clone();
        activities.extend(answers.held.iter().map(|(id, activity, _)| (id.clone(), activity.clone())));
        for (what, things, names) in [
            ("signal", &answers.signals, names(&histories, signal)),
            ("marker", &answers.markers, names(&histories, marker)),
        ] {
            for (id, name) in things.iter().filter(|(id, _)| histories.contains_key(id)) {
                let count = names.get(&(id.clone(), name.clone())).copied().unwrap_or(0);
                assert_eq!(count, 1, "kill {kill}: the {what} {name} of {id}");
            }
        }
        for (id, activity) in activities.iter().filter(|(id, _)| histories.contains_key(id)) {
            let history = &histories[id];
            let count = history.iter().filter(|event| completes(event, history).as_ref() == Some(activity)).count();
            assert_eq!(count, 1, "kill {kill}: the activity {activity} of {id}");
        }
        for ((id, update), outcome) in answers.updates.iter().filter(|((id, _), _)| histories.contains_key(id)) {
            let policy = WaitPolicy { lifecycle_stage: Stage::Completed as i32 };
            let request = PollWorkflowExecutionUpdateRequest {
                namespace: "default".into(),
                update_ref: Some(UpdateRef { workflow_execution: Some(execution(id)), update_id: update.clone() }),
                wait_policy: Some(policy),
                ..Default::default()
            };
            let answer: PollWorkflowExecutionUpdateResponse = client.call(request).await.unwrap();
            assert_eq!(answer.outcome, *outcome, "kill {kill}: the update {update} of {id}");
        }
        for (id, pause) in &answers.schedules {
            let request = DescribeScheduleRequest { namespace: "default".into(), schedule_id: id.clone() };
            let answer: DescribeScheduleResponse = client.call(request).await.unwrap();
            let state = answer.schedule.unwrap().state.unwrap();
            if let Some(notes) = pause {
                assert_eq!((state.paused, &state.notes), (true, notes), "kill {kill}: {id}");
            }
        }
        for (name, id) in &answers.namespaces {
            let request = DescribeNamespaceRequest { namespace: name.clone(), ..Default::default() };
            let answer: DescribeNamespaceResponse = client.call(request).await.unwrap();
            assert_eq!(answer.namespace_info.unwrap().id, *id, "kill {kill}: the namespace {name}");
        }
        let request =
            CountWorkflowExecutionsRequest { namespace: "default".into(), query: "WorkflowType = 'W'".into() };
        let count: CountWorkflowExecutionsResponse = client.call(request).await.unwrap();
        assert!(usize::try_from(count.count).unwrap() >= histories.len(), "kill {kill}: the list");
        let now: GetCurrentTimeResponse = client.test_call("GetCurrentTime", ()).await.unwrap();
        let now = now.time.map(|time| Duration::new(time.seconds as u64, time.nanos as u32)).unwrap();
        assert!(now > answers.now, "kill {kill}: time has gone back");
        *self.lock() = Answers { held: Vec::new(), histories, activities, now, ..answers };
    }

    /// Waits until there are so many more answers.
    pub(crate) async fn grows_by(&self, count: u64) {
        let end = self.lock().count() + usize::try_from(count).unwrap();
        let began = Instant::now();
        while self.lock().count() < end {
            assert!(began.elapsed() < LIMIT, "the server answers no more");
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    /// The test does something.
    pub(crate) fn assert_busy(&self) {
        let answers = self.lock();
        let counts = [
            ("starts", answers.runs.len()),
            ("deletions", answers.deleted.len()),
            ("signals", answers.signals.len()),
            ("workflow tasks", answers.markers.len()),
            ("activities", answers.activities.len()),
            ("updates", answers.updates.len()),
            ("schedules", answers.schedules.len()),
            ("namespaces", answers.namespaces.len()),
        ];
        println!("answered: {counts:?}");
        assert!(counts.iter().all(|(_, count)| *count > 0), "{counts:?}");
    }
}

pub(crate) fn execution(id: &str) -> WorkflowExecution {
    WorkflowExecution { workflow_id: id.into(), run_id: String::new() }
}

/// `None` if there is no such workflow.
///
/// Errors: there is no server.
pub(crate) async fn history(client: &Client, id: &str) -> Result<Option<Vec<HistoryEvent>>, Status> {
    let request = GetWorkflowExecutionHistoryRequest {
        namespace: "default".into(),
        execution: Some(execution(id)),
        ..Default::default()
    };
    match client.call::<_, GetWorkflowExecutionHistoryResponse>(request).await {
        Ok(answer) => Ok(Some(answer.history.unwrap_or_default().events)),
        Err(status) if status.code() == Code::NotFound => Ok(None),
        Err(status) => Err(status),
    }
}

fn check_history(history: &[HistoryEvent], id: &str, run: &str, kill: u64) {
    let ids: Vec<_> = history.iter().map(|event| event.event_id).collect();
    assert_eq!(ids, (1..=history.len() as i64).collect::<Vec<_>>(), "kill {kill}: {id}");
    match &history[0].attributes {
        Some(Attributes::WorkflowExecutionStartedEventAttributes(started)) => {
            assert_eq!(started.original_execution_run_id, run, "kill {kill}: the run of {id}");
        }
        other => panic!("kill {kill}: {id} begins with {other:?}"),
    }
}

/// How often each name is in the history of each workflow.
fn names(
    histories: &HashMap<String, Vec<HistoryEvent>>,
    name: impl Fn(&HistoryEvent) -> Option<String>,
) -> HashMap<(String, String), usize> {
    let mut names = HashMap::new();
    for (id, history) in histories {
        for name in history.iter().filter_map(&name) {
            *names.entry((id.clone(), name)).or_default() += 1;
        }
    }
    names
}

fn signal(event: &HistoryEvent) -> Option<String> {
    match &event.attributes {
        Some(Attributes::WorkflowExecutionSignaledEventAttributes(signal)) => Some(signal.request_id.clone()),
        _ => None,
    }
}

fn marker(event: &HistoryEvent) -> Option<String> {
    match &event.attributes {
        Some(Attributes::MarkerRecordedEventAttributes(marker)) => Some(marker.marker_name.clone()),
        _ => None,
    }
}

/// The id of the activity that this event completes.
fn completes(event: &HistoryEvent, history: &[HistoryEvent]) -> Option<String> {
    let Some(Attributes::ActivityTaskCompletedEventAttributes(completed)) = &event.attributes else { return None };
    let index = usize::try_from(completed.scheduled_event_id - 1).ok()?;
    match &history.get(index)?.attributes {
        Some(Attributes::ActivityTaskScheduledEventAttributes(scheduled)) => Some(scheduled.activity_id.clone()),
        _ => None,
    }
}
