//! What nobody answers to.

use durably::{prelude::*, testing::TestEnv};

use super::{
    panic_of,
    shop::{Order, Parcel, Receipt, charge},
};

#[test]
fn an_activity_without_a_mock_ends_the_test() {
    let message = panic_of(async |env: &TestEnv| {
        env.mock::<charge>(|_: String, cents: u32| Ok(Receipt { cents }));
        env.worker().workflow::<Order>().task_queue("mail").start().unwrap();
        let order = Order::start(env.client(), "4111").id("o-1").task_queue(env.task_queue()).await.unwrap();
        order.approve().await.unwrap();
        order.result().await.unwrap();
    });
    let expected = "`Order` (workflow `o-1`) calls the activity `mail`, which has no mock and is not registered: mock it before \
                    the worker starts, or register it with the worker";
    assert_eq!(message, expected);
}

#[test]
fn a_worker_without_any_activity_says_so_too() {
    let message = panic_of(async |env: &TestEnv| {
        env.worker().workflow::<Parcel>().start().unwrap();
        Parcel::start(env.client(), "book").execute().await.unwrap();
    });
    assert!(message.contains("calls the activity `weigh`, which has no mock"), "{message}");
}

#[test]
fn a_workflow_that_is_not_registered_ends_the_test() {
    let message = panic_of(async |env: &TestEnv| {
        env.worker().workflow::<Order>().task_queue("parcels").start().unwrap();
        Parcel::start(env.client(), "book").execute().await.unwrap();
    });
    assert!(message.starts_with("a workflow task of `Parcel` (workflow `parcel-book`, run `"), "{message}");
    assert!(message.contains("failed at event 4"), "{message}");
}

#[workflow]
#[derive(Default)]
struct Broken;

#[workflow]
impl Broken {
    #[run]
    async fn run() {
        panic!("this cannot be");
    }
}

#[test]
fn a_workflow_that_panics_ends_the_test() {
    let message = panic_of(async |env: &TestEnv| {
        env.worker().workflow::<Broken>().start().unwrap();
        Broken::start(env.client()).id("b").task_queue(env.task_queue()).execute().await.unwrap();
    });
    assert!(message.contains("failed at event 4: ") && message.contains("this cannot be"), "{message}");
}

#[test]
fn a_task_queue_that_nobody_polls_ends_the_test() {
    let message = panic_of(async |env: &TestEnv| {
        env.worker().workflow::<Order>().start().unwrap();
        Order::start(env.client(), "4111").id("o-1").task_queue("typo").execute().await.unwrap();
    });
    let end = ") waits for a worker on the task queue `typo`, which no worker of this test polls";
    assert!(message.starts_with("`Order` (workflow `o-1`, run `") && message.ends_with(end), "{message}");
}

/// Calls an activity where nobody is.
#[workflow]
#[derive(Default)]
struct Lost;

#[workflow]
impl Lost {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        charge::execute(ctx, "4111", 1_u32).task_queue("bank").await?;
        Ok(())
    }
}

#[test]
fn an_activity_that_nobody_polls_for_ends_the_test() {
    let message = panic_of(async |env: &TestEnv| {
        env.worker().workflow::<Lost>().start().unwrap();
        Lost::start(env.client()).id("lost").task_queue(env.task_queue()).execute().await.unwrap();
    });
    let end = ") called the activity `charge` on the task queue `bank`, which no worker of this test polls";
    assert!(message.starts_with("`Lost` (workflow `lost`, run `") && message.ends_with(end), "{message}");
}
