//! Activities of every shape: async and plain, with and without a context, functions and methods.

use durably::prelude::*;

#[activity(schedule_to_close_timeout = "1m", heartbeat_timeout = "2s")]
async fn with_context(ctx: &ActivityContext, name: String) -> ActivityResult<String> {
    Ok(format!("{name} {}", ctx.info().attempt))
}

#[activity(name = "Count", task_queue = "counting", retry_policy(maximum_attempts = 3, backoff_coefficient = 1.5))]
fn blocking(numbers: Vec<u32>) -> Result<u32, std::num::ParseIntError> {
    Ok(numbers.into_iter().sum())
}

#[activity]
pub(crate) async fn infallible() {}

#[activity(stub = "Charge")]
async fn charge(cents: u64, currency: Option<String>) -> u64 {
    let _ = currency;
    cents
}

pub struct Mailer {
    sent: std::sync::Mutex<Vec<String>>,
}

#[activities(rename_all = "PascalCase")]
impl Mailer {
    #[activity(start_to_close_timeout = "30s")]
    async fn send_mail(&self, to: String) -> ActivityResult<usize> {
        let mut sent = self.sent.lock().map_err(|error| anyhow(&error.to_string()))?;
        sent.push(to);
        Ok(sent.len())
    }

    #[activity(name = "count")]
    fn count(&self) -> usize {
        self.sent.lock().map_or(0, |sent| sent.len())
    }

    #[activity]
    async fn unbound(ctx: &ActivityContext, name: String) -> ActivityResult<String> {
        let _ = ctx;
        Ok(name)
    }

    fn not_an_activity(&self) {}
}

fn anyhow(message: &str) -> std::io::Error {
    std::io::Error::other(message.to_owned())
}

#[workflow(task_queue = "q")]
#[derive(Default)]
pub struct Caller;

#[workflow]
impl Caller {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<u64> {
        let second = Duration::from_secs(1);
        let _: String = with_context::execute(ctx, "Ada").local().await?;
        let handle = blocking::execute(ctx, vec![1, 2]).start_to_close_timeout(second).start();
        infallible::execute(ctx).schedule_to_close_timeout(second).heartbeat_timeout(second).await?;
        let cents = Charge::execute(ctx, 100, None).start_to_close_timeout(second).summary("charge").await?;
        let mailer = Mailer::activities(ctx);
        let (first, _second) = join!(mailer.send_mail("Ada"), mailer.send_mail("Eve"));
        mailer.count().start_to_close_timeout(second).await?;
        Ok(cents + u64::from(handle.await?) + first? as u64)
    }
}

pub fn worker(client: &Client) -> Worker {
    Worker::new(client, "q")
        .workflow::<Caller>()
        .activity::<with_context>()
        .activity::<blocking>()
        .activity::<infallible>()
        .activity::<Charge>()
        .activities(Mailer { sent: Default::default() })
}

pub async fn finish(client: &Client, token: Vec<u8>) -> Result<(), Box<dyn std::error::Error>> {
    with_context::async_handle(client, token.clone()).complete("Ada".to_owned()).await?;
    Mailer::async_handle(client, token).send_mail().complete(1).await?;
    let count = Mailer::async_handle_by_id(client, "order-7", "count").count();
    Ok(count.for_run("the-first-one").complete(2_usize).await?)
}

#[test]
fn activities_are_ordinary_functions() {
    assert_eq!(blocking(vec![1, 2]).unwrap(), 3);
    let mailer = Mailer { sent: Default::default() };
    mailer.not_an_activity();
    assert_eq!(mailer.count(), 0);
}
