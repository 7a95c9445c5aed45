//! The workflow that does what a program says.

use durably::{
    ChildWorkflowCancellationType, MemoValue, ParentClosePolicy, TimerOptions, WaitConditionOptions,
    WorkflowCancellationToken,
    prelude::*,
    search_attributes::{SearchAttributeKey, SearchAttributes},
};

use super::{
    activities::{act, call, note},
    marks,
    outcome::text,
    program::{
        Act, ActivityOptions, ActivityState, Body, Cancellation, Cancelled, Child, Ending, Fate, Handler, Part,
        Pending, Policy, Update,
    },
};

/// A search attribute that both servers know.
pub(crate) const ATTRIBUTE: SearchAttributeKey<String> = SearchAttributeKey::keyword("DifferentialKeyword");
pub(crate) const MILLISECOND: Duration = Duration::from_millis(1);
const HOUR: Duration = Duration::from_secs(3600);

type Context = WorkflowContext<Interpreter>;

#[workflow]
#[derive(Default)]
pub(crate) struct Interpreter {
    /// Signals that have been handled.
    signals: u32,
    /// Signals that were waited for.
    awaited: u32,
    /// Updates that have been handled.
    updates: u32,
    awaited_updates: u32,
    said: Vec<String>,
}

#[workflow]
impl Interpreter {
    #[run]
    pub(crate) async fn run(ctx: &WorkflowContext<Self>, body: Body) -> WorkflowResult<Vec<String>> {
        let mut left = Left::default();
        for step in body.steps {
            marks::reach(ctx.run_id(), &format!("at {}", step.name));
            perform(ctx, step.name, step.act, &mut left).await?;
        }
        end(ctx, body.ending).await
    }

    #[signal]
    fn go(&mut self, ctx: &SyncWorkflowContext<Self>) {
        self.signals += 1;
        marks::reach(ctx.run_id(), &format!("handled {}", self.signals));
    }

    #[signal]
    async fn go_after(ctx: &WorkflowContext<Self>, handler: Handler) {
        match handler {
            Handler::Plain => {}
            Handler::Activity => say(ctx, succeed(ctx, "signal").await),
            Handler::Timer => drop(ctx.timer(50 * MILLISECOND).await),
        }
        let signals = ctx.state_mut(|w| {
            w.signals += 1;
            w.signals
        });
        marks::reach(ctx.run_id(), &format!("handled {signals}"));
    }

    #[update]
    async fn change(ctx: &WorkflowContext<Self>, update: Update) -> Result<String, ApplicationFailure> {
        let done = match update {
            Update::WithActivity => succeed(ctx, "update").await,
            Update::WithLocalActivity => said(note::execute(ctx, 0).local().await),
            Update::WithTimer => format!("{:?}", ctx.timer(50 * MILLISECOND).await),
            Update::Waiting => {
                let signals = ctx.state(|w| w.signals);
                format!("{:?}", ctx.wait_condition(|w| w.signals > signals).await.is_ok())
            }
            _ => "at once".to_owned(),
        };
        ctx.state_mut(|w| w.updates += 1);
        match update {
            Update::Failed => Err(ApplicationFailure::builder("the update has failed")
                .type_name("Update".to_owned())
                .details(7_u32)
                .build()),
            _ => Ok(done),
        }
    }

    #[update_validator(change)]
    fn check(&self, update: &Update) -> Result<(), ApplicationFailure> {
        match update {
            Update::Rejected => Err(ApplicationFailure::non_retryable("the update is rejected")),
            _ => Ok(()),
        }
    }

    #[query]
    fn said(&self, fails: bool) -> Result<Vec<String>, ApplicationFailure> {
        if fails { Err(ApplicationFailure::new("the query fails")) } else { Ok(self.said.clone()) }
    }
}

/// What is not awaited until the run ends.
#[derive(Default)]
struct Left {
    futures: Vec<Box<dyn std::any::Any>>,
}

fn said<T: std::fmt::Debug, E: std::error::Error>(result: Result<T, E>) -> String {
    match result {
        Ok(value) => format!("{value:?}"),
        Err(error) => text(&error),
    }
}

fn say(ctx: &Context, text: String) {
    ctx.state_mut(|w| w.said.push(text));
}

fn plain() -> ActivityOptions {
    ActivityOptions { start_to_close: Some(60_000), ..ActivityOptions::default() }
}

async fn succeed(ctx: &Context, what: &str) -> String {
    said(call(ctx, what, Part::Succeed, plain()).await)
}

async fn signals(ctx: &Context, count: u32) -> Result<(), WorkflowTermination> {
    let wanted = ctx.state_mut(|w| {
        w.awaited += count;
        w.awaited
    });
    Ok(ctx.wait_condition(move |w| w.signals >= wanted).await?)
}

/// Whether the workflow is cancelled or not.
async fn detached(ctx: &Context, count: u32) -> Result<(), WorkflowTermination> {
    let wanted = ctx.state_mut(|w| {
        w.awaited += count;
        w.awaited
    });
    let detached = WaitConditionOptions::builder().cancellation_token(WorkflowCancellationToken::new()).build();
    Ok(ctx.wait_condition_with_options(move |w| w.signals >= wanted, detached).await?)
}

async fn perform(ctx: &Context, name: u32, act: Act, left: &mut Left) -> Result<(), WorkflowTermination> {
    let key = name.to_string();
    match act {
        Act::Activity(activity) => say(ctx, said(call(ctx, &key, activity.part, activity.options).await)),
        Act::Together { activities, .. } => {
            let started = activities.iter().map(|activity| {
                let part = Part::Gated { fails: activity.fails };
                let options = ActivityOptions { retry: once(), ..plain() };
                call(ctx, &activity.name.to_string(), part, options).start()
            });
            for result in join_all(started.collect::<Vec<_>>()).await {
                say(ctx, said(result));
            }
        }
        Act::LocalActivity { failures, attempts, timer } => {
            let interval = if timer { 200 * MILLISECOND } else { MILLISECOND };
            let policy = RetryPolicy::builder().initial_interval(interval).maximum_attempts(attempts).build();
            let threshold = if timer { 50 * MILLISECOND } else { HOUR };
            let call = note::execute(ctx, failures).local().retry_policy(policy).timer_backoff_threshold(threshold);
            say(ctx, said(call.await));
        }
        Act::Timer { millis } => say(ctx, format!("{:?}", ctx.timer(Duration::from_millis(millis)).await)),
        Act::LongTimer { cancelled } => {
            let token = WorkflowCancellationToken::new();
            let hour = TimerOptions::builder(HOUR).summary(key).cancellation_token(token.clone()).build();
            let hour = ctx.timer(hour);
            ctx.timer(50 * MILLISECOND).await;
            if cancelled {
                token.cancel();
                say(ctx, format!("{:?}", hour.await));
            }
        }
        Act::Signals { count, .. } => signals(ctx, count).await?,
        Act::Update(update) => {
            if update == Update::Waiting {
                signals(ctx, 1).await?;
            }
            if !matches!(update, Update::Rejected | Update::Unknown) {
                let wanted = ctx.state_mut(|w| {
                    w.awaited_updates += 1;
                    w.awaited_updates
                });
                ctx.wait_condition(move |w| w.updates >= wanted && ctx.all_handlers_finished()).await?;
            }
            if matches!(update, Update::Rejected | Update::Unknown) {
                signals(ctx, 1).await?;
            }
        }
        Act::Query { .. } => signals(ctx, 1).await?,
        Act::CancelActivity(cancel) => cancel_activity(ctx, &key, cancel.state, cancel.how).await?,
        Act::LeaveActivity { polled } => {
            let options = ActivityOptions { unpolled: !polled, ..plain() };
            let call = call(ctx, &key, Part::Gated { fails: false }, options);
            // Cancelled with the workflow, it would tell of its end at the same time as what comes next.
            let handle = call.cancellation_token(WorkflowCancellationToken::new()).start();
            // The handle borrows the context; the command is sent, whether somebody waits for it or not.
            drop(handle);
            ctx.timer(50 * MILLISECOND).await;
        }
        Act::Child(child) => have_child(ctx, name, *child, left).await?,
        Act::Nobody { cancel } => {
            let nobody = Interpreter::external(ctx, format!("{}-nobody", ctx.workflow_id()));
            let answer = if cancel {
                said(nobody.cancel().reason("to nobody").await)
            } else {
                said(nobody.go().await.map(drop))
            };
            say(ctx, answer);
        }
        Act::Attribute { value } => {
            ctx.upsert_search_attributes([value.map_or_else(|| ATTRIBUTE.value_unset(), |v| ATTRIBUTE.value_set(v))]);
        }
        Act::Memo { value } => ctx.upsert_memo([("memo", value.map(MemoValue::new))])?,
        Act::Patch { deprecated } => {
            if deprecated {
                ctx.deprecate_patch(&key);
            } else {
                say(ctx, ctx.patched(&key).to_string());
            }
        }
        Act::FailTask { times } => {
            if marks::count(ctx.run_id(), &key) <= times {
                ctx.force_task_fail("the program says so");
                ctx.wait_condition(|_| false).await?;
            }
        }
        Act::Meanwhile { activities, happenings } => {
            let started = activities.iter().map(|activity| {
                let part = Part::Gated { fails: activity.fails };
                let options = ActivityOptions { retry: once(), ..plain() };
                call(ctx, &activity.name.to_string(), part, options).start()
            });
            let started = started.collect::<Vec<_>>();
            signals(ctx, 1).await?;
            say(ctx, said(act_locally(ctx, &key).await));
            let sent = happenings.iter().filter(|happening| matches!(happening, super::program::Happening::Signal));
            signals(ctx, u32::try_from(sent.count()).unwrap_or(0)).await?;
            for result in join_all(started).await {
                say(ctx, said(result));
            }
        }
    }
    Ok(())
}

fn once() -> Option<super::program::Retry> {
    Some(super::program::Retry { interval: 1000, coefficient: 2.0, maximum: None, attempts: 1, not: Vec::new() })
}

/// A local activity that waits for the script.
async fn act_locally(ctx: &Context, key: &str) -> Result<String, durably::ActivityExecutionError> {
    let call = act::execute(ctx, key, Part::Gated { fails: false }).local();
    call.start_to_close_timeout(Duration::from_secs(60)).await
}

async fn cancel_activity(
    ctx: &Context,
    key: &str,
    state: ActivityState,
    how: Cancellation,
) -> Result<(), WorkflowTermination> {
    let mut options = ActivityOptions { heartbeat: Some(60_000), retry: once(), ..plain() };
    let part = match state {
        ActivityState::JustScheduled | ActivityState::Unpolled => {
            options.unpolled = true;
            Part::Succeed
        }
        ActivityState::Backoff => {
            options.retry = once().map(|retry| super::program::Retry { interval: 600_000, attempts: 3, ..retry });
            Part::Fail { times: 2, non_retryable: false, kind: None, details: false, delay: None, heartbeat: false }
        }
        // It would never be told, and its heartbeats would come at any time.
        _ if how == Cancellation::Abandon => Part::Gated { fails: false },
        ActivityState::GivesWay => Part::Listen { completes: false, fails: false },
        ActivityState::Completes => Part::Listen { completes: true, fails: false },
        ActivityState::Fails => Part::Listen { completes: false, fails: true },
    };
    let activity = call(ctx, key, part, options).cancellation_type(super::activities::cancellation(how)).start();
    if state != ActivityState::JustScheduled {
        signals(ctx, 1).await?;
    }
    activity.cancel();
    say(ctx, said(activity.await));
    // The script sends it when nothing is under way any more.
    signals(ctx, 1).await
}

async fn have_child(ctx: &Context, name: u32, child: Child, left: &mut Left) -> Result<(), WorkflowTermination> {
    let id = format!("{}-{name}", ctx.workflow_id());
    let token = WorkflowCancellationToken::new();
    let mut start = Interpreter::child(ctx, child.body).id(&id).cancellation_token(token);
    start = start.parent_close_policy(match child.policy {
        Policy::Terminate => ParentClosePolicy::Terminate,
        Policy::Abandon => ParentClosePolicy::Abandon,
        Policy::RequestCancel => ParentClosePolicy::RequestCancel,
    });
    if let Fate::Cancelled(how) = child.fate {
        start = start.cancellation_type(match how {
            Cancellation::Try => ChildWorkflowCancellationType::TryCancel,
            Cancellation::Wait => ChildWorkflowCancellationType::WaitCancellationCompleted,
            Cancellation::Abandon => ChildWorkflowCancellationType::Abandon,
        });
    }
    if let Some(attempts) = child.retries {
        start = start.retry_policy(retries(attempts));
    }
    if let Some(timeout) = child.run_timeout {
        start = start.run_timeout(Duration::from_millis(timeout));
    }
    if let Some(value) = child.attribute {
        start = start.search_attributes(SearchAttributes::new([ATTRIBUTE.value_set(value)]));
    }
    if child.summary {
        start = start.static_summary("a child").static_details("of its parent");
    }
    let handle = match start.await {
        Ok(handle) => handle,
        Err(error) => {
            say(ctx, text(&error));
            return Ok(());
        }
    };
    marks::reach(ctx.run_id(), &format!("child {name}"));
    signals(ctx, 1).await?;
    match child.fate {
        Fate::Finishes | Fate::Terminated => {}
        Fate::Signalled => say(ctx, said(handle.go().await.map(drop))),
        Fate::SignalledById => say(ctx, said(Interpreter::external(ctx, &id).go().await.map(drop))),
        Fate::Cancelled(_) => handle.cancel("by its parent"),
        Fate::CancelledById => {
            say(ctx, said(Interpreter::external(ctx, &id).cancel().reason("by its id").await));
        }
        Fate::Doubled => say(ctx, said(Interpreter::child(ctx, Body::default()).id(&id).execute().await)),
        Fate::Left => {
            left.futures.push(Box::new(handle.result()));
            return Ok(());
        }
    }
    marks::reach(ctx.run_id(), &format!("acted {name}"));
    say(ctx, said(handle.result().await));
    signals(ctx, 1).await
}

pub(crate) fn retries(attempts: u32) -> RetryPolicy {
    RetryPolicy::builder().initial_interval(10 * MILLISECOND).maximum_attempts(attempts).build()
}

async fn end(ctx: &Context, ending: Ending) -> WorkflowResult<Vec<String>> {
    let all = || Ok(ctx.state(|w| w.said.clone()));
    match ending {
        Ending::Completes => all(),
        Ending::CompletesTwice { name } => {
            marks::reach(ctx.run_id(), &format!("at {name}"));
            signals(ctx, 1).await?;
            say(ctx, said(act_locally(ctx, &name.to_string()).await));
            all()
        }
        Ending::Fails { non_retryable, kind, details, delay } => {
            Err(failure("the program fails", non_retryable, kind, details, delay).into())
        }
        Ending::FailsUntil { attempt } if ctx.info().attempt() < attempt => {
            Err(ApplicationFailure::new("the program fails at first").into())
        }
        Ending::FailsUntil { .. } => all(),
        Ending::ContinuesAsNew(body) => Interpreter::continue_as_new(ctx, *body).await,
        Ending::TimesOut { name } => {
            marks::reach(ctx.run_id(), &format!("at {name}"));
            ctx.wait_condition(|_| false).await?;
            all()
        }
        Ending::Held { name } => {
            marks::reach(ctx.run_id(), &format!("at {name}"));
            let reason = ctx.cancelled().await;
            say(ctx, format!("{reason:?}"));
            marks::reach(ctx.run_id(), &format!("cancelled {name}"));
            detached(ctx, 1).await?;
            Err(WorkflowTermination::cancelled())
        }
        Ending::Terminated { name, pending, .. } => {
            marks::reach(ctx.run_id(), &format!("at {name}"));
            wait(ctx, name, pending).await?;
            all()
        }
        Ending::Cancelled { name, pending, cleans_up, how } => {
            marks::reach(ctx.run_id(), &format!("at {name}"));
            wait(ctx, name, pending).await?;
            if cleans_up {
                let clean = call(ctx, "clean up", Part::Succeed, plain());
                say(ctx, said(clean.cancellation_token(WorkflowCancellationToken::new()).await));
            }
            match how {
                Cancelled::Plainly => Err(WorkflowTermination::cancelled()),
                Cancelled::WithDetails => {
                    Err(WorkflowTermination::cancelled_with_details(ctx.state(|w| w.said.clone())))
                }
                Cancelled::Completed => all(),
                Cancelled::Failed => Err(ApplicationFailure::new("it fails instead").into()),
            }
        }
    }
}

/// Until it is cancelled.
async fn wait(ctx: &Context, name: u32, pending: Pending) -> Result<(), WorkflowTermination> {
    let key = name.to_string();
    let options = ActivityOptions { heartbeat: Some(60_000), retry: once(), ..plain() };
    match pending {
        Pending::Nothing => drop(ctx.cancelled().await),
        Pending::Timer => say(ctx, format!("{:?}", ctx.timer(HOUR).await)),
        Pending::Activity => {
            let listen = call(ctx, &key, Part::Listen { completes: false, fails: false }, options);
            let wait = super::activities::cancellation(Cancellation::Wait);
            say(ctx, said(listen.cancellation_type(wait).await));
        }
        Pending::UnpolledActivity => {
            // What comes next comes after the server has told of it, and not at the same time.
            let unpolled = call(ctx, &key, Part::Succeed, ActivityOptions { unpolled: true, ..options });
            let wait = super::activities::cancellation(Cancellation::Wait);
            say(ctx, said(unpolled.cancellation_type(wait).await));
        }
        Pending::Task => {
            signals(ctx, 1).await?;
            say(ctx, said(act_locally(ctx, &key).await));
            ctx.cancelled().await;
        }
    }
    Ok(())
}

pub(crate) fn failure(
    message: &str,
    non_retryable: bool,
    kind: Option<String>,
    details: bool,
    delay: Option<u64>,
) -> ApplicationFailure {
    ApplicationFailure::builder(message.to_owned())
        .non_retryable(non_retryable)
        .maybe_type_name(kind)
        .maybe_next_retry_delay(delay.map(Duration::from_millis))
        .maybe_details(details.then_some(7_u32))
        .build()
}
