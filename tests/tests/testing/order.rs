//! The order of calls.

use durably::testing::TestEnv;

use super::{
    panic_of,
    shop::{Order, Receipt, charge, mail},
};

async fn run(env: &TestEnv) {
    env.worker().workflow::<Order>().start().unwrap();
    let order = Order::start(env.client(), "4111").id("o-1").task_queue(env.task_queue()).await.unwrap();
    order.approve().await.unwrap();
    order.result().await.unwrap();
}

#[durably::test]
async fn calls_come_in_order(env: &TestEnv) {
    let charge = env.mock::<charge>(|_: String, cents: u32| Ok(Receipt { cents }));
    env.mock::<mail>(|_: String| ()).after(&charge);
    run(env).await;
}

#[test]
fn a_call_out_of_order_ends_the_test() {
    let message = panic_of(async |env: &TestEnv| {
        let mail = env.mock::<mail>(|_: String| ());
        env.mock::<charge>(|_: String, cents: u32| Ok(Receipt { cents })).after(&mail);
        run(env).await;
    });
    assert_eq!(message, "the mock of `charge` was called before that of `mail`: charge(\"4111\", 300)");
}
