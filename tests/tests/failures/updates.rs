//! Failures of updates, and of their validators.

use durably::{CallError, StartWithUpdateError, UpdateError, prelude::*};
use durably_tests::{unique, with_worker};

use super::{PaymentError, WAYS, charge, pay, seen};

#[workflow]
#[derive(Default)]
struct Till {
    closed: bool,
}

#[workflow]
impl Till {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        Ok(ctx.wait_condition(|w| w.closed).await?)
    }

    #[update]
    fn pay(&mut self, card: String) -> Result<u32, PaymentError> {
        pay(&card)
    }

    #[update]
    fn pay_if_valid(&mut self, _card: String) -> Result<u32, PaymentError> {
        Ok(7)
    }

    #[update_validator(pay_if_valid)]
    fn check_card(&self, card: &str) -> Result<(), PaymentError> {
        pay(card).map(drop)
    }

    #[update]
    async fn charge(ctx: &WorkflowContext<Self>, card: String) -> Result<u32, UpdateFailed<PaymentError>> {
        if card.is_empty() {
            Err("there is no card")?;
        }
        Ok(charge::execute(ctx, card).await?)
    }

    /// What it calls fails, and it does not declare that.
    #[update]
    async fn charge_anyhow(
        ctx: &WorkflowContext<Self>,
        card: String,
    ) -> Result<u32, Box<dyn std::error::Error + Send + Sync>> {
        Ok(charge::execute(ctx, card).await?)
    }

    #[query]
    fn price(&self, card: String) -> Result<u32, PaymentError> {
        pay(&card)
    }
}

fn till(worker: Worker) -> Worker {
    worker.workflow::<Till>().activity::<charge>()
}

fn other(error: UpdateError) -> String {
    format!("other: {error}")
}

#[tokio::test]
async fn the_failure_of_an_update_is_the_one_it_declares() {
    with_worker(till, async |client, queue| {
        let till = Till::start(client).id(unique("till")).task_queue(queue).await.unwrap();
        for (card, expected) in WAYS {
            let answers = [
                till.pay(card).await,
                till.pay(card).accepted().await.unwrap().result().await,
                till.pay_if_valid(card).await,
                till.charge(card).await,
            ];
            for answer in answers {
                assert_eq!(seen(answer.map_err(CallError::into_kind), other), expected, "{card}");
            }
        }
        let refused = till.pay_if_valid("busy").accepted().await.unwrap().result().await.unwrap_err();
        assert_eq!(refused.declared(), Some(&PaymentError::Busy));
    })
    .await;
}

#[tokio::test]
async fn the_failure_of_an_update_sent_with_a_start_is_the_one_it_declares() {
    with_worker(till, async |client, queue| {
        for (card, expected) in WAYS {
            let start = Till::start(client).id(unique("till")).task_queue(queue);
            let answer = start.with_update(|till| till.pay(card)).await;
            let answer = answer.map(|(_, answer)| answer).map_err(CallError::into_kind);
            assert_eq!(seen(answer, |error| format!("other: {error}")), expected, "{card}");
        }
        let start = Till::start(client).id(unique("till")).task_queue(queue);
        let (_, refused) = start.with_update(|till| till.pay_if_valid("poor").accepted()).await.unwrap();
        let refused = refused.result().await.unwrap_err();
        assert!(matches!(refused.declared(), Some(PaymentError::Limit(_))), "{refused:?}");
        let start = Till::start(client).id(unique("till")).task_queue(queue).cron_schedule("0 * * * *");
        let refused = start.with_update(|till| till.pay("mine")).await.unwrap_err();
        assert!(matches!(*refused, Failed::Other(StartWithUpdateError::Options(_))), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn another_error_of_an_update_is_not_declared() {
    with_worker(till, async |client, queue| {
        let till = Till::start(client).id(unique("till")).task_queue(queue).await.unwrap();
        let error = till.charge("").await.unwrap_err();
        assert!(error.declared().is_none() && error.to_string().ends_with("it failed: there is no card"), "{error}");
        let gone = Till::handle(client, unique("gone")).pay("mine").await.unwrap_err();
        assert!(matches!(*gone, Failed::Other(UpdateError::NotFound(_))), "{gone:?}");
    })
    .await;
}

#[tokio::test]
async fn an_update_that_is_found_by_its_id_is_told_what_it_declares() {
    with_worker(till, async |client, queue| {
        let id = unique("till");
        let till = Till::start(client).id(&id).task_queue(queue).await.unwrap();
        for (card, expected) in WAYS {
            let paying = till.charge(card).update_id(card).accepted().await.unwrap();
            assert_eq!(seen(paying.result().await.map_err(CallError::into_kind), other), expected, "{card}");
            let found = Till::handle(client, &id).update_handle::<u32>(card).declares::<PaymentError>();
            assert_eq!(seen(found.result().await.map_err(CallError::into_kind), other), expected, "{card}");
        }
        let gone = till.update_handle::<u32>("gone").declares::<PaymentError>().result().await.unwrap_err();
        assert!(matches!(*gone, Failed::Other(UpdateError::NotFound(_))), "{gone:?}");
    })
    .await;
}

#[tokio::test]
async fn an_update_that_declares_nothing_still_fails_with_the_type_of_what_it_calls() {
    with_worker(till, async |client, queue| {
        let till = Till::start(client).id(unique("till")).task_queue(queue).await.unwrap();
        let error = till.charge_anyhow("stolen").await.unwrap_err();
        let UpdateError::Failed(failure) = &*error else { panic!("{error:?}") };
        let durably::IncomingError::Application(failure) = &**failure else { panic!("{failure:?}") };
        assert_eq!(failure.type_name(), Some("CardDeclined"));
        assert_eq!(failure.raw_details().map(<[_]>::len), Some(3));
    })
    .await;
}

#[tokio::test]
async fn of_a_query_that_fails_the_message_arrives() {
    with_worker(till, async |client, queue| {
        let till = Till::start(client).id(unique("till")).task_queue(queue).await.unwrap();
        assert_eq!(till.price("mine").await.unwrap(), 7);
        let said = till.price("stolen").await.unwrap_err().to_string();
        assert!(said.contains("declined: it is stolen"), "{said}");
    })
    .await;
}
