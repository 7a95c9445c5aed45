//! The activities of programs.

use durably::{ActivityCancellationType, ActivityContext, prelude::*};

use super::{
    interpret::{Interpreter, MILLISECOND, failure},
    marks,
    program::{ActivityOptions, Cancellation, Part},
};

/// Does its part. The script knows it by its name.
#[activity]
pub(crate) async fn act(ctx: &ActivityContext, name: String, part: Part) -> ActivityResult<String> {
    let run_id = ctx.info().workflow_run_id.clone().unwrap_or_default();
    let attempt = ctx.info().attempt;
    marks::reach(&run_id, &format!("begun {name}"));
    match part {
        Part::Succeed => {}
        Part::Fail { times, non_retryable, kind, details, delay, heartbeat } if attempt <= times => {
            if heartbeat {
                ctx.heartbeat(format!("attempt {attempt}")).await?;
            }
            return Err(failure(&format!("attempt {attempt} fails"), non_retryable, kind, details, delay).into());
        }
        Part::Fail { .. } => {
            return Ok(format!("{name} by attempt {attempt} after {:?}", ctx.last_heartbeat::<String>()?));
        }
        Part::Hang { heartbeat } => {
            if heartbeat {
                ctx.heartbeat(format!("attempt {attempt}")).await?;
            }
            ctx.cancelled().await;
            return Err(ActivityError::cancelled());
        }
        Part::Gated { fails } => {
            // What is left behind is never told to go; the end of the worker would wait for it.
            let go = format!("go {name}");
            tokio::select! {
                () = marks::reached(&run_id, &go) => {}
                () = ctx.cancelled() => return Err(ActivityError::cancelled()),
            }
            if fails {
                return Err(ApplicationFailure::new(format!("{name} fails")).into());
            }
        }
        Part::Listen { completes, fails } => {
            let beats = async {
                loop {
                    ctx.heartbeat("listening".to_owned()).await?;
                    tokio::time::sleep(50 * MILLISECOND).await;
                }
            };
            let beats: ActivityResult<()> = tokio::select! {
                ended = beats => ended,
                () = ctx.cancelled() => Ok(()),
            };
            beats?;
            if fails {
                return Err(ApplicationFailure::new(format!("{name} fails when told to stop")).into());
            }
            if !completes {
                return Err(ActivityError::cancelled_with_details("stopped"));
            }
        }
    }
    Ok(format!("{name} by attempt {attempt}"))
}

/// Fails that often; run locally.
#[activity(start_to_close_timeout = "60s")]
pub(crate) async fn note(ctx: &ActivityContext, failures: u32) -> ActivityResult<String> {
    let attempt = ctx.info().attempt;
    if attempt <= failures {
        return Err(ApplicationFailure::new(format!("attempt {attempt} fails here")).into());
    }
    Ok(format!("noted by attempt {attempt}"))
}

pub(crate) type Call<'a> =
    durably::calls::ExecuteActivity<'a, act, durably::typestate::Given, durably::typestate::OnServer>;

/// A call with these options.
pub(crate) fn call<'a>(
    ctx: &'a WorkflowContext<Interpreter>,
    name: &str,
    part: Part,
    options: ActivityOptions,
) -> Call<'a> {
    let millis = Duration::from_millis;
    let queue = if options.unpolled { format!("{}-unpolled", ctx.task_queue()) } else { ctx.task_queue().to_owned() };
    let mut call = match (options.start_to_close, options.schedule_to_close) {
        (Some(start), Some(schedule)) => act::execute(ctx, name, part)
            .start_to_close_timeout(millis(start))
            .schedule_to_close_timeout(millis(schedule)),
        (None, Some(schedule)) => act::execute(ctx, name, part).schedule_to_close_timeout(millis(schedule)),
        (start, None) => act::execute(ctx, name, part).start_to_close_timeout(millis(start.unwrap_or(60_000))),
    }
    .task_queue(queue);
    if let Some(timeout) = options.schedule_to_start {
        call = call.schedule_to_start_timeout(millis(timeout));
    }
    if let Some(timeout) = options.heartbeat {
        call = call.heartbeat_timeout(millis(timeout));
    }
    if let Some(retry) = options.retry {
        let policy = RetryPolicy::builder()
            .initial_interval(millis(retry.interval))
            .backoff_coefficient(retry.coefficient)
            .maybe_maximum_interval(retry.maximum.map(millis))
            .maximum_attempts(retry.attempts)
            .non_retryable_error_types(retry.not);
        call = call.retry_policy(policy.build());
    }
    if let Some(id) = options.id {
        call = call.activity_id(id);
    }
    if options.summary {
        call = call.summary("an activity");
    }
    if options.lazy {
        call = call.do_not_eagerly_execute();
    }
    if let Some(key) = options.priority {
        call = call.priority(durably::Priority::builder().priority_key(key).build());
    }
    call
}

pub(crate) fn cancellation(how: Cancellation) -> ActivityCancellationType {
    match how {
        Cancellation::Try => ActivityCancellationType::TryCancel,
        Cancellation::Wait => ActivityCancellationType::WaitCancellationCompleted,
        Cancellation::Abandon => ActivityCancellationType::Abandon,
    }
}
