//! Finding workflows: typed search attributes, lists and counts as streams; and memos.

use durably::{
    MemoValue, SearchAttributeKey, SearchAttributes, WorkflowExecutionStatus,
    prelude::*,
    search_attributes::SearchAttributeUpdate,
    visibility::{count_workflows, list_workflows},
};
use durably_tests::{client, eventually::eventually, search_attribute, unique, with_worker};
use futures_util::TryStreamExt;

const CUSTOMER: SearchAttributeKey<String> = SearchAttributeKey::keyword("DurablyCustomer");

/// Tells who it is for, and is handed to someone else when it is told to, or to nobody.
#[workflow]
#[derive(Default)]
struct Order {
    handed_to: Vec<Option<String>>,
    shipped: bool,
}

#[workflow]
impl Order {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<Vec<Option<String>>> {
        let mut customers = vec![ctx.search_attributes().get(&CUSTOMER)];
        loop {
            ctx.wait_condition(|w| w.shipped || !w.handed_to.is_empty()).await?;
            let Some(to) = ctx.state_mut(|w| w.handed_to.pop()) else { return Ok(customers) };
            ctx.upsert_search_attributes([customer(to)]);
            customers.push(ctx.search_attributes().get(&CUSTOMER));
        }
    }

    #[signal]
    fn hand_to(&mut self, customer: Option<String>) {
        self.handed_to.push(customer);
    }

    #[signal]
    fn ship(&mut self) {
        self.shipped = true;
    }
}

fn customer(name: Option<String>) -> SearchAttributeUpdate {
    name.map_or_else(|| CUSTOMER.value_unset(), |name| CUSTOMER.value_set(name))
}

/// Has the same search attribute.
#[workflow(name = "it's a gift")]
#[derive(Default)]
struct Gift;

#[workflow]
impl Gift {
    #[run]
    async fn run() {}
}

async fn counted(client: &Client, filter: &str, expected: usize) {
    eventually(|| async {
        match count_workflows(client).filter(filter).await.unwrap().count() {
            found if found == expected => Ok(()),
            found => Err(format!("{filter}: {found} instead of {expected}")),
        }
    })
    .await;
}

fn by(name: &str) -> String {
    format!("{} = '{name}'", CUSTOMER.name())
}

fn of(name: &str) -> SearchAttributes {
    SearchAttributes::new([CUSTOMER.value_set(name.to_owned())])
}

#[tokio::test]
async fn search_attributes_are_typed_on_start_upsert_list_and_count() {
    let (ada, grace) = (unique("Ada"), unique("Grace"));
    search_attribute(&client().await, CUSTOMER.name()).await;
    with_worker(
        |worker| worker.workflow::<Order>(),
        async |client, queue| {
            let start = || Order::start(client).id(unique("order")).task_queue(queue).search_attributes(of(&ada));
            let order = start().await.unwrap();
            let other = start().await.unwrap();
            let gift = Gift::start(client).id(unique("gift")).task_queue("nobody").search_attributes(of(&ada));
            let gift = gift.await.unwrap();
            counted(client, &by(&ada), 3).await;

            // Of all types.
            let found: Vec<_> = list_workflows(client).filter(by(&ada)).try_collect().await.unwrap();
            assert!(found.iter().all(|found| found.search_attributes().get(&CUSTOMER).as_ref() == Some(&ada)));
            let mut ids: Vec<_> = found.iter().map(|found| found.id()).collect();
            ids.sort();
            let mut expected = [order.workflow_id(), other.workflow_id(), gift.workflow_id()];
            expected.sort();
            assert_eq!(ids, expected);
            assert_eq!(list_workflows(client).filter(by(&ada)).limit(1).all().await.unwrap().len(), 1);

            // Of one type: with handles of that type.
            let orders = list_workflows(client).of::<Order>().filter(by(&ada)).all().await.unwrap();
            assert_eq!(orders.len(), 2);
            assert_eq!(count_workflows(client).of::<Order>().filter(by(&ada)).await.unwrap().count(), 2);
            let mut gifts = list_workflows(client).of::<Gift>().filter(by(&ada));
            let found = gifts.next().await.unwrap().unwrap();
            assert_eq!((found.id(), found.workflow_type()), (gift.workflow_id(), "it's a gift"));
            assert!(gifts.next().await.is_none());
            found.handle().terminate().await.unwrap();

            let found = orders.iter().find(|found| found.id() == order.workflow_id()).unwrap();
            found.handle().hand_to(Some(grace.clone())).await.unwrap();
            counted(client, &by(&grace), 1).await;
            counted(client, &by(&ada), 2).await;
            order.ship().await.unwrap();
            assert_eq!(order.result().await.unwrap(), [Some(ada.clone()), Some(grace.clone())]);
            let described = order.describe().await.unwrap();
            assert_eq!(described.search_attributes().get(&CUSTOMER).as_ref(), Some(&grace));
            other.terminate().await.unwrap();

            // By status, for all there are.
            let ended = eventually(|| async {
                let counted = count_workflows(client).of::<Order>().filter(by(&ada)).group_by("ExecutionStatus").await;
                let counted = counted.unwrap();
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
async fn a_workflow_takes_a_search_attribute_away() {
    let ada = unique("Ada");
    search_attribute(&client().await, CUSTOMER.name()).await;
    with_worker(
        // Each task begins with a replay, from what the server has.
        |worker| worker.workflow::<Order>().max_cached_workflows(0),
        async |client, queue| {
            let order = Order::start(client).id(unique("order")).task_queue(queue).search_attributes(of(&ada));
            let order = order.await.unwrap();
            counted(client, &by(&ada), 1).await;
            order.hand_to(None).await.unwrap();
            counted(client, &by(&ada), 0).await;
            assert!(!order.describe().await.unwrap().search_attributes().contains_key(&CUSTOMER));
            order.ship().await.unwrap();
            assert_eq!(order.result().await.unwrap(), [Some(ada.clone()), None]);
        },
    )
    .await;
}

#[tokio::test]
async fn a_filter_the_server_cannot_read_is_refused_and_named() {
    let client = client().await;
    let listed = list_workflows(&client).of::<Order>().filter("NoSuchAttribute = 1").all().await.unwrap_err();
    assert_eq!(listed.query, "(WorkflowType = 'Order') AND (NoSuchAttribute = 1)");
    let error = listed.to_string();
    assert!(error.contains(&listed.query) && error.matches("NoSuchAttribute").count() > 1, "{error}");
    let error = count_workflows(&client).filter("not a filter").await.unwrap_err().to_string();
    assert!(error.contains("`not a filter`"), "{error}");
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
