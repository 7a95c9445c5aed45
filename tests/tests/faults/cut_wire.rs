//! A worker that loses its connection for a while.

use durably::prelude::*;
use durably_tests::{
    address, client,
    faults::{Ledger, Wire, settled},
    unique,
};
use futures_util::future::try_join_all;

use super::{assert_booked_once, book};

/// So many workflows have their activity running when the wire is cut, and so many are started after that.
const WORKFLOWS: usize = 10;
/// So many attempts to connect fail before the wire is mended.
const REFUSED: usize = 20;
const LIMIT: Duration = Duration::from_secs(40);

#[workflow(task_timeout = "3s")]
#[derive(Default)]
struct Errand;

#[workflow]
impl Errand {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, ledger: String) -> WorkflowResult<usize> {
        // Longer than the wire is cut: only an attempt that is lost would be made again.
        Ok(book::execute(ctx, ledger).start_to_close_timeout(Duration::from_secs(30)).await?)
    }
}

#[tokio::test]
async fn a_worker_goes_on_after_its_connection_was_cut() {
    let (client, queue) = (client().await, unique("errands"));
    let (ledger, wire) = (Ledger::open().await, Wire::to(address()).await);
    let far = durably::client().address(wire.address()).await.unwrap();
    let worker = Worker::new(&far, &queue).workflow::<Errand>().activity::<book>().start().unwrap();
    ledger.answer_only(0);
    let start = || Errand::start(&client, ledger.address()).id(unique("errand")).task_queue(&queue);
    let mut errands = try_join_all((0..WORKFLOWS).map(async |_| start().await)).await.unwrap();
    ledger.booked(WORKFLOWS).await;

    wire.cut();
    // The activities end now, and nobody can be told.
    ledger.answer_all();
    errands.extend(try_join_all((0..WORKFLOWS).map(async |_| start().await)).await.unwrap());
    wire.refused(REFUSED).await;
    wire.mend();

    let results = settled(&errands, LIMIT, async |errand| [errand.result().await.unwrap()]).await;
    let ids = errands.iter().map(|errand| errand.workflow_id());
    assert_booked_once(&ledger, ids.zip(results.iter().map(|result| &result[..])));
    assert_eq!(ledger.pages().repeated(), 0, "what ended while the wire was cut was told later, and not done again");
    worker.shutdown().await.unwrap();
}
