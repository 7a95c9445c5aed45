//! The time of a server, for the program around it.

use std::{
    fmt,
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use crate::{
    Server,
    engine::{Shared, SleepEnds},
};

impl Server {
    /// What time it is for workflows, which may be ahead of the wall's.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// # use std::time::Duration;
    /// let server = durably_embedded::Server::start();
    /// let before = server.now();
    /// server.skip(Duration::from_secs(86_400)).await;
    /// assert!(server.now() >= before + Duration::from_secs(86_400));
    /// # }
    /// ```
    pub fn now(&self) -> SystemTime {
        let now = self.inner.shared.with(|engine| engine.clock.now());
        UNIX_EPOCH + Duration::from_nanos(u64::try_from(now.nanos()).unwrap_or_default())
    }

    /// Lets time skip for as long as what it gives is there, whatever else locks it. Any number of them may be there at once.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let server = durably_embedded::Server::start();
    /// let skips = server.let_time_skip();
    /// // wait for what takes a year ..
    /// drop(skips);
    /// # }
    /// ```
    pub fn let_time_skip(&self) -> TimeSkips {
        let shared = Arc::clone(&self.inner.shared);
        shared.with(|engine| engine.clock.begin_wait());
        TimeSkips { shared }
    }

    /// Moves time on by exactly this long. Whatever is due on the way, and at the end of it, has happened when this returns:
    /// timers have fired, and workflows and activities have done what follows from that.
    ///
    /// Activities and workflow tasks hold time while they wait or run. So this waits for them, and for ever if nobody takes
    /// them. Dropping the future leaves time where it has come to.
    pub async fn skip(&self, duration: Duration) {
        self.settle().await;
        let shared = &self.inner.shared;
        let asleep = shared.with(|engine| engine.sleep_until(engine.clock.now() + duration, SleepEnds::Wait));
        if let Some((number, asleep)) = asleep {
            let _awake = Awake { shared, number };
            // The engine lives as long as this call.
            let _ = asleep.await;
        }
        self.settle().await;
    }

    /// Waits until nobody has anything to do before the next timer: no workflow task and no activity waits for a worker or is
    /// with one, and no query is open.
    pub async fn settle(&self) {
        let settled = self.inner.shared.with(|engine| engine.settle());
        // The engine lives as long as this call.
        let _ = settled.await;
    }
}

/// Lets the time of a [`Server`] skip until it is dropped.
#[must_use = "time skips for as long as this is there"]
pub struct TimeSkips {
    shared: Arc<Shared>,
}

impl Drop for TimeSkips {
    fn drop(&mut self) {
        self.shared.with(|engine| engine.clock.end_wait());
    }
}

impl fmt::Debug for TimeSkips {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TimeSkips").finish_non_exhaustive()
    }
}

/// A sleeper that is gone, also if it did not wake up by itself.
struct Awake<'a> {
    shared: &'a Shared,
    number: u64,
}

impl Drop for Awake<'_> {
    fn drop(&mut self) {
        self.shared.with(|engine| engine.wake_early(self.number));
    }
}
