//! Activities that are methods and share what they are called on.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU32, Ordering},
};

use durably::prelude::*;
use durably_tests::{client, recorded, unique};

#[derive(Default)]
struct Mailer {
    outbox: Mutex<Vec<String>>,
    sent: AtomicU32,
}

#[activities(rename_all = "PascalCase")]
impl Mailer {
    #[activity(start_to_close_timeout = "10s")]
    async fn send(&self, to: String, text: String) -> ActivityResult<u32> {
        self.outbox.lock().unwrap().push(format!("{to}: {text}"));
        Ok(self.sent.fetch_add(1, Ordering::Relaxed) + 1)
    }

    #[activity(start_to_close_timeout = "10s")]
    fn count_sent(&self, ctx: &ActivityContext) -> String {
        let sent = tokio::runtime::Handle::current().block_on(async { self.sent.load(Ordering::Relaxed) });
        format!("{} {sent}", ctx.info().activity_type)
    }

    #[activity(name = "signature-of", start_to_close_timeout = "10s")]
    async fn signature(name: String) -> String {
        format!("yours, {name}")
    }

    #[activity(start_to_close_timeout = "10s")]
    fn static_and_blocking(name: String, _ctx: &ActivityContext) -> Result<String, std::fmt::Error> {
        Ok(name)
    }

    #[activity]
    async fn without_timeout(&self) -> usize {
        self.outbox().len()
    }

    fn outbox(&self) -> Vec<String> {
        self.outbox.lock().unwrap().clone()
    }
}

#[workflow]
#[derive(Default)]
struct Mailing;

#[workflow]
impl Mailing {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<Vec<String>> {
        let mailer = Mailer::activities(ctx);
        mailer.send("Ada", "hello").await?;
        let sent = mailer.send("Grace", "hi").await?;
        let in_all = mailer.without_timeout().start_to_close_timeout(Duration::from_secs(10)).await?;
        Ok(vec![
            sent.to_string(),
            in_all.to_string(),
            mailer.count_sent().await?,
            mailer.signature("Hedy").await?,
            mailer.static_and_blocking("plain").await?,
        ])
    }
}

#[tokio::test]
async fn methods_share_what_they_are_called_on() {
    let client = client().await;
    let queue = unique("methods");
    let mailer = Arc::new(Mailer::default());
    let worker =
        Worker::new(&client, &queue).workflow::<Mailing>().shared_activities(Arc::clone(&mailer)).start().unwrap();

    let mailing = Mailing::start(&client).id(unique("methods")).task_queue(&queue).await.unwrap();
    assert_eq!(mailing.result().await.unwrap(), ["2", "2", "CountSent 2", "yours, Hedy", "plain"]);
    assert_eq!(mailer.outbox(), ["Ada: hello", "Grace: hi"]);

    let scheduled = recorded!(mailing, ActivityTaskScheduledEventAttributes);
    let names: Vec<_> = scheduled.iter().map(|event| event.activity_type.clone().unwrap().name).collect();
    assert_eq!(names, ["Send", "Send", "WithoutTimeout", "CountSent", "signature-of", "StaticAndBlocking"]);

    worker.shutdown().await.unwrap();
}

#[tokio::test]
async fn two_workers_call_their_own_instances() {
    let client = client().await;
    let (one, two) = (unique("instance"), unique("instance"));
    let busy = Mailer { sent: AtomicU32::new(40), ..Mailer::default() };
    let first = Worker::new(&client, &one).workflow::<Mailing>().activities(Mailer::default()).start().unwrap();
    let second = Worker::new(&client, &two).workflow::<Mailing>().activities(busy).start().unwrap();

    for (queue, sent) in [(&one, "2"), (&two, "42")] {
        let mailed = Mailing::start(&client).id(unique("instance")).task_queue(queue).execute().await.unwrap();
        assert_eq!(mailed[0], sent);
    }

    first.shutdown().await.unwrap();
    second.shutdown().await.unwrap();
}
