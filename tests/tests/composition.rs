//! Calls are futures: they join, race, and are lent to helpers.

use durably::{calls::Commands, prelude::*};
use durably_tests::{client, recorded, unique};

#[activity(start_to_close_timeout = "10s")]
async fn echo(text: String) -> String {
    text
}

/// Whoever waits for it loses the race.
#[activity(start_to_close_timeout = "60s", heartbeat_timeout = "3s")]
async fn forever(ctx: &ActivityContext) -> ActivityResult<String> {
    let beats = async {
        loop {
            let _ = ctx.record_heartbeat(()).await;
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    };
    tokio::select! {
        () = beats => {}
        () = ctx.cancelled() => {}
    }
    Err(ActivityError::cancelled())
}

/// A workflow that ends with what it is told.
#[workflow]
#[derive(Default)]
struct Told {
    what: Option<String>,
}

#[workflow]
impl Told {
    #[run(id = "{id}")]
    async fn run(ctx: &WorkflowContext<Self>, id: String) -> WorkflowResult<String> {
        ctx.wait_condition(|w| w.what.is_some()).await?;
        let what = ctx.state(|w| w.what.clone()).unwrap_or_default();
        Ok(format!("{id} {what}").split_off(id.len() + 1))
    }

    #[signal]
    fn tell(&mut self, what: String) {
        self.what = Some(what);
    }
}

#[workflow]
#[derive(Default)]
struct Joins;

#[workflow]
impl Joins {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, other: String) -> WorkflowResult<Vec<String>> {
        let mut said = Vec::new();

        // Written where they are joined.
        let (activity, local, timer, child, signal) = join!(
            echo::execute(ctx, "activity"),
            echo::execute(ctx, "local").local(),
            ctx.timer(Duration::from_millis(10)),
            Told::child(ctx, format!("{other}-child")),
            Told::external(ctx, &other).tell("signal"),
        );
        let child = child?;
        signal?;
        assert_eq!(timer, durably::TimerResult::Fired);
        said.extend([activity?, local?]);

        // Kept in variables first, started or not.
        let tell = child.tell("child");
        let result = child.result();
        let started = echo::execute(ctx, "started").start();
        let call = echo::execute(ctx, "call").summary("kept");
        let timer = ctx.timer(Duration::from_millis(10));
        let execute = Told::child(ctx, format!("{other}-executed")).execute();
        let external = Told::external(ctx, format!("{other}-executed"));
        let relay = async {
            // The other one is there once the timer has fired.
            while external.tell("executed").await.is_err() {
                ctx.timer(Duration::from_millis(10)).await;
            }
        };
        let (told, result, started, call, _, executed, ()) = join!(tell, result, started, call, timer, execute, relay);
        told?;
        said.extend([result?, started?, call?, executed?]);

        // As many as there are.
        let calls = ["a", "b", "c"].map(|text| echo::execute(ctx, text));
        for echoed in join_all(calls).await {
            said.push(echoed?);
        }
        let handles: Vec<_> = (0..3).map(|number| echo::execute(ctx, number.to_string()).local().start()).collect();
        for echoed in join_all(handles).await {
            said.push(echoed?);
        }
        Ok(said)
    }
}

#[tokio::test]
async fn calls_of_every_kind_are_joined() {
    let client = client().await;
    let queue = unique("joins");
    let worker =
        Worker::new(&client, &queue).workflow::<Joins>().workflow::<Told>().activity::<echo>().start().unwrap();

    let other = unique("told");
    let told = Told::start(&client, &other).task_queue(&queue).await.unwrap();
    let joins = Joins::start(&client, &other).id(unique("joins")).task_queue(&queue).await.unwrap();
    let expected = ["activity", "local", "child", "started", "call", "executed", "a", "b", "c", "0", "1", "2"];
    assert_eq!(joins.result().await.unwrap(), expected);
    assert_eq!(told.result().await.unwrap(), "signal");

    // Those of one `join!` were scheduled together: nothing happened in between.
    let scheduled: Vec<_> = recorded!(joins, ActivityTaskScheduledEventAttributes)
        .iter()
        .map(|event| event.workflow_task_completed_event_id)
        .collect();
    assert_eq!(scheduled.len(), 6);
    assert_eq!(scheduled[1], scheduled[2]);
    assert!(scheduled[3] == scheduled[4] && scheduled[4] == scheduled[5]);

    worker.shutdown().await.unwrap();
}

#[workflow]
#[derive(Default)]
struct Races;

#[workflow]
impl Races {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, other: String) -> WorkflowResult<Vec<String>> {
        let mut said = Vec::new();
        let soon = Duration::from_millis(10);
        let hour = Duration::from_secs(3600);

        // Written where they race.
        said.push(select! {
            echoed = echo::execute(ctx, "activity") => echoed?,
            _ = ctx.timer(hour) => "an hour".to_owned(),
        });
        said.push(select! {
            _ = forever::execute(ctx) => "for ever".to_owned(),
            _ = ctx.timer(soon) => "timer".to_owned(),
        });
        said.push(select! {
            echoed = echo::execute(ctx, "local").local() => echoed?,
            _ = forever::execute(ctx) => "for ever".to_owned(),
        });
        said.push(select! {
            told = Told::external(ctx, &other).tell("raced") => told.map(|()| "told".to_owned())?,
            _ = ctx.timer(hour) => "an hour".to_owned(),
        });
        let child = select! {
            child = Told::child(ctx, format!("{other}-child")) => child?,
            _ = ctx.timer(hour) => unreachable!("an hour has not passed"),
        };

        // Kept in variables, and lent to race after race until all have come in.
        let mut slow = forever::execute(ctx).start();
        let mut call = echo::execute(ctx, "lent call");
        let mut told = child.tell("lent");
        let mut result = child.result();
        let mut timer = ctx.timer(soon);
        let (mut has_call, mut has_told, mut has_result, mut has_timer) = (false, false, false, false);
        while !(has_call && has_told && has_result && has_timer) {
            select! {
                _ = &mut slow => unreachable!("it never ends by itself"),
                echoed = &mut call => { has_call = echoed? == "lent call" },
                sent = &mut told => { sent?; has_told = true; },
                heard = &mut result => { has_result = heard? == "lent" },
                _ = &mut timer => { has_timer = true },
            }
        }
        slow.cancel();
        said.push(slow.await.unwrap_err().as_cancelled().map_or("failed", |_| "cancelled").to_owned());
        Ok(said)
    }
}

#[tokio::test]
async fn calls_of_every_kind_race() {
    let client = client().await;
    let queue = unique("races");
    let worker = Worker::new(&client, &queue)
        .workflow::<Races>()
        .workflow::<Told>()
        .activity::<echo>()
        .activity::<forever>()
        .start()
        .unwrap();

    let other = unique("raced");
    let told = Told::start(&client, &other).task_queue(&queue).await.unwrap();
    let races = Races::start(&client, &other).id(unique("races")).task_queue(&queue).await.unwrap();
    assert_eq!(races.result().await.unwrap(), ["activity", "timer", "local", "told", "cancelled"]);
    assert_eq!(told.result().await.unwrap(), "raced");

    worker.shutdown().await.unwrap();
}

/// Calls from wherever commands may be issued: a helper need not know the workflow.
async fn greet(context: &impl Commands, who: &str, child: Option<String>) -> WorkflowResult<String> {
    let (once, twice) = join!(echo::execute(context, who), echo::execute(context, who).local());
    let twice = format!("{} {}", once?, twice?);
    let Some(id) = child else { return Ok(twice) };
    let child = Told::child(context, id).await?;
    child.tell(twice).await?;
    Ok(child.result().await?)
}

#[workflow]
#[derive(Default)]
struct Helped {
    said: Vec<String>,
}

#[workflow]
impl Helped {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, id: String) -> WorkflowResult<Vec<String>> {
        let greeted = greet(ctx, "run", Some(format!("{id}-run"))).await?;
        ctx.wait_condition(|w| w.said.len() == 2).await?;
        Ok(ctx.state(|w| [w.said.clone(), vec![greeted]].concat()))
    }

    #[signal]
    async fn greet_on_signal(ctx: &WorkflowContext<Self>, id: String) {
        let greeted = greet(ctx, "signal", Some(id)).await;
        ctx.state_mut(|w| w.said.push(greeted.unwrap_or_else(|error| error.to_string())));
    }

    #[update]
    async fn greet_on_update(ctx: &WorkflowContext<Self>) -> Result<String, ApplicationFailure> {
        let greeted = greet(ctx, "update", None).await.map_err(ApplicationFailure::new)?;
        ctx.state_mut(|w| w.said.push(greeted.clone()));
        Ok(greeted)
    }

    /// A plain handler starts what it does not wait for.
    #[signal]
    fn fire_and_forget(&mut self, ctx: &mut SyncWorkflowContext<Self>) {
        drop(echo::execute(&*ctx, "forgotten").start());
    }
}

#[tokio::test]
async fn helpers_and_handlers_call_too() {
    let client = client().await;
    let queue = unique("helped");
    let worker =
        Worker::new(&client, &queue).workflow::<Helped>().workflow::<Told>().activity::<echo>().start().unwrap();

    let id = unique("helped");
    let helped = Helped::start(&client, &id).id(&id).task_queue(&queue).await.unwrap();
    helped.fire_and_forget().await.unwrap();
    assert_eq!(helped.greet_on_update().await.unwrap(), "update update");
    helped.greet_on_signal(format!("{id}-signal")).await.unwrap();
    assert_eq!(helped.result().await.unwrap(), ["update update", "signal signal", "run run"]);
    // Run, signal, update, and the forgotten one.
    assert_eq!(recorded!(helped, ActivityTaskScheduledEventAttributes).len(), 4);

    worker.shutdown().await.unwrap();
}
