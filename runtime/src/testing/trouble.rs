//! What goes wrong in a test beside its own assertions.

use std::sync::{
    Mutex, MutexGuard, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use tokio::sync::Notify;

/// What was found so far. Some of it ends the test at once, since it would only wait for what cannot come.
#[derive(Default)]
pub(crate) struct Trouble {
    found: Mutex<Vec<String>>,
    failed_tasks: Mutex<Vec<String>>,
    over: AtomicBool,
    ends: Notify,
}

impl Trouble {
    /// Remembers a complaint, once.
    pub(super) fn add(&self, complaint: String) {
        let mut found = lock(&self.found);
        if !found.contains(&complaint) {
            found.push(complaint);
        }
    }

    /// A workflow task failed: the server would have it tried again for ever.
    pub(super) fn task_failed(&self, reason: String) {
        if !self.over.load(Ordering::SeqCst) {
            lock(&self.failed_tasks).push(reason);
            self.end_test();
        }
    }

    /// Ends the test.
    pub(super) fn end_test(&self) {
        self.ends.notify_one();
    }

    /// Until the test is to end.
    pub(super) async fn ended(&self) {
        self.ends.notified().await;
    }

    /// The test is over: what happens from now on is of no interest.
    pub(super) fn close(&self) {
        self.over.store(true, Ordering::SeqCst);
    }

    pub(super) fn take(&self) -> Vec<String> {
        std::mem::take(&mut lock(&self.found))
    }

    /// Why workflow tasks failed.
    pub(super) fn take_failed_tasks(&self) -> Vec<String> {
        std::mem::take(&mut lock(&self.failed_tasks))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
