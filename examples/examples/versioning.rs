//! Versioning: new code for workflows that are running.
//!
//! What one learns: workflow code is replayed, so it has to do again what it did; `patched` is true for runs that begin with
//! the new code, while others go on as they began; when those are gone the patch is deprecated, and later removed; random
//! numbers, ids and the time come from the context, to be the same at each replay; replaying recorded histories, in a test,
//! tells which code they still fit; a worker says which build it is.
//!
//! ```text
//! version 1: checkout-1 waits, paid by card
//! version 2: checkout-2 waits, paid by invoice
//! receipt:   that of checkout-1 is the same after a replay
//! finished:  checkout-1, paid by card, build 2.0
//! finished:  checkout-2, paid by invoice, build 2.0
//! replayed:  checkout-1 fits version 2: true, version 3: false
//! replayed:  checkout-2 fits version 2: true, version 3: true
//! ```

use durably::{prelude::*, testing::replay};

#[activity(start_to_close_timeout = "10s")]
async fn charge_card() -> String {
    "paid by card".to_owned()
}

#[activity(start_to_close_timeout = "10s")]
async fn write_invoice() -> String {
    "paid by invoice".to_owned()
}

/// In real life the versions are one struct, at three times. To the service they are one workflow type here as well.
#[workflow(name = "Checkout", task_queue = "versioning", id_conflict_policy = TerminateExisting)]
#[derive(Default)]
struct Version1 {
    paid: Option<(String, Receipt)>,
    confirmed: bool,
}

/// A unique id, a random number and the time: from `uuid`, `rand` and `SystemTime::now()` they would differ at each replay.
type Receipt = (String, u64, Option<std::time::SystemTime>);

fn receipt<W>(ctx: &WorkflowContext<W>) -> Receipt {
    (ctx.uuid4(), ctx.random(), ctx.workflow_time())
}

#[workflow]
impl Version1 {
    #[run(id = "checkout-{number}")]
    async fn run(ctx: &WorkflowContext<Self>, number: u32) -> WorkflowResult<String> {
        let paid = charge_card::execute(ctx).await?;
        ctx.state_mut(|w| w.paid = Some((paid.clone(), receipt(ctx))));
        ctx.wait_condition(|w| w.confirmed).await?;
        Ok(format!("checkout-{number}, {paid}"))
    }

    #[signal]
    fn confirm(&mut self) {
        self.confirmed = true;
    }

    #[query]
    fn paid(&self) -> Option<(String, Receipt)> {
        self.paid.clone()
    }
}

/// Knows both ways.
#[workflow(name = "Checkout", task_queue = "versioning", id_conflict_policy = TerminateExisting)]
#[derive(Default)]
struct Version2 {
    paid: Option<(String, Receipt)>,
    confirmed: bool,
}

const PATCH: &str = "pay by invoice";

#[workflow]
impl Version2 {
    #[run(id = "checkout-{number}")]
    async fn run(ctx: &WorkflowContext<Self>, number: u32) -> WorkflowResult<String> {
        let paid =
            if ctx.patched(PATCH) { write_invoice::execute(ctx).await? } else { charge_card::execute(ctx).await? };
        ctx.state_mut(|w| w.paid = Some((paid.clone(), receipt(ctx))));
        ctx.wait_condition(|w| w.confirmed).await?;
        let build = ctx.current_deployment_version().map(|version| version.build_id).unwrap_or_default();
        Ok(format!("checkout-{number}, {paid}, build {build}"))
    }

    #[signal]
    fn confirm(&mut self) {
        self.confirmed = true;
    }

    #[query]
    fn paid(&self) -> Option<(String, Receipt)> {
        self.paid.clone()
    }
}

/// Knows the new way only. Once no run of version 2 is left either, `deprecate_patch` goes too.
#[workflow(name = "Checkout")]
#[derive(Default)]
struct Version3 {
    confirmed: bool,
}

#[workflow]
impl Version3 {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, number: u32) -> WorkflowResult<String> {
        ctx.deprecate_patch(PATCH);
        let paid = write_invoice::execute(ctx).await?;
        ctx.wait_condition(|w| w.confirmed).await?;
        Ok(format!("checkout-{number}, {paid}"))
    }

    #[signal]
    fn confirm(&mut self) {
        self.confirmed = true;
    }
}

/// What has been paid, as soon as it has been.
async fn paid(checkout: &Version1Handle) -> Result<(String, Receipt), Box<dyn std::error::Error>> {
    durably_examples::eventually(|| async { checkout.paid().await?.ok_or_else(|| "nothing is paid".into()) }).await
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = durably::client().await?;

    let old =
        Worker::new(&client, "versioning").build_id("1.0").workflow::<Version1>().activity::<charge_card>().start()?;
    let first = Version1::start(&client, 1).await?;
    let (how, receipt) = paid(&first).await?;
    println!("version 1: {} waits, {how}", first.workflow_id());
    old.shutdown().await?;

    // The new worker knows nothing of the first checkout but its history, from which it replays it.
    let new = Worker::new(&client, "versioning")
        .build_id("2.0")
        .workflow::<Version2>()
        .activity::<charge_card>()
        .activity::<write_invoice>()
        .start()?;
    let second = Version2::start(&client, 2).await?;
    let (how, _) = paid(&Version1::handle(&client, second.workflow_id())).await?;
    println!("version 2: {} waits, {how}", second.workflow_id());
    if paid(&first).await?.1 == receipt {
        println!("receipt:   that of {} is the same after a replay", first.workflow_id());
    }
    first.confirm().await?;
    println!("finished:  {}", first.result().await?);
    second.confirm().await?;
    println!("finished:  {}", second.result().await?);
    new.shutdown().await?;

    for checkout in [first.workflow_id(), second.workflow_id()] {
        let history = || Version1::handle(&client, checkout).history();
        let (two, three) = (replay::<Version2>(history()).await.is_ok(), replay::<Version3>(history()).await.is_ok());
        println!("replayed:  {checkout} fits version 2: {two}, version 3: {three}");
    }
    Ok(())
}
