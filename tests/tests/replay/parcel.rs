//! Signals, queries, updates and activities.

use durably::{WorkflowHistory, prelude::*};
use durably_tests::unique;

/// Collects articles until it is sealed, then weighs and sends them.
#[workflow]
#[derive(Default)]
pub(super) struct Parcel {
    articles: Vec<String>,
    sealed: bool,
}

#[workflow]
impl Parcel {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, to: String) -> WorkflowResult<String> {
        let mut weight = 0;
        loop {
            ctx.wait_condition(|w| w.sealed || !w.articles.is_empty()).await?;
            let Some(article) = ctx.state_mut(|w| w.articles.pop()) else { break };
            weight += weigh::execute(ctx, article).await?;
        }
        Ok(send::execute(ctx, to, weight).await?)
    }

    #[signal]
    fn add(&mut self, article: String, count: usize) {
        self.articles.extend(vec![article; count]);
    }

    #[signal]
    fn seal(&mut self) {
        self.sealed = true;
    }

    #[query]
    fn is_sealed(&self) -> bool {
        self.sealed
    }

    #[update]
    fn add_now(&mut self, article: String) -> usize {
        let weight = article.len();
        self.articles.push(article);
        weight
    }

    #[update_validator(add_now)]
    fn check_add_now(&self, article: &str) -> Result<(), ApplicationFailure> {
        match article {
            "" => Err(ApplicationFailure::non_retryable("nothing to add")),
            _ => Ok(()),
        }
    }
}

#[activity(start_to_close_timeout = "10s")]
pub(super) async fn weigh(article: String) -> ActivityResult<usize> {
    Ok(article.len())
}

#[activity(start_to_close_timeout = "10s")]
pub(super) fn send(to: String, weight: usize) -> String {
    format!("{weight} to {to}")
}

pub(super) async fn record(client: &Client) -> WorkflowHistory {
    let queue = unique("parcel");
    let worker = Worker::new(client, &queue).workflow::<Parcel>().activity::<weigh>().activity::<send>();
    let worker = worker.start().unwrap();
    let parcel = Parcel::start(client, "Ada").id(&queue).task_queue(&queue).await.unwrap();
    parcel.add("pear", 2).await.unwrap();
    assert_eq!(parcel.add_now("plum").await.unwrap(), 4);
    parcel.add_now("").await.unwrap_err();
    assert!(!parcel.is_sealed().await.unwrap());
    parcel.seal().await.unwrap();
    assert_eq!(parcel.result().await.unwrap(), "12 to Ada");
    worker.shutdown().await.unwrap();
    parcel.history().into()
}
