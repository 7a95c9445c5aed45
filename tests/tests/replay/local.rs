//! Local activities: two at once, one that fails.

use durably::{WorkflowHistory, prelude::*};
use durably_tests::unique;

#[workflow]
#[derive(Default)]
pub(super) struct Prepare;

#[workflow]
impl Prepare {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, dishes: Vec<String>) -> WorkflowResult<(Vec<String>, bool)> {
        let steps = dishes.into_iter().map(|dish| prepare::execute(ctx, dish).local());
        let prepared = join_all(steps).await.into_iter().collect::<Result<Vec<_>, _>>()?;
        let burnt = burn::execute(ctx).local().await.is_err();
        Ok((prepared, burnt))
    }
}

#[activity(start_to_close_timeout = "10s")]
async fn prepare(dish: String) -> ActivityResult<String> {
    Ok(format!("a {dish}"))
}

#[activity(start_to_close_timeout = "10s")]
async fn burn() -> ActivityResult<()> {
    Err(ApplicationFailure::non_retryable("burnt").into())
}

pub(super) async fn record(client: &Client) -> WorkflowHistory {
    let queue = unique("local");
    let worker = Worker::new(client, &queue).workflow::<Prepare>().activity::<prepare>().activity::<burn>();
    let worker = worker.start().unwrap();
    let dishes = vec!["pie".to_owned(), "soup".to_owned()];
    let prepare = Prepare::start(client, dishes).id(&queue).task_queue(&queue).await.unwrap();
    assert_eq!(prepare.result().await.unwrap(), (vec!["a pie".to_owned(), "a soup".to_owned()], true));
    worker.shutdown().await.unwrap();
    prepare.history().into()
}
