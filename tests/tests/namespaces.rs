//! Namespaces: registered, worked in, changed, listed, deleted.

use durably::{namespace::NamespaceError, prelude::*};
use durably_tests::{address, client, eventually::eventually, unique};
use futures_util::TryStreamExt;

const DAY: Duration = Duration::from_secs(86_400);

#[workflow]
#[derive(Default)]
struct Invoice;

#[workflow]
impl Invoice {
    #[run]
    async fn run(number: u32) -> u32 {
        number + 1
    }
}

#[tokio::test]
async fn a_namespace_is_registered_worked_in_changed_listed_and_deleted() {
    let anywhere = client().await;
    let name = unique("billing");
    let billing = durably::namespace(&anywhere, &name);
    let missing = billing.describe().await.unwrap_err();
    assert!(matches!(missing, NamespaceError::NotFound { .. }), "{missing}");
    let missing = billing.update().description("Invoices").await.unwrap_err();
    assert!(matches!(missing, NamespaceError::NotFound { .. }), "{missing}");
    let missing = billing.delete().await.unwrap_err();
    assert!(matches!(missing, NamespaceError::NotFound { .. }), "{missing}");

    billing
        .register()
        .retention(2 * DAY)
        .description("Invoices")
        .owner_email("ada@example.com")
        .data("team", "a")
        .await
        .unwrap();
    let twice = billing.register().await.unwrap_err();
    assert_eq!(twice.to_string(), format!("namespace `{name}` exists already"));
    let described = billing.describe().await.unwrap();
    assert_eq!((described.description(), described.owner_email()), ("Invoices", "ada@example.com"));
    assert_eq!(described.retention(), Some(2 * DAY));
    assert_eq!(described.data().unwrap()["team"], "a");

    // The parts of the service learn of a namespace one after the other.
    eventually(|| async { billing.update().description("Invoices and receipts").data("floor", "3").await }).await;
    let described = billing.describe().await.unwrap();
    assert_eq!((described.description(), described.owner_email()), ("Invoices and receipts", "ada@example.com"));
    assert_eq!(described.retention(), Some(2 * DAY));
    let data = described.data().unwrap();
    assert_eq!((data["team"].as_str(), data["floor"].as_str()), ("a", "3"));
    billing.update().retention(4 * DAY).owner_email("grace@example.com").data("team", "b").await.unwrap();
    let described = billing.describe().await.unwrap();
    assert_eq!((described.description(), described.owner_email()), ("Invoices and receipts", "grace@example.com"));
    assert_eq!(described.retention(), Some(4 * DAY));
    let data = described.data().unwrap();
    assert_eq!((data["team"].as_str(), data["floor"].as_str()), ("b", "3"));

    let all: Vec<_> = durably::namespace::list_namespaces(&anywhere).try_collect().await.unwrap();
    assert!(all.iter().any(|namespace| namespace.name() == name));

    let client = durably::client().address(address()).namespace(&name).await.unwrap();
    let queue = unique("billing");
    let worker = Worker::new(&client, &queue).workflow::<Invoice>().start().unwrap();
    let id = unique("invoice");
    let invoice = eventually(|| async { Invoice::start(&client, 6).id(&id).task_queue(&queue).await }).await;
    assert_eq!(invoice.result().await.unwrap(), 7);
    worker.shutdown().await.unwrap();

    billing.delete().await.unwrap();
    eventually(|| async {
        match billing.describe().await {
            Err(NamespaceError::NotFound { .. }) => Ok(()),
            other => Err(format!("{other:?}")),
        }
    })
    .await;
}
