//! Handlers that are async: a signal and an update that call activities while the run goes on.

use durably::{WorkflowHistory, prelude::*};
use durably_tests::unique;

#[workflow]
#[derive(Default)]
pub(super) struct Retouch {
    layers: Vec<String>,
    saved: bool,
}

#[workflow]
impl Retouch {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<Vec<String>> {
        ctx.wait_condition(|w| w.saved && w.layers.len() > 1).await?;
        Ok(ctx.state(|w| w.layers.clone()))
    }

    #[signal]
    async fn paint(ctx: &WorkflowContext<Self>, colour: String) {
        if let Ok(layer) = mix::execute(ctx, colour).await {
            ctx.state_mut(|w| w.layers.push(layer));
        }
    }

    #[update]
    async fn blend(ctx: &WorkflowContext<Self>, one: String, other: String) -> Result<usize, ApplicationFailure> {
        ctx.timer(Duration::from_millis(1)).await;
        let (one, other) = join!(mix::execute(ctx, one), mix::execute(ctx, other));
        let layer = [one, other].into_iter().collect::<Result<Vec<_>, _>>().map_err(ApplicationFailure::new)?;
        Ok(ctx.state_mut(|w| {
            w.layers.push(layer.join("+"));
            w.layers.len()
        }))
    }

    #[signal]
    fn save(&mut self) {
        self.saved = true;
    }
}

#[activity(start_to_close_timeout = "10s")]
pub(super) async fn mix(colour: String) -> ActivityResult<String> {
    Ok(format!("light {colour}"))
}

pub(super) async fn record(client: &Client) -> WorkflowHistory {
    let queue = unique("retouch");
    let worker = Worker::new(client, &queue).workflow::<Retouch>().activity::<mix>().start().unwrap();
    let retouch = Retouch::start(client).id(&queue).task_queue(&queue).await.unwrap();
    assert_eq!(retouch.blend("red", "blue").await.unwrap(), 1);
    retouch.paint("green").await.unwrap();
    retouch.save().await.unwrap();
    assert_eq!(retouch.result().await.unwrap(), ["light red+light blue", "light green"]);
    worker.shutdown().await.unwrap();
    retouch.history().into()
}
