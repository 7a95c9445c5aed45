//! Reset: a workflow goes on from an earlier point, as a new run.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use durably::{
    ResetPoint, ResetReapplyExcludeType, WorkflowExecutionStatus, WorkflowInteractionError, prelude::*,
    temporal::client::tonic::Code,
};
use durably_tests::{awaited, client, event, events, history, recorded, unique, with_worker};

/// Counts its brews, over all runs.
#[derive(Default)]
struct Kettle(AtomicUsize);

#[activities]
impl Kettle {
    #[activity(start_to_close_timeout = "10s")]
    async fn brew(&self) -> usize {
        self.0.fetch_add(1, Ordering::SeqCst) + 1
    }
}

/// Brews, waits for cups, and brews again.
#[workflow]
#[derive(Default)]
struct Tea {
    cups: Vec<String>,
}

#[workflow]
impl Tea {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, cups: usize) -> WorkflowResult<(Vec<usize>, Vec<String>)> {
        let first = Kettle::activities(ctx).brew().await?;
        ctx.wait_condition(|w| w.cups.len() >= cups).await?;
        let second = Kettle::activities(ctx).brew().await?;
        Ok((vec![first, second], ctx.state(|w| w.cups.clone())))
    }

    #[signal]
    fn pour(&mut self, cup: String) {
        self.cups.push(cup);
    }

    #[update]
    fn pour_at_once(&mut self, cup: String) -> usize {
        self.cups.push(cup);
        self.cups.len()
    }
}

fn register(worker: Worker) -> Worker {
    worker.workflow::<Tea>().activities(Kettle::default())
}

async fn tea(client: &Client, queue: &str, cups: usize) -> TeaHandle {
    Tea::start(client, cups).id(unique("tea")).task_queue(queue).await.unwrap()
}

/// The ids of the events that end workflow tasks.
async fn tasks(tea: &TeaHandle) -> Vec<i64> {
    let completed = |attributes: &_| matches!(attributes, history::Attributes::WorkflowTaskCompletedEventAttributes(_));
    let events = history::events(tea).await.into_iter();
    events.filter(|event| event.attributes.as_ref().is_some_and(completed)).map(|event| event.event_id).collect()
}

#[tokio::test]
async fn a_completed_workflow_begins_anew() {
    with_worker(register, async |client, queue| {
        let tea = tea(client, queue, 1).await;
        tea.pour("blue").await.unwrap();
        assert_eq!(tea.result().await.unwrap(), (vec![1, 2], vec!["blue".to_owned()]));

        let again: TeaHandle = tea.reset(ResetPoint::FirstWorkflowTask).reason("the tea was cold").await.unwrap();
        assert_ne!(again.run_id(), tea.run_id());
        // Both activities run again, and the signal that came in between is sent again.
        assert_eq!(again.result().await.unwrap(), (vec![3, 4], vec!["blue".to_owned()]));
        assert_eq!(tea.result().await.unwrap().0, [1, 2], "the first run is what it was");
        let failed = event!(again, WorkflowTaskFailedEventAttributes);
        assert_eq!(failed.failure.unwrap().message, "the tea was cold");
        assert_eq!(failed.base_run_id, tea.run_id().unwrap());
        assert_eq!(failed.new_run_id, again.run_id().unwrap());
    })
    .await;
}

#[tokio::test]
async fn a_running_workflow_goes_on_from_an_event_as_another_run() {
    with_worker(register, async |client, queue| {
        let tea = tea(client, queue, 2).await;
        awaited!(tea, ActivityTaskCompletedEventAttributes);
        assert_eq!(tea.pour_at_once("blue").await.unwrap(), 1);
        // The task that has seen the first brew, before any cup came.
        let brewed = tasks(&tea).await[1];
        let first = tea.for_run(tea.run_id().unwrap());

        let again = tea.reset(ResetPoint::Event(brewed)).await.unwrap();
        assert_eq!(first.describe().await.unwrap().status(), WorkflowExecutionStatus::Terminated);
        again.pour("red").await.unwrap();
        let (brews, cups) = again.result().await.unwrap();
        assert_eq!(brews, [1, 2], "the first activity was before the point, and is not run again");
        assert_eq!(cups, ["blue", "red"], "the update is sent again");
    })
    .await;
}

#[tokio::test]
async fn what_came_after_the_point_can_be_left_out() {
    with_worker(register, async |client, queue| {
        let tea = tea(client, queue, 2).await;
        awaited!(tea, ActivityTaskCompletedEventAttributes);
        tea.pour("blue").await.unwrap();
        tea.pour_at_once("red").await.unwrap();
        assert_eq!(tea.result().await.unwrap().1, ["blue", "red"]);

        let exclude = |types: &[ResetReapplyExcludeType]| {
            tea.reset(ResetPoint::FirstWorkflowTask).reset_reapply_exclude_types(types.to_vec())
        };
        let without_signals = exclude(&[ResetReapplyExcludeType::Signal]).await.unwrap();
        without_signals.pour("green").await.unwrap();
        assert_eq!(without_signals.result().await.unwrap().1, ["red", "green"]);

        let with_nothing = exclude(&[ResetReapplyExcludeType::Signal, ResetReapplyExcludeType::Update]).await.unwrap();
        with_nothing.pour("white").await.unwrap();
        with_nothing.pour("black").await.unwrap();
        assert_eq!(with_nothing.result().await.unwrap().1, ["white", "black"]);
    })
    .await;
}

#[tokio::test]
async fn the_last_workflow_task_is_done_again() {
    with_worker(register, async |client, queue| {
        let tea = tea(client, queue, 0).await;
        assert_eq!(tea.result().await.unwrap().0, [1, 2]);
        let again = tea.reset(ResetPoint::LastWorkflowTask).await.unwrap();
        assert_eq!(again.result().await.unwrap().0, [1, 2], "all activities were before the last task");
        let last = *tasks(&tea.for_run(tea.run_id().unwrap())).await.last().unwrap();
        let failed = history::events(&again)
            .await
            .into_iter()
            .find(|event| matches!(event.attributes, Some(history::Attributes::WorkflowTaskFailedEventAttributes(_))));
        assert_eq!(failed.unwrap().event_id, last, "in place of its end");
    })
    .await;
}

#[tokio::test]
async fn a_handle_of_a_run_resets_that_run() {
    with_worker(register, async |client, queue| {
        let tea = tea(client, queue, 0).await;
        assert_eq!(tea.result().await.unwrap().0, [1, 2]);
        let second = tea.reset(ResetPoint::FirstWorkflowTask).await.unwrap();
        assert_eq!(second.result().await.unwrap().0, [3, 4]);
        // Of the second run there would be brews 3 and 5.
        let brewed = tasks(&tea.for_run(tea.run_id().unwrap())).await[1];
        let first = tea.for_run(tea.run_id().unwrap());
        let third = first.reset(ResetPoint::Event(brewed)).await.unwrap();
        assert_eq!(third.result().await.unwrap().0, [1, 5]);
    })
    .await;
}

/// Panics as long as it is told to.
static STUCK: AtomicBool = AtomicBool::new(true);

#[workflow]
#[derive(Default)]
struct Stuck;

#[workflow]
impl Stuck {
    #[run]
    async fn run() -> u8 {
        #[durably::allow(nondeterminism, reason = "the test says when it fails")]
        assert!(!STUCK.load(Ordering::SeqCst), "stuck");
        7
    }
}

#[tokio::test]
async fn a_workflow_that_has_completed_no_task_begins_anew() {
    with_worker(
        |worker| worker.workflow::<Stuck>(),
        async |client, queue| {
            let stuck = Stuck::start(client).id(unique("stuck")).task_queue(queue).await.unwrap();
            history::task_failure(&stuck).await;
            STUCK.store(false, Ordering::SeqCst);
            for point in [ResetPoint::LastWorkflowTask, ResetPoint::FirstWorkflowTask] {
                assert_eq!(stuck.reset(point).await.unwrap().result().await.unwrap(), 7, "{point:?}");
            }
        },
    )
    .await;
}

#[tokio::test]
async fn a_reset_that_cannot_be_says_why() {
    let client = client().await;
    let nobody = Tea::handle(&client, unique("nobody"));
    for point in [ResetPoint::FirstWorkflowTask, ResetPoint::LastWorkflowTask, ResetPoint::Event(4)] {
        let error = nobody.reset(point).await.unwrap_err();
        assert!(matches!(*error, WorkflowInteractionError::NotFound(_)), "{point:?}: {error:?}");
    }
    with_worker(register, async |client, queue| {
        let tea = tea(client, queue, 0).await;
        tea.result().await.unwrap();
        let history = recorded::attributes(&tea).await.len();
        for event in [0, 1, 2, 1000] {
            let error = tea.reset(ResetPoint::Event(event)).await.unwrap_err();
            let WorkflowInteractionError::Rpc(status) = &*error else { panic!("{event}: {error:?}") };
            assert_eq!(status.code(), Code::InvalidArgument, "{event}: {status:?}");
            let said = format!(
                "resetting workflow `{}`: event {event} is neither the start nor the end of a workflow task: ",
                tea.workflow_id()
            );
            assert!(error.to_string().starts_with(&said), "{error}");
        }
        assert_eq!(events!(tea, WorkflowExecutionCompletedEventAttributes).len(), 1);
        assert_eq!(recorded::attributes(&tea).await.len(), history, "nothing has changed");

        let waiting = Tea::start(client, 0).id(unique("tea")).task_queue(unique("nobody")).await.unwrap();
        for point in [ResetPoint::FirstWorkflowTask, ResetPoint::LastWorkflowTask] {
            let error = waiting.reset(point).await.unwrap_err().to_string();
            let reason = "there has been no workflow task yet to be reset to";
            assert_eq!(error, format!("resetting workflow `{}`: {reason}", waiting.workflow_id()));
        }
        waiting.terminate().await.unwrap();
    })
    .await;
}
