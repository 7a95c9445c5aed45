//! What a test is given.

use durably::{prelude::*, testing::TestEnv};

use super::shop::{Clock, Desk, Order, Parcel, Receipt, charge, mail};

#[durably::test]
async fn a_workflow_is_driven_and_its_activities_are_answered(env: &TestEnv) {
    let charge = env.mock::<charge>(|_: String, cents: u32| Ok(Receipt { cents }));
    let mail = env.mock::<mail>(|_: String| ()).times(1);
    env.worker().workflow::<Order>().start().unwrap();

    let order = Order::start(env.client(), "4111").id("o-1").task_queue(env.task_queue()).await.unwrap();
    assert!(!order.is_approved().await.unwrap());
    order.approve().await.unwrap();
    assert_eq!(order.result().await.unwrap(), Some(Receipt { cents: 300 }));
    assert_eq!(charge.calls(), [("4111".to_owned(), 300)]);
    assert_eq!(mail.calls(), ["Ada"]);
}

#[durably::test]
async fn waiting_for_a_result_skips_time(env: &TestEnv) {
    env.worker().workflow::<Order>().start().unwrap();
    let before = env.now();
    let order = Order::start(env.client(), "4111").id("o-1").task_queue(env.task_queue());
    assert_eq!(order.execute().await.unwrap(), None);
    let took = env.now().duration_since(before).unwrap();
    assert!(took >= Duration::from_secs(30 * 86_400) && took < Duration::from_secs(30 * 86_400 + 60), "{took:?}");
}

#[durably::test]
async fn registered_activities_run(env: &TestEnv) -> Result<(), Box<dyn std::error::Error>> {
    let stamp = Desk::mocks(env).stamp(|| Ok(1));
    env.worker().workflow::<Parcel>().activities(Desk).start()?;
    assert_eq!(Parcel::start(env.client(), "book").execute().await?, (7, 7, 1));
    assert_eq!(stamp.count(), 1);
    Ok(())
}

#[durably::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_environments_know_nothing_of_each_other(env: &TestEnv) -> Result<(), Box<dyn std::error::Error>> {
    let other = TestEnv::start().await?;
    other.worker().workflow::<Clock>().start()?;
    env.worker().workflow::<Clock>().start()?;
    let clock = Clock::start(env.client()).id("c").task_queue(env.task_queue()).await?;
    let slow = Clock::start(other.client()).id("c").task_queue(other.task_queue()).await?;
    env.skip(Duration::from_secs(3600)).await;
    other.settle().await;
    assert!(clock.fired().await?);
    assert!(!slow.fired().await?);
    assert!(env.now().duration_since(other.now())? > Duration::from_secs(3500));
    Ok(other.finish().await?)
}

fn renamed(client: durably::ClientBuilder) -> durably::ClientBuilder {
    client.identity("the test")
}

#[durably::test(client = renamed)]
async fn the_client_has_options(env: &TestEnv) {
    assert_eq!(env.client().connection().identity(), "the test");
}

/// `cargo test --test main -- --ignored how_long_a_test_takes --nocapture`
#[test]
#[ignore = "measures"]
fn how_long_a_test_takes() {
    let mut took: Vec<Duration> = (0..30)
        .map(|_| {
            let began = std::time::Instant::now();
            durably::__::TestCase::new().run(async |env: &TestEnv| {
                env.mock::<charge>(|_: String, cents: u32| Ok(Receipt { cents }));
                env.mock::<mail>(|_: String| ());
                env.worker().workflow::<Order>().start().unwrap();
                let order = Order::start(env.client(), "4111").id("o-1").task_queue(env.task_queue()).await.unwrap();
                order.approve().await.unwrap();
                order.result().await.unwrap();
                println!("  body {:?}", began.elapsed());
            });
            println!("  all {:?}", began.elapsed());
            began.elapsed()
        })
        .collect();
    took.sort();
    println!("a test takes {:?} at best, {:?} as a rule", took[0], took[15]);
}
