//! A server that goes away under a worker and a client, and comes back.

use std::cell::Cell;

use durably::{
    CallError, RpcOptions, WorkflowInteractionError,
    prelude::*,
    temporal::client::{RetryOptions, tonic::Code},
};
use durably_tests::{
    faults::{Ledger, OwnServer, settled},
    unique,
};
use futures_util::{StreamExt, future::try_join_all, stream};

use super::{assert_booked_once, assert_scheduled_once, book};

const WORKFLOWS: usize = 50;
/// So many activities get an answer from the ledger before the server goes away.
const ANSWERED: usize = 30;
/// So many effects have happened by then, those without an answer included.
const BOOKED: usize = 40;
/// So many of the second signals have been acknowledged by then.
const ACKNOWLEDGED: usize = 15;
/// So many signals are on their way at once.
const ON_THEIR_WAY: usize = 8;
const LIMIT: Duration = Duration::from_secs(90);

/// Two effects; a timer and two signals between them.
#[workflow(task_timeout = "3s")]
#[derive(Default)]
struct Parcel {
    stops: Vec<u32>,
}

#[workflow]
impl Parcel {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>, ledger: String) -> WorkflowResult<(Vec<usize>, Vec<u32>)> {
        let packed = book::execute(ctx, ledger.clone()).await?;
        ctx.timer(Duration::from_secs(2)).await;
        ctx.wait_condition(|w| w.stops.len() >= 2).await?;
        let delivered = book::execute(ctx, ledger).await?;
        Ok((vec![packed, delivered], ctx.state(|w| w.stops.clone())))
    }

    #[signal]
    fn stop_at(&mut self, stop: u32) {
        self.stops.push(stop);
    }
}

/// A client that tries again until the server is back; ten seconds are the default.
async fn patient_client(address: &str) -> Client {
    let patient = RetryOptions::builder().max_retries(0).max_elapsed_time(Some(LIMIT)).build();
    durably::client().address(address).connection_options(|options| options.retry_options = patient).await.unwrap()
}

/// A call that does not wait says at once that there is no server.
async fn assert_unavailable(parcel: &ParcelHandle) {
    let at_once = RpcOptions::builder().retry_options(RetryOptions::no_retries()).build();
    let describe = || parcel.describe().rpc_options(at_once.clone());
    // What goes through the connection as it breaks may be told something else.
    describe().await.expect_err("there is no server");
    match describe().await {
        Err(CallError { kind: WorkflowInteractionError::Rpc(status), .. }) => {
            assert_eq!(status.code(), Code::Unavailable, "{status:?}")
        }
        other => panic!("there is no server, and it says {other:?}"),
    }
}

/// Parcels under way, while the server goes away by `outage` in the middle of everything, and comes back.
async fn under_way(mut server: OwnServer, outage: impl AsyncFnOnce(&mut OwnServer)) {
    let (client, queue) = (patient_client(server.address()).await, unique("parcels"));
    let ledger = Ledger::open().await;
    ledger.answer_only(ANSWERED);
    let worker = Worker::new(&client, &queue).workflow::<Parcel>().activity::<book>().start().unwrap();
    let start = || Parcel::start(&client, ledger.address()).id(unique("parcel")).task_queue(&queue);
    let parcels = try_join_all((0..WORKFLOWS).map(async |_| start().await)).await.unwrap();
    try_join_all(parcels.iter().map(async |parcel| parcel.stop_at(1).await)).await.unwrap();
    ledger.booked(BOOKED).await;

    let acknowledged = Cell::new(0);
    let middle = tokio::sync::Notify::new();
    let signals = stream::iter(&parcels).for_each_concurrent(ON_THEIR_WAY, async |parcel| {
        parcel.stop_at(2).await.unwrap();
        acknowledged.set(acknowledged.get() + 1);
        if acknowledged.get() == ACKNOWLEDGED {
            middle.notify_one();
        }
    });
    let story = async {
        middle.notified().await;
        outage(&mut server).await;
        assert_unavailable(&parcels[0]).await;
        // The activities that run end now, and nobody can be told.
        ledger.answer_all();
        server.restart().await;
    };
    // The results are waited for all the time.
    let results = settled(&parcels, LIMIT, async |parcel| parcel.result().await.unwrap());
    let (results, (), ()) = tokio::join!(results, signals, story);
    worker.shutdown().await.unwrap();

    let ids = parcels.iter().map(|parcel| parcel.workflow_id());
    assert_booked_once(&ledger, ids.zip(results.iter().map(|(effects, _)| effects.as_slice())));
    assert_scheduled_once(&parcels).await;
    for (parcel, (_, stops)) in parcels.iter().zip(&results) {
        assert_eq!(*stops, [1, 2], "{}: each signal once, and in order", parcel.workflow_id());
    }
}

#[tokio::test]
async fn a_killed_server_finds_every_workflow_again() {
    let Some(server) = OwnServer::start().await else { return };
    under_way(server, async |server| server.kill()).await;
}

#[tokio::test]
async fn a_stopped_server_finds_every_workflow_again() {
    let Some(server) = OwnServer::start().await else { return };
    under_way(server, async |server| server.stop().await).await;
}

#[tokio::test]
async fn a_killed_embedded_server_finds_every_workflow_again() {
    let Some(server) = OwnServer::embedded().await else { return };
    under_way(server, async |server| server.kill()).await;
}

#[tokio::test]
async fn a_stopped_embedded_server_finds_every_workflow_again() {
    let Some(server) = OwnServer::embedded().await else { return };
    under_way(server, async |server| server.stop().await).await;
}
