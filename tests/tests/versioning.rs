//! Changing the code of workflows that are running: patches.

use durably::{WorkflowReplayError, prelude::*, testing::replay};
use durably_tests::{recorded, unique, with_worker};

#[activity(start_to_close_timeout = "10s")]
async fn charge(how: String) -> String {
    how
}

/// One workflow type, at four points of its life.
macro_rules! checkout {
    ($name:ident, |$ctx:ident| $run:expr) => {
        #[workflow(name = "Checkout")]
        #[derive(Default)]
        struct $name {
            go_on: bool,
        }

        #[workflow]
        impl $name {
            #[run]
            async fn run($ctx: &WorkflowContext<Self>) -> WorkflowResult<String> {
                let charged = $run;
                $ctx.wait_condition(|w| w.go_on).await?;
                Ok(charged)
            }

            #[signal]
            fn go_on(&mut self) {
                self.go_on = true;
            }
        }
    };
}

checkout!(Original, |ctx| charge::execute(ctx, "by card").await?);
checkout!(Patched, |ctx| {
    if ctx.patched("charge-by-invoice") {
        ctx.timer(Duration::from_millis(1)).await;
        charge::execute(ctx, "by invoice").await?
    } else {
        charge::execute(ctx, "by card").await?
    }
});
checkout!(Deprecated, |ctx| {
    ctx.deprecate_patch("charge-by-invoice");
    ctx.timer(Duration::from_millis(1)).await;
    charge::execute(ctx, "by invoice").await?
});
checkout!(Final, |ctx| {
    ctx.timer(Duration::from_millis(1)).await;
    charge::execute(ctx, "by invoice").await?
});

/// Runs one checkout to its end and gives its history and its result.
macro_rules! record {
    ($workflow:ident) => {
        with_worker(
            |worker| worker.workflow::<$workflow>().activity::<charge>(),
            async |client, queue| {
                let checkout = $workflow::start(client).id(unique("checkout")).task_queue(queue).await.unwrap();
                checkout.go_on().await.unwrap();
                let result = checkout.result().await.unwrap();
                let markers = recorded!(checkout, MarkerRecordedEventAttributes);
                let markers: Vec<_> = markers.into_iter().map(|marker| marker.marker_name).collect();
                (checkout.history().to_json().await.unwrap(), result, markers)
            },
        )
        .await
    };
}

fn history(json: &[u8]) -> durably::WorkflowHistory {
    durably::WorkflowHistory::from_json(json).unwrap()
}

#[tokio::test]
async fn a_patch_is_for_runs_that_begin_with_it() {
    let (old, result, markers) = record!(Original);
    assert_eq!((result.as_str(), markers.len()), ("by card", 0));
    let (patched, result, markers) = record!(Patched);
    assert_eq!((result.as_str(), &*markers), ("by invoice", &["core_patch".to_owned()][..]));

    replay::<Patched>(history(&old)).await.expect("a run of before goes on as it began");
    replay::<Patched>(history(&patched)).await.expect("and one of after as it began");
    let unpatched = replay::<Final>(history(&old)).await.unwrap_err();
    assert!(is_nondeterminism(&unpatched), "without the patch it does not: {unpatched:?}");
}

#[tokio::test]
async fn a_deprecated_patch_leaves_the_old_code_behind() {
    let (patched, ..) = record!(Patched);
    let (deprecated, result, markers) = record!(Deprecated);
    assert_eq!((result.as_str(), markers.len()), ("by invoice", 1));

    replay::<Deprecated>(history(&patched)).await.expect("runs with the patch go on");
    replay::<Final>(history(&deprecated)).await.expect("once it was deprecated it may go");
    let (plain, ..) = record!(Final);
    replay::<Final>(history(&plain)).await.unwrap();
}

fn is_nondeterminism(error: &WorkflowReplayError) -> bool {
    format!("{error:?}").contains("Nondeterminism")
}
