//! What is expected of mocks.

use durably::{prelude::*, testing::TestEnv};

use super::{
    panic_of,
    shop::{Desk, Order, OrderHandle, Parcel, Receipt, charge, mail},
};

/// An order that is approved.
async fn approved(env: &TestEnv) -> OrderHandle {
    env.worker().workflow::<Order>().start().unwrap();
    let order = Order::start(env.client(), "4111").id("o-1").task_queue(env.task_queue()).await.unwrap();
    order.approve().await.unwrap();
    order
}

#[durably::test]
async fn methods_and_local_activities_are_answered(env: &TestEnv) {
    let weigh = Desk::mocks(env).weigh(|article: String| Ok(article.len() as u32)).times(2);
    Desk::mocks(env).stamp(|| Ok(1)).times(1);
    env.worker().workflow::<Parcel>().start().unwrap();
    assert_eq!(Parcel::start(env.client(), "book").execute().await.unwrap(), (4, 4, 1));
    assert_eq!(weigh.calls(), ["book", "book"]);
}

#[durably::test]
async fn a_mock_fails_and_is_tried_again(env: &TestEnv) {
    let charge = env
        .mock::<charge>(|_: String, cents: u32| Ok(Receipt { cents }))
        .fails_once(ApplicationFailure::new("the bank is closed"))
        .fails_once(ApplicationFailure::new("still closed"));
    env.mock::<mail>(|_: String| ());
    let before = env.now();
    assert!(approved(env).await.result().await.unwrap().is_some());
    assert_eq!(charge.count(), 3);
    // An hour and two hours, as the retry policy says.
    assert!(env.now().duration_since(before).unwrap() >= Duration::from_secs(3 * 3600));
}

#[durably::test]
async fn a_mock_fails_for_good(env: &TestEnv) {
    env.mock::<charge>(|_: String, _: u32| Err(ApplicationFailure::non_retryable("no such card").into())).times(1);
    env.mock::<mail>(|_: String| ()).never();
    let error = approved(env).await.result().await.unwrap_err();
    assert!(format!("{error:?}").contains("no such card"), "{error:?}");
}

#[test]
fn too_few_calls_fail_the_test() {
    let message = panic_of(async |env: &TestEnv| {
        env.mock::<charge>(|_: String, cents: u32| Ok(Receipt { cents })).times(2);
        env.mock::<mail>(|_: String| ()).at_least(1);
        approved(env).await.result().await.unwrap();
    });
    assert_eq!(message, "the mock of `charge` expected 2 calls, and got 1:\n    charge(\"4111\", 300)");
}

#[test]
fn no_call_fails_the_test() {
    let message = panic_of(async |env: &TestEnv| {
        env.mock::<charge>(|_: String, cents: u32| Ok(Receipt { cents })).times(1);
        Desk::mocks(env).stamp(|| Ok(1)).at_least(2);
    });
    let expected = "the mock of `charge` expected 1 call, and got none\n\
                    the mock of `stamp-it` expected at least 2 calls, and got none";
    assert_eq!(message, expected);
}

#[test]
fn a_call_too_many_ends_the_test() {
    let message = panic_of(async |env: &TestEnv| {
        env.mock::<charge>(|_: String, cents: u32| Ok(Receipt { cents })).never();
        approved(env).await.result().await.unwrap();
    });
    assert_eq!(message, "the mock of `charge` expected no call, and got 1:\n    charge(\"4111\", 300)");
}

#[test]
fn a_mock_that_panics_ends_the_test() {
    let message = panic_of(async |env: &TestEnv| {
        env.mock::<charge>(|card: String, cents: u32| {
            assert_eq!(card, "4242");
            Ok(Receipt { cents })
        });
        approved(env).await.result().await.unwrap();
    });
    assert!(message.starts_with("the mock of `charge` did not answer: it panicked: assertion"), "{message}");
    assert!(message.contains("4111"), "{message}");
}

#[test]
fn a_mock_that_comes_too_late_says_so() {
    let message = panic_of(async |env: &TestEnv| {
        env.worker().workflow::<Order>().start().unwrap();
        env.mock::<mail>(|_: String| ());
    });
    assert_eq!(message, "the mock of `mail` comes too late: a worker has started without it");
}
