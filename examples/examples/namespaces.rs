//! Namespaces: worlds of their own on one service.
//!
//! What one learns: a namespace is registered with how long it keeps closed workflows, a description, an owner and data of
//! one's own; an update changes what it names and keeps the rest; to work in it is to connect to it; it is listed and
//! deleted. (On Temporal Cloud, namespaces are made with its own tools instead.)
//!
//! ```text
//! registered: Invoices, of ada@example.com, kept for 2 days, team a
//! again:      it exists already
//! updated:    Invoices and receipts, of ada@example.com, kept for 2 days, team a
//! listed:     yes
//! worked in:  invoice 7 is paid
//! elsewhere:  nobody knows of invoice 7
//! deleted:    it is not found
//! ```

use durably::{
    namespace::{NamespaceError, NamespaceHandle, list_namespaces},
    prelude::*,
};
use durably_examples::{eventually, unique};
use futures_util::TryStreamExt;

#[workflow(task_queue = "namespaces")]
#[derive(Default)]
struct Invoice;

#[workflow]
impl Invoice {
    #[run(id = "bill-{number}")]
    async fn run(number: u32) -> String {
        format!("invoice {number} is paid")
    }
}

const DAY: Duration = Duration::from_secs(86_400);

async fn show(namespace: &NamespaceHandle) -> Result<String, NamespaceError> {
    let described = namespace.describe().await?;
    let days = described.retention().unwrap_or_default().as_secs() / DAY.as_secs();
    let team = described.data().and_then(|data| data.get("team")).map_or("?", String::as_str);
    let (description, owner) = (described.description(), described.owner_email());
    Ok(format!("{description}, of {owner}, kept for {days} days, team {team}"))
}

async fn work_with(anywhere: &Client, billing: &NamespaceHandle) -> Result<(), Box<dyn std::error::Error>> {
    println!("registered: {}", show(billing).await?);
    if let Err(NamespaceError::AlreadyExists { .. }) = billing.register().await {
        println!("again:      it exists already");
    }

    // The parts of the service come to know of a new namespace one after the other.
    eventually(|| async { billing.update().description("Invoices and receipts").await }).await?;
    println!("updated:    {}", show(billing).await?);

    let all: Vec<_> = list_namespaces(anywhere).try_collect().await?;
    if all.iter().any(|namespace| namespace.name() == billing.name()) {
        println!("listed:     yes");
    }

    // A client is for one namespace, and so is the worker it is given to.
    let client = durably::client().namespace(billing.name()).await?;
    let worker = Worker::new(&client, "namespaces").workflow::<Invoice>().start()?;
    let invoice = eventually(|| async { Invoice::start(&client, 7).await }).await?;
    println!("worked in:  {}", invoice.result().await?);
    if Invoice::handle(anywhere, invoice.workflow_id()).describe().await.is_err() {
        println!("elsewhere:  nobody knows of invoice 7");
    }
    Ok(worker.shutdown().await?)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // A namespace is handled by a client of whichever namespace.
    let anywhere = durably::client().await?;

    let billing = durably::namespace(&anywhere, unique("billing"));
    billing
        .register()
        .retention(2 * DAY)
        .description("Invoices")
        .owner_email("ada@example.com")
        .data("team", "a")
        .await?;
    let worked = work_with(&anywhere, &billing).await;
    // Whatever happened: nothing is left on the service.
    billing.delete().await?;
    worked?;
    eventually(|| async {
        match billing.describe().await {
            Err(NamespaceError::NotFound { .. }) => Ok(()),
            other => Err(format!("it is still there: {other:?}")),
        }
    })
    .await?;
    println!("deleted:    it is not found");
    Ok(())
}
