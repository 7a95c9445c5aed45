//! Updates: their answers, their validators, and what a caller can do with one that was accepted.

use durably::{CallError, IncomingError, UpdateError, prelude::*};
use durably_tests::{
    event, events,
    history::events,
    unique,
    wire::{encodings, json, texts, update},
    with_worker,
};
use serde::{Deserialize, Serialize};

/// Money that may not run out.
#[workflow]
#[derive(Default)]
struct Account {
    balance: i64,
    audited: bool,
    closed: bool,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Receipt {
    before: i64,
    after: i64,
}

type Withdrawal = Result<Receipt, ApplicationFailure>;

#[workflow]
impl Account {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<i64> {
        ctx.wait_condition(|w| w.closed).await?;
        Ok(ctx.state(|w| w.balance))
    }

    #[update]
    fn deposit(&mut self, amount: i64) -> i64 {
        self.balance += amount;
        self.balance
    }

    #[update_validator(deposit)]
    fn check_deposit(&self, amount: &i64) -> Result<(), ApplicationFailure> {
        match amount {
            ..=0 => Err(ApplicationFailure::non_retryable(format!("{amount} is no deposit"))),
            _ => Ok(()),
        }
    }

    #[update(name = "take out")]
    fn withdraw(&mut self, amount: i64, note: Option<String>) -> Withdrawal {
        if amount > self.balance {
            let note = note.unwrap_or_default();
            let failure = ApplicationFailure::builder(format!("only {} is there{note}", self.balance));
            return Err(failure.type_name("Poor".to_owned()).non_retryable(true).details(self.balance).build());
        }
        let before = self.balance;
        self.balance -= amount;
        Ok(Receipt { before, after: self.balance })
    }

    #[update]
    async fn pay_out(ctx: &WorkflowContext<Self>, payee: String) -> Result<String, ApplicationFailure> {
        let cancelled = |_| ApplicationFailure::new("nobody audits any more");
        ctx.wait_condition(|w| w.audited).await.map_err(cancelled)?;
        let amount = ctx.state_mut(|w| std::mem::take(&mut w.balance));
        match amount {
            0 => Err(ApplicationFailure::non_retryable(format!("{payee} gets nothing"))),
            amount => Ok(format!("{payee} gets {amount}")),
        }
    }

    #[update]
    async fn settle(ctx: &WorkflowContext<Self>) {
        ctx.timer(Duration::from_millis(10)).await;
        ctx.state_mut(|w| w.balance = 0);
    }

    #[signal]
    fn audit(&mut self) {
        self.audited = true;
    }

    #[signal]
    fn close(&mut self) {
        self.closed = true;
    }
}

fn account(worker: Worker) -> Worker {
    worker.workflow::<Account>()
}

async fn start(client: &Client, queue: &str) -> AccountHandle {
    Account::start(client).id(unique("account")).task_queue(queue).await.unwrap()
}

#[tokio::test]
async fn updates_answer_with_what_the_handler_returns() {
    with_worker(account, async |client, queue| {
        let account = start(client, queue).await;
        assert_eq!(account.deposit(70).await.unwrap(), 70);
        assert_eq!(account.withdraw(20, None).await.unwrap(), Receipt { before: 70, after: 50 });
        let () = account.settle().await.unwrap();
        account.close().await.unwrap();
        assert_eq!(account.result().await.unwrap(), 0);

        let accepted = events!(account, WorkflowExecutionUpdateAcceptedEventAttributes);
        let inputs = accepted.iter().map(|accepted| accepted.accepted_request.clone().unwrap().input.unwrap());
        let inputs: Vec<_> = inputs.map(|input| (input.name, texts(&input.args))).collect();
        assert_eq!(inputs[0], ("deposit".into(), vec!["70".to_owned()]));
        assert_eq!(inputs[1], ("take out".into(), vec!["20".to_owned(), String::new()]));
        let withdrawal = accepted[1].accepted_request.clone().unwrap().input.unwrap();
        assert_eq!(encodings(&withdrawal.args), ["json/plain", "binary/null"]);
        assert_eq!(inputs[2], ("settle".into(), vec![]));
        event!(account, TimerFiredEventAttributes);
    })
    .await;
}

#[tokio::test]
async fn an_update_may_fail_with_a_message() {
    with_worker(account, async |client, queue| {
        let account = start(client, queue).await;
        account.deposit(5).await.unwrap();
        let error = account.withdraw(9, Some(", alas".into())).await.unwrap_err().to_string();
        assert!(error.contains("only 5 is there, alas"), "{error}");
        assert!(!error.contains("Failure {"), "it reads as a sentence: {error}");

        account.audit().await.unwrap();
        assert_eq!(account.pay_out("Ada").await.unwrap(), "Ada gets 5");
        let error = account.pay_out("Grace").await.unwrap_err().to_string();
        assert!(error.contains("Grace gets nothing"), "{error}");
        account.close().await.unwrap();
        assert_eq!(account.result().await.unwrap(), 0, "a failed update is no failed workflow");
    })
    .await;
}

fn application_failure(error: CallError<UpdateError>) -> ApplicationFailure {
    match error.kind {
        UpdateError::Failed(failure) => match *failure {
            IncomingError::Application(failure) => failure,
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_failure_of_an_update_arrives_whole() {
    with_worker(account, async |client, queue| {
        let account = start(client, queue).await;
        let failure = application_failure(account.withdraw(9, None).await.unwrap_err());
        assert_eq!((failure.type_name(), failure.is_non_retryable()), (Some("Poor"), true));
        assert_eq!(failure.details::<i64>().unwrap(), Some(0));
        assert_eq!(failure.to_string(), "only 0 is there");

        let failure = application_failure(account.deposit(-3).await.unwrap_err());
        assert!(failure.is_non_retryable(), "so does the refusal of a validator");
        account.terminate().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_the_validator_refuses_is_not_in_the_history() {
    with_worker(account, async |client, queue| {
        let account = start(client, queue).await;
        account.deposit(1).await.unwrap();
        let before = events(&account).await.len();
        let error = account.deposit(-3).await.unwrap_err().to_string();
        assert!(error.contains("-3 is no deposit"), "{error}");
        assert_eq!(events(&account).await.len(), before);
        assert_eq!(account.deposit(1).await.unwrap(), 2);
        account.terminate().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_accepted_update_is_awaited_later() {
    with_worker(account, async |client, queue| {
        let account = start(client, queue).await;
        account.deposit(8).await.unwrap();
        let paying = account.pay_out("Ada").update_id("pay-1").accepted().await.unwrap();
        assert_eq!((paying.update_id(), paying.workflow_id()), ("pay-1", account.workflow_id()));
        assert_eq!(events!(account, WorkflowExecutionUpdateAcceptedEventAttributes).len(), 2);
        assert_eq!(events!(account, WorkflowExecutionUpdateCompletedEventAttributes).len(), 1);

        account.audit().await.unwrap();
        assert_eq!(paying.result().await.unwrap(), "Ada gets 8");

        let elsewhere = Account::handle(&durably_tests::client().await, account.workflow_id());
        let found = elsewhere.update_handle::<String>("pay-1");
        assert_eq!(found.result().await.unwrap(), "Ada gets 8");
        account.terminate().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_the_validator_refuses_is_never_accepted() {
    with_worker(account, async |client, queue| {
        let account = start(client, queue).await;
        // Such an update is over at once: its refusal is all a handle could wait for.
        let error = match account.deposit(-3).accepted().await {
            Ok(handle) => handle.result().await.unwrap_err().to_string(),
            Err(error) => error.to_string(),
        };
        assert!(error.contains("-3 is no deposit"), "{error}");
        account.terminate().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_update_sent_twice_with_one_id_runs_once() {
    with_worker(account, async |client, queue| {
        let account = start(client, queue).await;
        assert_eq!(account.deposit(3).update_id("deposit-1").await.unwrap(), 3);
        assert_eq!(account.deposit(3).update_id("deposit-1").await.unwrap(), 3);
        assert_eq!(account.deposit(3).update_id("deposit-2").await.unwrap(), 6);
        assert_eq!(events!(account, WorkflowExecutionUpdateAcceptedEventAttributes).len(), 2);
        account.terminate().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_update_that_does_not_fit_says_why() {
    with_worker(account, async |client, queue| {
        let account = start(client, queue).await;
        account.deposit(1).await.unwrap();
        let failure = async |name: &str, arguments: &[&str]| {
            let answer = account.untyped().execute_update(update(name), json(arguments), Default::default()).await;
            answer.unwrap_err().to_string()
        };
        let error = failure("deposit", &["\"much\""]).await;
        let expected =
            "update `deposit`: argument `amount: i64` cannot be decoded from a payload with encoding `json/plain`";
        assert!(error.contains(expected), "{error}");
        let error = failure("take out", &[]).await;
        assert!(error.contains("update `take out`: argument `amount: i64` is missing, 0 of 2 were sent"), "{error}");
        let error = failure("deposit", &["1", "2"]).await;
        assert!(error.contains("update `deposit`: 2 arguments were sent, it takes 1"), "{error}");
        let error = failure("rob", &["1"]).await;
        assert!(error.contains("rob"), "{error}");
        assert_eq!(account.deposit(1).await.unwrap(), 2, "the workflow is none the worse");
        account.terminate().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_update_that_the_end_of_the_workflow_overtakes_fails() {
    with_worker(account, async |client, queue| {
        let account = start(client, queue).await;
        let paying = account.pay_out("Ada").accepted().await.unwrap();
        account.close().await.unwrap();
        account.result().await.unwrap();
        paying.result().await.unwrap_err();
    })
    .await;
}

#[tokio::test]
async fn an_update_of_no_workflow_is_not_found() {
    let client = durably_tests::client().await;
    let error = Account::handle(&client, unique("nobody")).deposit(1).await.unwrap_err();
    assert!(matches!(*error, UpdateError::NotFound(_)), "{error:?}");
}
