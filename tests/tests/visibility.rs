//! Finding workflows: typed search attributes, lists and counts as streams; and memos.

use durably::{
    MemoValue, WorkflowExecutionStatus,
    prelude::*,
    temporal::{
        client::{WorkflowCountOptions, WorkflowListOptions},
        common::search_attributes::{SearchAttributeKey, SearchAttributes},
    },
};
use durably_tests::{client, eventually::eventually, search_attribute, unique, with_worker};
use futures_util::TryStreamExt;

const CUSTOMER: SearchAttributeKey<String> = SearchAttributeKey::keyword("DurablyCustomer");

/// Tells who it is for, and is handed to someone else when it is told to.
#[workflow]
#[derive(Default)]
struct Order {
    handed_to: Option<String>,
    shipped: bool,
}

#[workflow]
impl Order {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<Vec<String>> {
        let before = ctx.search_attributes().get(&CUSTOMER).unwrap_or_default();
        ctx.wait_condition(|w| w.handed_to.is_some()).await?;
        let to = ctx.state(|w| w.handed_to.clone().unwrap_or_default());
        ctx.upsert_search_attributes([CUSTOMER.value_set(to)]);
        let after = ctx.search_attributes().get(&CUSTOMER).unwrap_or_default();
        ctx.wait_condition(|w| w.shipped).await?;
        Ok(vec![before, after])
    }

    #[signal]
    fn hand_to(&mut self, customer: String) {
        self.handed_to = Some(customer);
    }

    #[signal]
    fn ship(&mut self) {
        self.shipped = true;
    }
}

async fn count(client: &Client, query: &str) -> usize {
    client.count_workflows(query, WorkflowCountOptions::default()).await.unwrap().count()
}

async fn counted(client: &Client, query: &str, expected: usize) {
    eventually(|| async {
        match count(client, query).await {
            found if found == expected => Ok(()),
            found => Err(format!("{query}: {found} instead of {expected}")),
        }
    })
    .await;
}

#[tokio::test]
async fn search_attributes_are_typed_on_start_upsert_list_and_count() {
    let (ada, grace) = (unique("Ada"), unique("Grace"));
    search_attribute(&client().await, CUSTOMER.name()).await;
    with_worker(
        |worker| worker.workflow::<Order>(),
        async |client, queue| {
            let of_ada = || SearchAttributes::new([CUSTOMER.value_set(ada.clone())]);
            let start = || Order::start(client).id(unique("order")).task_queue(queue).search_attributes(of_ada());
            let order = start().await.unwrap();
            let other = start().await.unwrap();
            let by = |name: &str| format!("{} = '{name}'", CUSTOMER.name());
            counted(client, &by(&ada), 2).await;
            let found: Vec<_> =
                client.list_workflows(by(&ada), WorkflowListOptions::default()).try_collect().await.unwrap();
            assert!(found.iter().all(|found| found.search_attributes().get(&CUSTOMER).as_ref() == Some(&ada)));
            let mut ids: Vec<_> = found.iter().map(|found| found.id()).collect();
            ids.sort();
            let mut expected = [order.workflow_id(), other.workflow_id()];
            expected.sort();
            assert_eq!(ids, expected);
            let one = WorkflowListOptions::builder().limit(1).build();
            let one: Vec<_> = client.list_workflows(by(&ada), one).try_collect().await.unwrap();
            assert_eq!(one.len(), 1);

            order.hand_to(&grace).await.unwrap();
            counted(client, &by(&grace), 1).await;
            counted(client, &by(&ada), 1).await;
            order.ship().await.unwrap();
            assert_eq!(order.result().await.unwrap(), [ada.clone(), grace.clone()]);
            let described = order.describe().await.unwrap();
            assert_eq!(described.search_attributes().get(&CUSTOMER).as_ref(), Some(&grace));
            other.terminate().await.unwrap();

            // By status, for all there are.
            let query = format!("{} GROUP BY ExecutionStatus", by(&ada));
            let ended = eventually(|| async {
                let counted = client.count_workflows(&query, WorkflowCountOptions::default()).await.unwrap();
                let status = counted.groups().first().and_then(|group| group.get::<String>(0));
                status.filter(|status| status != "Running").ok_or("it is running")
            })
            .await;
            assert_eq!(ended, "Terminated");
            assert_eq!(other.describe().await.unwrap().status(), WorkflowExecutionStatus::Terminated);
        },
    )
    .await;
}

#[tokio::test]
async fn a_filter_the_server_cannot_read_is_refused() {
    let client = client().await;
    let listed: Result<Vec<_>, _> =
        client.list_workflows("NoSuchAttribute = 1", WorkflowListOptions::default()).try_collect().await;
    let error = listed.unwrap_err().to_string();
    assert!(error.contains("NoSuchAttribute"), "{error}");
    let error = client.count_workflows("NoSuchAttribute = 1", WorkflowCountOptions::default()).await.unwrap_err();
    assert!(error.to_string().contains("NoSuchAttribute"), "{error}");
}

/// Changes its memo.
#[workflow]
#[derive(Default)]
struct Draft;

#[workflow]
impl Draft {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<(bool, Option<String>)> {
        ctx.upsert_memo([("note", Some(MemoValue::new("written".to_owned()))), ("draft", None)])?;
        let memo = ctx.memo();
        Ok((memo.contains_key("draft"), memo.get("note")?))
    }
}

#[tokio::test]
async fn a_memo_is_changed_by_the_workflow() {
    with_worker(
        |worker| worker.workflow::<Draft>(),
        async |client, queue| {
            let mut memo = durably::MemoValues::new();
            memo.insert("draft", 1_u32);
            memo.insert("owner", "Ada".to_owned());
            let draft = Draft::start(client).id(unique("draft")).task_queue(queue).memo(memo).await.unwrap();
            assert_eq!(draft.result().await.unwrap(), (false, Some("written".to_owned())));
            let memo = draft.describe().await.unwrap().memo();
            assert_eq!(memo.get::<String>("note").unwrap().as_deref(), Some("written"));
            assert_eq!(memo.get::<String>("owner").unwrap().as_deref(), Some("Ada"));
            assert!(!memo.contains_key("draft"), "{memo:?}");
        },
    )
    .await;
}
