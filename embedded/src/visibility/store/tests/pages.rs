use std::collections::BTreeSet;

use proptest::prelude::*;
use temporalio_protos::temporal::api::enums::v1::WorkflowExecutionStatus;

use super::super::{
    super::{Record, tests::*},
    Key, Store,
};

#[test]
fn a_page_ends_where_the_next_begins() {
    let store = four();
    let page = |token: &[u8]| {
        let (infos, token) = store.list("", 2, token).unwrap();
        (infos.into_iter().map(|info| info.execution.unwrap().workflow_id).collect::<Vec<_>>(), token)
    };
    let (first, token) = page(b"");
    assert_eq!(first, ["one", "bare"]);
    let (second, token) = page(&token);
    assert_eq!(second, ["full", "half"]);
    let (third, token) = page(&token);
    assert_eq!((third.len(), token.len()), (0, 0));
}

#[test]
fn sizes_that_are_none_or_too_large_are_a_thousand() {
    let mut store = store();
    (0..1_001).for_each(|number| store.upsert(record(&number.to_string(), number)));
    for size in [0, -1, 1_000, 5_000, i32::MAX] {
        let (infos, token) = store.list("", size, b"").unwrap();
        assert_eq!((infos.len(), token.is_empty()), (1_000, false), "{size}");
        assert_eq!(store.list("", size, &token).unwrap().0.len(), 1);
    }
}

#[test]
fn a_token_goes_with_any_filter_and_nothing_else_is_a_token() {
    let store = four();
    let (_, token) = store.list("", 1, b"").unwrap();
    let (infos, _) = store.list("Kw = 'alpha'", 0, &token).unwrap();
    assert_eq!(infos.len(), 1);
    for bad in [&b"x"[..], b"{}", &token[..16], &[1; 16], &[2; 40], &[0xff; 40], &[&token[..17], b"\xff"].concat()] {
        assert_eq!(store.list("", 0, bad).unwrap_err().message, "Invalid NextPageToken.", "{bad:?}");
    }
    let both_bad = store.list("Foo = 1", 0, b"x").unwrap_err().message;
    assert_eq!(both_bad, "invalid query: invalid search attribute: Foo");
}

fn run() -> impl Strategy<Value = Record> {
    (0..40_u8, 0..6_i64, prop::option::of(0..6_i64)).prop_map(|(id, started, ran)| {
        let run = record(&id.to_string(), started);
        match ran {
            Some(ran) => closed(run, WorkflowExecutionStatus::Completed, ran),
            None => run,
        }
    })
}

/// All pages, with `between` done to the store after each.
fn pages(store: &mut Store, size: i32, query: &str, mut between: impl FnMut(&mut Store)) -> Vec<Record> {
    let mut found = Vec::new();
    let mut token = Vec::new();
    loop {
        let (records, next) = store.select(query, size, &token).unwrap();
        found.extend(records.into_iter().cloned());
        if next.is_empty() {
            return found;
        }
        token = next;
        between(store);
    }
}

proptest! {
    #[test]
    fn pages_hold_everything_once_and_in_order(runs in prop::collection::vec(run(), 0..60), size in 1..9_i32) {
        let mut store = store();
        runs.into_iter().for_each(|run| store.upsert(run));
        let paged = pages(&mut store, size, "", |_| {});
        prop_assert_eq!(&paged, &store.records.values().cloned().collect::<Vec<_>>());
        let keys = paged.iter().map(Key::of).collect::<Vec<_>>();
        prop_assert!(keys.is_sorted());
        prop_assert_eq!(store.count("").unwrap().count, i64::try_from(paged.len()).unwrap());
    }

    #[test]
    fn runs_that_do_not_change_are_in_one_page_whatever_else_does(
        runs in prop::collection::vec(run(), 0..40),
        changes in prop::collection::vec((run(), any::<bool>()), 0..40),
        size in 1..5_i32,
    ) {
        let mut store = store();
        runs.into_iter().for_each(|run| store.upsert(run));
        let changed = changes.iter().map(|(run, _)| run.execution.run_id.clone()).collect::<BTreeSet<_>>();
        let kept = |record: &&Record| !changed.contains(&record.execution.run_id);
        let expected = store.records.values().filter(kept).cloned().collect::<Vec<_>>();
        let mut changes = changes.clone().into_iter();
        let paged = pages(&mut store, size, "", |store| match changes.next() {
            Some((run, true)) => store.upsert(run),
            Some((run, false)) => { store.remove(&run.execution.run_id); }
            None => {}
        });
        prop_assert_eq!(paged.iter().filter(kept).cloned().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn where_a_filter_says_to_look_changes_nothing(runs in prop::collection::vec(run(), 0..60), size in 1..9_i32) {
        let mut store = store();
        runs.into_iter().for_each(|run| store.upsert(run));
        // The same, said so that no index helps.
        for (indexed, plain) in [
            ("WorkflowId = '7'", "NOT WorkflowId != '7'"),
            ("WorkflowId IN ('1', '2', '30')", "WorkflowId = '1' OR WorkflowId = '2' OR WorkflowId = '30'"),
            ("RunId = 'run-7' AND CloseTime IS NOT NULL", "NOT (RunId != 'run-7' OR CloseTime IS NULL)"),
            ("ExecutionStatus = 'Completed'", "NOT ExecutionStatus != 'Completed'"),
            ("ExecutionDuration >= 0", "NOT ExecutionDuration < 0"),
        ] {
            let found = pages(&mut store, size, indexed, |_| {});
            prop_assert_eq!(found, pages(&mut store, size, plain, |_| {}), "{}", indexed);
        }
    }

    #[test]
    fn any_bytes_are_a_token_or_refused(token in prop::collection::vec(any::<u8>(), 0..40)) {
        let _ = four().list("", 1, &token);
    }
}
