//! What the client does while a program runs. Before each step it waits until nothing is under way any more, so that
//! everything comes in one order.

use std::{
    future::Future,
    pin::Pin,
    time::{Duration, Instant},
};

use durably::{
    Client, MemoValues, search_attributes::SearchAttributes,
    temporal::common::protos::temporal::api::enums::v1::PendingActivityState,
};

use super::{
    interpret::{ATTRIBUTE, Interpreter, InterpreterHandle, retries},
    marks,
    outcome::{Outcome, failed, shown},
    program::{
        Act, ActivityState, Body, CancelActivity, Cancellation, Child, Ending, Fate, Handler, Happening, Pending,
        Policy, Program, Step, Update, With,
    },
    record::{self, Record},
    stage::{PATIENCE, Stage, is_running},
};

/// The task queue of every worker here.
pub(crate) const QUEUE: &str = "differential";

/// Runs the program under this workflow id.
pub(crate) async fn play(client: &Client, program: &Program, id: &str) -> Outcome<Record> {
    let mut script =
        Script { client: client.clone(), seen: Vec::new(), workflows: vec![id.to_owned()], left: Vec::new() };
    let played = tokio::time::timeout(2 * PATIENCE, script.play(program, id)).await;
    let played = played.unwrap_or_else(|_| Err("the script hangs".to_owned()));
    if let Err(error) = played {
        let _ = Interpreter::handle(client, id).terminate().await;
        let runs = record::collect(client, &script.workflows).await.unwrap_or_default();
        let histories = super::normalise::record(&Record { seen: script.seen, runs });
        return Err(format!("{error}\n{}", histories.join("\n")));
    }
    let runs = record::collect(client, &script.workflows).await?;
    Ok(Record { seen: script.seen, runs })
}

struct Script {
    client: Client,
    seen: Vec<String>,
    workflows: Vec<String>,
    /// Activities that are not awaited, to let go in the end, and children.
    left: Vec<Left>,
}

enum Left {
    Activity { run_id: String, name: u32 },
    Child { id: String, policy: Policy },
}

type Boxed<'a, T> = Pin<Box<dyn Future<Output = Outcome<T>> + Send + 'a>>;

impl Script {
    async fn play(&mut self, program: &Program, id: &str) -> Outcome<()> {
        let (handle, with) = self.start(program, id).await?;
        self.seen.extend(with);
        let mut stage = self.on_stage(id, None).await?;
        match program.start.with {
            With::Signal => (stage.sent, stage.credit) = (1, 1),
            With::Update => stage.update_credit = 1,
            With::Nothing => {}
        }
        self.chain(stage, &program.body, program.start.retries, 0).await?;
        self.clear().await?;
        self.seen.push(format!("result: {}", shown(handle.result().await)));
        Ok(())
    }

    async fn start(&self, program: &Program, id: &str) -> Outcome<(InterpreterHandle, Option<String>)> {
        let millis = Duration::from_millis;
        let body = program.body.clone();
        let options = &program.start;
        let mut start = Interpreter::start(&self.client, body).id(id).task_queue(QUEUE);
        if let Some(timeout) = options.execution_timeout {
            start = start.execution_timeout(millis(timeout));
        }
        if let Some(timeout) = options.run_timeout {
            start = start.run_timeout(millis(timeout));
        }
        if let Some(timeout) = options.task_timeout {
            start = start.task_timeout(millis(timeout));
        }
        if let Some(delay) = options.delay {
            start = start.start_delay(millis(delay));
        }
        if let Some(attempts) = options.retries {
            start = start.retry_policy(retries(attempts));
        }
        if let Some(value) = &options.memo {
            let mut memo = MemoValues::new();
            memo.insert("memo", value.clone());
            memo.insert("number", 7_u32);
            start = start.memo(memo);
        }
        if let Some(value) = &options.attribute {
            start = start.search_attributes(SearchAttributes::new([ATTRIBUTE.value_set(value.clone())]));
        }
        if options.summary {
            start = start.static_summary("a program").static_details("of the differential tests");
        }
        if let Some(key) = options.priority {
            start = start.priority(durably::Priority::builder().priority_key(key).build());
        }
        match options.with {
            With::Nothing => Ok((start.await.map_err(failed("the start"))?, None)),
            With::Signal => {
                let start = start.with_signal(|workflow| workflow.go());
                Ok((start.await.map_err(failed("the start with a signal"))?, None))
            }
            With::Update => {
                let start = start.with_update(|workflow| workflow.change(Update::Accepted).update_id("with start"));
                let (handle, answer) = start.await.map_err(failed("the start with an update"))?;
                Ok((handle, Some(answer)))
            }
        }
    }

    /// The run of the workflow that is not that one.
    async fn on_stage(&self, id: &str, before: Option<&str>) -> Outcome<Stage> {
        let handle = Interpreter::handle(&self.client, id);
        let began = Instant::now();
        loop {
            let run_id = match handle.describe().await {
                Ok(description) => {
                    let info = description.raw().workflow_execution_info.clone().unwrap_or_default();
                    info.execution.unwrap_or_default().run_id
                }
                Err(_) => String::new(),
            };
            if !run_id.is_empty() && before != Some(&run_id) {
                let handle = handle.for_run(&run_id);
                return Ok(Stage { id: id.to_owned(), run_id, handle, sent: 0, credit: 0, update_credit: 0 });
            }
            if began.elapsed() > PATIENCE {
                return Err(format!("there is no next run of {id}"));
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Accompanies a run and those that follow it; `from` is the first step that is still to come.
    fn chain<'a>(&'a mut self, stage: Stage, body: &'a Body, retries: Option<u32>, from: usize) -> Boxed<'a, ()> {
        Box::pin(async move {
            let mut stage = stage;
            let mut body = body;
            let mut from = from;
            let retries = retries;
            loop {
                let attempts = body.attempts(retries);
                for attempt in 1..=attempts {
                    if attempt > 1 {
                        stage = self.on_stage(&stage.id, Some(&stage.run_id)).await?;
                    }
                    self.accompany(&mut stage, body, std::mem::take(&mut from)).await?;
                }
                let Ending::ContinuesAsNew(next) = &body.ending else { return stage.closed().await };
                body = next;
                stage = self.on_stage(&stage.id, Some(&stage.run_id)).await?;
            }
        })
    }

    async fn accompany(&mut self, stage: &mut Stage, body: &Body, from: usize) -> Outcome<()> {
        for step in body.steps.iter().skip(from) {
            self.step(stage, step).await.map_err(|error| format!("{} at {step:?}: {error}", stage.id))?;
        }
        self.ending(stage, &body.ending).await.map_err(|error| format!("{} at its ending: {error}", stage.id))
    }

    async fn step(&mut self, stage: &mut Stage, step: &Step) -> Outcome<()> {
        let name = step.name;
        stage.reached(&format!("at {name}")).await?;
        match &step.act {
            Act::Together { activities, order } => {
                let names: Vec<_> = activities.iter().map(|activity| activity.name).collect();
                let pending = stage.begun(&names).await?;
                for (ended, index) in order.iter().enumerate() {
                    stage.go(names.get(*index).copied().unwrap_or_default());
                    // After the last one the workflow goes on.
                    if ended + 1 < order.len() {
                        stage.pending(pending - ended - 1).await?;
                    }
                }
            }
            Act::Signals { count, handler } => {
                for index in 0..*count {
                    if stage.credit > 0 {
                        stage.credit -= 1;
                        continue;
                    }
                    if index == 0 || *handler == Handler::Plain {
                        stage.settled().await?;
                    }
                    stage.signal(Some(*handler)).await?;
                    if index + 1 < *count {
                        stage.handled().await?;
                    }
                }
            }
            Act::Update(update) => self.update(stage, *update, name).await?,
            Act::Query { fails } => {
                stage.settled().await?;
                self.seen.push(shown(stage.handle.said(*fails).await));
                stage.signal(None).await?;
            }
            Act::CancelActivity(cancel) => self.cancel_activity(stage, cancel, name).await?,
            Act::LeaveActivity { polled: true } => {
                self.left.push(Left::Activity { run_id: stage.run_id.clone(), name });
            }
            Act::Child(child) => self.child(stage, child, name).await?,
            Act::Meanwhile { activities, happenings } => {
                let names: Vec<_> = activities.iter().map(|activity| activity.name).collect();
                let mut pending = stage.begun(&names).await?;
                stage.signal(None).await?;
                stage.reached(&format!("begun {name}")).await?;
                let mut ended = vec![false; names.len()];
                for happening in happenings {
                    match happening {
                        Happening::Signal => stage.signal(None).await?,
                        Happening::Activity(index) => {
                            if let (Some(activity), Some(ended)) = (names.get(*index), ended.get_mut(*index)) {
                                stage.go(*activity);
                                *ended = true;
                                pending -= 1;
                                stage.pending_meanwhile(pending).await?;
                            }
                        }
                    }
                }
                stage.go(name);
                for (activity, ended) in names.iter().zip(ended) {
                    if !ended {
                        stage.pending(pending).await?;
                        stage.go(*activity);
                        pending -= 1;
                    }
                }
            }
            Act::Activity(_)
            | Act::LocalActivity { .. }
            | Act::Timer { .. }
            | Act::LongTimer { .. }
            | Act::LeaveActivity { polled: false }
            | Act::Nobody { .. }
            | Act::Attribute { .. }
            | Act::Memo { .. }
            | Act::Patch { .. }
            | Act::FailTask { .. } => {}
        }
        Ok(())
    }

    async fn update(&mut self, stage: &mut Stage, update: Update, name: u32) -> Outcome<()> {
        if stage.update_credit > 0 {
            stage.update_credit -= 1;
            return Ok(());
        }
        stage.settled().await?;
        let id = format!("update {name}");
        match update {
            Update::Waiting => {
                let waiting = stage.handle.change(update).update_id(id).accepted().await;
                let waiting = waiting.map_err(failed("the update is not accepted"))?;
                stage.settled().await?;
                stage.signal(None).await?;
                self.seen.push(shown(waiting.result().await));
            }
            Update::Unknown => {
                let unknown = durably::untyped::handle::<durably::RawValue>(&self.client, &stage.id);
                let answer = unknown.update::<durably::RawValue>("no such update", ()).update_id(id).await;
                self.seen.push(shown(answer.map(drop)));
            }
            _ => self.seen.push(shown(stage.handle.change(update).update_id(id).await)),
        }
        if matches!(update, Update::Rejected | Update::Unknown) {
            stage.settled().await?;
            stage.signal(None).await?;
        }
        Ok(())
    }

    async fn cancel_activity(&mut self, stage: &mut Stage, cancel: &CancelActivity, name: u32) -> Outcome<()> {
        if cancel.state == ActivityState::JustScheduled {
            stage.settled().await?;
            return stage.signal(None).await;
        }
        match cancel.state {
            ActivityState::Unpolled | ActivityState::JustScheduled => {}
            ActivityState::Backoff => {
                stage
                    .until(|description| description.pending_activities.iter().any(|activity| activity.attempt == 2))
                    .await?;
            }
            _ => {
                stage.reached(&format!("begun {name}")).await?;
                if cancel.how == Cancellation::Abandon {
                    self.left.push(Left::Activity { run_id: stage.run_id.clone(), name });
                }
            }
        }
        stage.settled().await?;
        stage.signal(None).await?;
        // Until it has ended, if it was told to stop at all.
        let told = PendingActivityState::CancelRequested as i32;
        stage.until(|description| description.pending_activities.iter().all(|activity| activity.state != told)).await?;
        stage.signal(None).await
    }

    async fn child(&mut self, stage: &mut Stage, child: &Child, name: u32) -> Outcome<()> {
        let id = format!("{}-{name}", stage.id);
        self.workflows.retain(|workflow| *workflow != id);
        self.workflows.push(id.clone());
        stage.reached(&format!("child {name}")).await?;
        let children = stage.settled().await?.pending_children.len();
        let mut actor = self.on_stage(&id, None).await?;
        let first = child.body.steps.first().map(|step| step.name);
        let first = first.or(match child.body.ending {
            Ending::Held { name } => Some(name),
            _ => None,
        });
        actor.reached(&format!("at {}", first.unwrap_or_default())).await?;
        actor.settled().await?;
        stage.signal(None).await?;
        if child.fate == Fate::Left {
            self.left.push(Left::Child { id, policy: child.policy });
            return Ok(());
        }
        let acted = format!("acted {name}");
        match child.fate {
            Fate::Finishes | Fate::Doubled => {
                stage.reached(&acted).await?;
                stage.settled().await?;
                self.chain(actor, &child.body, child.retries, 0).await?;
            }
            Fate::Signalled | Fate::SignalledById => {
                stage.reached(&acted).await?;
                stage.settled().await?;
                actor.sent += 1;
                self.chain(actor, &child.body, child.retries, 1).await?;
            }
            Fate::Terminated => {
                stage.reached(&acted).await?;
                stage.settled().await?;
                actor.handle.terminate().reason("by the client").await.map_err(failed("the termination"))?;
                actor.closed().await?;
            }
            Fate::Cancelled(Cancellation::Abandon) => {
                stage.reached(&acted).await?;
                stage.settled().await?;
                actor.handle.terminate().reason("it is abandoned").await.map_err(failed("the termination"))?;
                actor.closed().await?;
            }
            Fate::Cancelled(_) | Fate::CancelledById => {
                actor.reached(&format!("cancelled {}", first.unwrap_or_default())).await?;
                actor.settled().await?;
                stage.reached(&acted).await?;
                stage.answered().await?;
                stage.settled().await?;
                actor.signal(None).await?;
                actor.closed().await?;
            }
            Fate::Left => {}
        }
        stage.until(|description| description.pending_children.len() < children).await?;
        stage.signal(None).await
    }

    async fn ending(&mut self, stage: &mut Stage, ending: &Ending) -> Outcome<()> {
        match ending {
            Ending::Completes | Ending::Fails { .. } | Ending::FailsUntil { .. } | Ending::ContinuesAsNew(_) => {}
            Ending::CompletesTwice { name } => {
                stage.reached(&format!("at {name}")).await?;
                stage.settled().await?;
                stage.signal(None).await?;
                stage.reached(&format!("begun {name}")).await?;
                stage.signal(None).await?;
                stage.go(*name);
            }
            Ending::TimesOut { name } => {
                stage.reached(&format!("at {name}")).await?;
                if !is_running(&stage.settled().await?) {
                    return Err("it has timed out before it was there".to_owned());
                }
            }
            Ending::Held { .. } => {}
            Ending::Cancelled { name, pending, .. } => {
                self.under_way(stage, *name, *pending).await?;
                let cancel = stage.handle.cancel().reason("the program says so");
                cancel.await.map_err(failed("the cancellation"))?;
                stage.go(*name);
            }
            Ending::Terminated { name, pending, details } => {
                self.under_way(stage, *name, *pending).await?;
                let mut terminate = stage.handle.terminate().reason("the program says so");
                if *details {
                    terminate = terminate.details(durably_tests::wire::json(&["\"details\"", "7"]));
                }
                terminate.await.map_err(failed("the termination"))?;
                stage.go(*name);
            }
        }
        stage.closed().await
    }

    async fn under_way(&mut self, stage: &mut Stage, name: u32, pending: Pending) -> Outcome<()> {
        stage.reached(&format!("at {name}")).await?;
        stage.settled().await?;
        match pending {
            Pending::Nothing | Pending::Timer | Pending::UnpolledActivity => Ok(()),
            Pending::Activity => stage.reached(&format!("begun {name}")).await,
            Pending::Task => {
                stage.signal(None).await?;
                stage.reached(&format!("begun {name}")).await
            }
        }
    }

    /// What has been left comes to its end.
    async fn clear(&mut self) -> Outcome<()> {
        for left in std::mem::take(&mut self.left) {
            match left {
                Left::Activity { run_id, name } => marks::reach(&run_id, &format!("go {name}")),
                Left::Child { id, policy } => {
                    let child = Interpreter::handle(&self.client, &id);
                    let patience = if policy == Policy::Abandon { Duration::ZERO } else { Duration::from_secs(10) };
                    let began = Instant::now();
                    loop {
                        let description = child.describe().await.map_err(failed("a child that was left"))?;
                        if !is_running(description.raw()) {
                            break;
                        }
                        if began.elapsed() >= patience {
                            self.seen.push(format!("{id} is still running"));
                            child.terminate().reason("it is left").await.map_err(failed("the termination"))?;
                            break;
                        }
                        tokio::time::sleep(Duration::from_millis(20)).await;
                    }
                }
            }
        }
        Ok(())
    }
}
