//! Failures of activities, local ones too, and what is none that is declared.

use durably::{ActivityExecutionError, prelude::*};
use durably_tests::{unique, with_worker};

use super::{PaymentError, WAYS, charge, pay, seen};

fn other(error: ActivityExecutionError) -> String {
    match &error {
        ActivityExecutionError::Cancelled(_) => "cancelled".to_owned(),
        _ if error.as_timeout().is_some() => "timed out".to_owned(),
        _ => format!("other: {}", error.reason().map_or_else(|| error.to_string(), ToString::to_string)),
    }
}

#[workflow]
#[derive(Default)]
struct Shop;

#[workflow]
impl Shop {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, card: String) -> WorkflowResult<[String; 4]> {
        Ok([
            seen(charge::execute(ctx, &card).await, other),
            seen(charge::execute(ctx, &card).local().await, other),
            seen(Till::activities(ctx).charge_here(&card).start().await, other),
            seen(Till::activities(ctx).charge_here(card).local().start().await, other),
        ])
    }
}

struct Till {
    open: bool,
}

#[activities]
impl Till {
    #[activity(start_to_close_timeout = "10s", retry_policy(maximum_attempts = 1))]
    fn charge_here(&self, card: String) -> Result<u32, ActivityFailed<PaymentError>> {
        if !self.open {
            "the till is closed".parse::<u8>()?;
        }
        Ok(pay(&card)?)
    }
}

#[tokio::test]
async fn the_failure_of_an_activity_is_the_one_it_declares() {
    let register = |worker: Worker| worker.workflow::<Shop>().activity::<charge>().activities(Till { open: true });
    with_worker(register, async |client, queue| {
        for (card, expected) in WAYS {
            let shop = Shop::start(client, card).id(unique("shop")).task_queue(queue);
            assert_eq!(shop.execute().await.unwrap(), [expected; 4], "{card}");
        }
    })
    .await;
}

#[tokio::test]
async fn another_error_of_the_activity_is_not_declared() {
    let register = |worker: Worker| worker.workflow::<Shop>().activity::<charge>().activities(Till { open: false });
    with_worker(register, async |client, queue| {
        let shop = Shop::start(client, "mine").id(unique("shop")).task_queue(queue);
        let [called, local, closed, closed_local] = shop.execute().await.unwrap();
        assert_eq!((called.as_str(), local.as_str()), ("paid", "paid"));
        // A local activity has its reason where all others have it, too.
        assert_eq!([closed, closed_local], ["other: invalid digit found in string"; 2]);
    })
    .await;
}

/// Calls what nobody runs, or what fails otherwise than it says.
#[workflow]
#[derive(Default)]
struct Unlucky;

#[workflow]
impl Unlucky {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, nobody: String, rogue: String) -> WorkflowResult<[String; 3]> {
        let timed_out = charge::execute(ctx, "mine")
            .task_queue(&nobody)
            .schedule_to_start_timeout(Duration::from_millis(100))
            .await;
        let cancelled = charge::execute(ctx, "mine").task_queue(&nobody).start();
        cancelled.cancel();
        let rogue = charge::execute(ctx, "mine").task_queue(rogue).await;
        Ok([seen(timed_out, other), seen(cancelled.await, other), seen(rogue, other)])
    }
}

/// What runs under the name of what is called.
mod rogue {
    use durably::prelude::*;

    #[activity]
    pub(super) async fn charge(_card: String) -> Result<u32, ApplicationFailure> {
        Err(ApplicationFailure::builder("on strike").type_name("Strike".to_owned()).non_retryable(true).build())
    }
}

#[tokio::test]
async fn a_timeout_a_cancellation_and_an_unknown_type_are_not_declared() {
    let rogue = |worker: Worker| worker.activity::<rogue::charge>();
    with_worker(rogue, async |_, rogue| {
        with_worker(
            |worker| worker.workflow::<Unlucky>(),
            async |client, queue| {
                let unlucky = Unlucky::start(client, unique("nobody"), rogue).id(unique("unlucky")).task_queue(queue);
                assert_eq!(unlucky.execute().await.unwrap(), ["timed out", "cancelled", "other: on strike"]);
            },
        )
        .await;
    })
    .await;
}

#[tokio::test]
async fn a_test_calls_it_as_a_function() {
    assert_eq!(charge("mine".into()).await, Ok(7));
    assert_eq!(charge("busy".into()).await, Err(PaymentError::Busy));
    assert!(matches!(
        Till { open: false }.charge_here("busy".into()),
        Err(Failed::Other(ActivityError::Application(_)))
    ));
    let declined = Till { open: true }.charge_here("expired".into());
    assert!(matches!(declined, Err(Failed::Declared(PaymentError::Declined { code: 54, .. }))));
}
