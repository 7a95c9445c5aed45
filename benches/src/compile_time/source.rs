//! The same workflows in two languages: a run method, two signals, a query, a validated update, an activity, a client that
//! calls all of them, and a worker.

/// A crate with Durably.
pub(super) fn durably_source(workflows: usize) -> String {
    let workers = (0..workflows).map(|n| format!(".workflow::<Workflow{n}>().activity::<greet_{n}>()"));
    let worker = format!(
        "pub fn worker(client: &Client) -> Worker {{\n    Worker::new(client, \"queue\"){}\n}}\n",
        workers.collect::<String>()
    );
    let modules = (0..workflows).map(|n| DURABLY.replace("NUMBER", &n.to_string()));
    format!("use durably::prelude::*;\n{}{worker}", modules.collect::<String>())
}

/// A crate with Temporal's own macros.
pub(super) fn official_source(workflows: usize) -> String {
    let workers =
        (0..workflows).map(|n| format!(".register_workflow::<Workflow{n}>()?.register_activities(Activities{n})"));
    let worker = format!(
        "pub fn worker() -> Result<WorkerOptions, Error> {{\n    Ok(WorkerOptions::new(\"queue\"){}.build())\n}}\n",
        workers.collect::<String>()
    );
    let modules = (0..workflows).map(|n| OFFICIAL.replace("NUMBER", &n.to_string()));
    format!("{OFFICIAL_IMPORTS}{}{worker}", modules.collect::<String>())
}

const DURABLY: &str = r#"
/// A workflow.
#[workflow(task_queue = "queue")]
#[derive(Default)]
pub struct WorkflowNUMBER {
    total: i64,
    done: bool,
}

#[workflow]
impl WorkflowNUMBER {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, name: String) -> WorkflowResult<String> {
        ctx.wait_condition(|w| w.done).await?;
        Ok(greet_NUMBER::execute(ctx, name).await?)
    }

    #[signal]
    fn add(&mut self, amount: i64) {
        self.total += amount;
    }

    #[signal]
    fn finish(&mut self) {
        self.done = true;
    }

    #[query]
    fn total(&self) -> i64 {
        self.total
    }

    #[update]
    fn set(&mut self, total: i64) -> i64 {
        std::mem::replace(&mut self.total, total)
    }

    #[update_validator(set)]
    fn check_set(&self, total: &i64) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        if *total < 0 { Err("negative".into()) } else { Ok(()) }
    }
}

#[activity(start_to_close_timeout = "10s")]
pub async fn greet_NUMBER(name: String) -> ActivityResult<String> {
    Ok(format!("Hello, {name}!"))
}

pub async fn drive_NUMBER(client: &Client) -> Result<String, Box<dyn std::error::Error>> {
    let handle = WorkflowNUMBER::start(client, "Ada").id("NUMBER").await?;
    handle.add(1).await?;
    handle.set(handle.total().await? + 1).await?;
    handle.finish().await?;
    Ok(handle.result().await?)
}
"#;

const OFFICIAL_IMPORTS: &str = r#"use std::time::Duration;

use temporalio_client::{
    Client, WorkflowExecuteUpdateOptions, WorkflowGetResultOptions, WorkflowQueryOptions, WorkflowSignalOptions,
    WorkflowStartOptions,
};
use temporalio_macros::{activities, workflow, workflow_methods};
use temporalio_sdk::{
    ActivityOptions, SyncWorkflowContext, WorkerOptions, WorkflowContext, WorkflowContextView, WorkflowResult,
    activities::{ActivityContext, ActivityError},
};

type Error = Box<dyn std::error::Error + Send + Sync>;
"#;

const OFFICIAL: &str = r#"
/// A workflow.
#[workflow]
#[derive(Default)]
pub struct WorkflowNUMBER {
    total: i64,
    done: bool,
}

#[workflow_methods]
impl WorkflowNUMBER {
    #[run]
    pub async fn run(ctx: &mut WorkflowContext<Self>, name: String) -> WorkflowResult<String> {
        ctx.wait_condition(|w| w.done).await?;
        let options = ActivityOptions::start_to_close_timeout(Duration::from_secs(10));
        Ok(ctx.execute_activity(ActivitiesNUMBER::greet, name, options).await?)
    }

    #[signal]
    pub fn add(&mut self, _ctx: &mut SyncWorkflowContext<Self>, amount: i64) {
        self.total += amount;
    }

    #[signal]
    pub fn finish(&mut self, _ctx: &mut SyncWorkflowContext<Self>) {
        self.done = true;
    }

    #[query]
    pub fn total(&self, _ctx: &WorkflowContextView) -> i64 {
        self.total
    }

    #[update]
    pub fn set(&mut self, _ctx: &mut SyncWorkflowContext<Self>, total: i64) -> i64 {
        std::mem::replace(&mut self.total, total)
    }

    #[update_validator(set)]
    fn check_set(&self, _ctx: &WorkflowContextView, total: &i64) -> Result<(), Error> {
        if *total < 0 { Err("negative".into()) } else { Ok(()) }
    }
}

pub struct ActivitiesNUMBER;

#[activities]
impl ActivitiesNUMBER {
    #[activity]
    pub async fn greet(_ctx: ActivityContext, name: String) -> Result<String, ActivityError> {
        Ok(format!("Hello, {name}!"))
    }
}

pub async fn drive_NUMBER(client: &Client) -> Result<String, Error> {
    let options = WorkflowStartOptions::new("queue", "NUMBER").build();
    let handle = client.start_workflow(WorkflowNUMBER::run, "Ada".to_owned(), options).await?;
    handle.signal(WorkflowNUMBER::add, 1, WorkflowSignalOptions::default()).await?;
    let total = handle.query(WorkflowNUMBER::total, (), WorkflowQueryOptions::default()).await?;
    handle.execute_update(WorkflowNUMBER::set, total + 1, WorkflowExecuteUpdateOptions::default()).await?;
    handle.signal(WorkflowNUMBER::finish, (), WorkflowSignalOptions::default()).await?;
    Ok(handle.get_result(WorkflowGetResultOptions::default()).await?)
}
"#;
