//! Visibility: finding workflows by what they are about.
//!
//! What one learns: search attributes are typed keys with values, given at the start and changed by the workflow; lists and
//! counts are filtered by them, a list being a stream; a memo holds values that are shown and not searched; what people read
//! in Temporal's user interface is a summary and details, fixed at the start, or current ones of the workflow.
//!
//! ```text
//! counted:   2 orders of ours
//! listed:    order-1 (Running), order-2 (Running)
//! handed on: order-1
//! grouped:   1 Completed, 1 Running
//! memo:      approved by Grace, no draft any more
//! described: "one bicycle", "for **Ada**"
//! knows:     order-1 is an Order on the task queue visibility, at attempt 1
//! ```

use durably::{
    MemoValue, MemoValues, SearchAttributeKey, SearchAttributes,
    prelude::*,
    temporal::client::{WorkflowCountOptions, WorkflowListOptions},
};
use durably_examples::{eventually, register_keyword, unique};
use futures_util::TryStreamExt;

/// Name and type of a search attribute. The service has to know it before it is used.
const CUSTOMER: SearchAttributeKey<String> = SearchAttributeKey::keyword("DurablyCustomer");

/// Belongs to a customer, until it is handed on to another one.
#[workflow(task_queue = "visibility", id_conflict_policy = TerminateExisting)]
#[derive(Default)]
struct Order {
    handed_to: Option<String>,
}

#[workflow]
impl Order {
    #[run(id = "order-{number}")]
    async fn run(ctx: &WorkflowContext<Self>, number: u32) -> WorkflowResult<String> {
        ctx.set_current_details(format!("order {number} waits for its customer"));
        ctx.wait_condition(|w| w.handed_to.is_some()).await?;
        if let Some(customer) = ctx.state_mut(|w| w.handed_to.take()) {
            ctx.upsert_search_attributes([CUSTOMER.value_set(customer)]);
        }
        // `None` takes an entry away.
        ctx.upsert_memo([("approved by", Some(MemoValue::new("Grace".to_owned()))), ("draft", None)])?;
        let info = ctx.info();
        let (id, of, queue) = (info.workflow_id(), info.workflow_type(), info.task_queue());
        Ok(format!("{id} is an {of} on the task queue {queue}, at attempt {}", info.attempt()))
    }

    #[signal]
    fn hand_to(&mut self, customer: String) {
        self.handed_to = Some(customer);
    }
}

/// Waits until so many workflows match: the service indexes them in its own time.
async fn counted(client: &Client, filter: &str, expected: usize) -> Result<usize, Box<dyn std::error::Error>> {
    eventually(|| async {
        let count = client.count_workflows(filter, WorkflowCountOptions::default()).await?.count();
        if count == expected { Ok(count) } else { Err(format!("{count} workflows are {filter}").into()) }
    })
    .await
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = durably::client().await?;
    register_keyword(&client, CUSTOMER.name()).await?;
    let worker = Worker::new(&client, "visibility").workflow::<Order>().start()?;

    let (ada, hedy) = (unique("Ada"), unique("Hedy"));
    for number in [1, 2] {
        let mut memo = MemoValues::new();
        memo.insert("draft", true);
        Order::start(&client, number)
            .search_attributes(SearchAttributes::new([CUSTOMER.value_set(ada.clone())]))
            .memo(memo)
            .static_summary("one bicycle")
            .static_details("for **Ada**")
            .await?;
    }

    let of = |customer: &str| format!("{} = '{customer}'", CUSTOMER.name());
    println!("counted:   {} orders of ours", counted(&client, &of(&ada), 2).await?);

    // Fetched page by page, as the stream is read.
    let orders: Vec<_> = client.list_workflows(of(&ada), WorkflowListOptions::default()).try_collect().await?;
    let mut orders: Vec<_> = orders.iter().map(|order| format!("{} ({:?})", order.id(), order.status())).collect();
    orders.sort();
    println!("listed:    {}", orders.join(", "));

    let order = Order::handle(&client, "order-1");
    order.hand_to(&hedy).await?;
    let known = order.result().await?;
    counted(&client, &of(&hedy), 1).await?;
    let handed = order.describe().await?;
    if handed.search_attributes().get(&CUSTOMER) == Some(hedy.clone()) {
        println!("handed on: {}", handed.id());
    }

    let (ours, both) = (format!("{} IN ('{ada}', '{hedy}')", CUSTOMER.name()), "GROUP BY ExecutionStatus");
    counted(&client, &format!("{ours} AND ExecutionStatus = 'Completed'"), 1).await?;
    let grouped = client.count_workflows(format!("{ours} {both}"), WorkflowCountOptions::default()).await?;
    let mut groups = Vec::new();
    for group in grouped.groups() {
        groups.push(format!("{} {}", group.count(), group.get::<String>(0).unwrap_or_default()));
    }
    groups.sort();
    println!("grouped:   {}", groups.join(", "));

    let memo = handed.memo();
    if let (Some(who), false) = (memo.get::<String>("approved by")?, memo.contains_key("draft")) {
        println!("memo:      approved by {who}, no draft any more");
    }
    let (summary, details) = (handed.static_summary(), handed.static_details());
    println!("described: {:?}, {:?}", summary.unwrap_or_default(), details.unwrap_or_default());
    println!("knows:     {known}");

    Order::handle(&client, "order-2").terminate().reason("the example is over").await?;
    worker.shutdown().await?;
    Ok(())
}
