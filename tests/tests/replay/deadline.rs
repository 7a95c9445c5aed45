//! Timers and `select!`: one timer is overtaken and cancelled, one fires.

use durably::{WorkflowHistory, prelude::*};
use durably_tests::unique;

#[workflow]
#[derive(Default)]
pub(super) struct Deadline {
    answer: Option<String>,
}

#[workflow]
impl Deadline {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<(String, bool)> {
        let answer = select! {
            _ = ctx.timer(Duration::from_secs(3600)) => "too late".to_owned(),
            _ = ctx.wait_condition(|w| w.answer.is_some()) => ctx.state_mut(|w| w.answer.take()).unwrap_or_default(),
        };
        let again = select! {
            _ = ctx.timer(Duration::from_millis(10)) => false,
            _ = ctx.wait_condition(|w| w.answer.is_some()) => true,
        };
        Ok((answer, again))
    }

    #[signal]
    fn answer(&mut self, answer: String) {
        self.answer = Some(answer);
    }
}

pub(super) async fn record(client: &Client) -> WorkflowHistory {
    let queue = unique("deadline");
    let worker = Worker::new(client, &queue).workflow::<Deadline>().start().unwrap();
    let deadline = Deadline::start(client).id(&queue).task_queue(&queue).await.unwrap();
    deadline.answer("yes").await.unwrap();
    assert_eq!(deadline.result().await.unwrap(), ("yes".to_owned(), false));
    worker.shutdown().await.unwrap();
    deadline.history().into()
}
