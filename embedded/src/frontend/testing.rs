//! Time skipping.

use temporalio_protos::temporal::api::testservice::v1::{
    GetCurrentTimeResponse, LockTimeSkippingRequest, LockTimeSkippingResponse, SleepRequest, SleepResponse,
    SleepUntilRequest, UnlockTimeSkippingRequest, UnlockTimeSkippingResponse,
};

use tokio::sync::oneshot;

use super::Call;
use crate::{
    engine::{Shared, SleepEnds},
    refusal::Refusal,
    time::{self, Time},
};

const UNBALANCED: &str = "time skipping is not locked: there was no LockTimeSkipping before this UnlockTimeSkipping";

impl Call {
    pub(super) async fn lock_time_skipping(
        self,
        _: LockTimeSkippingRequest,
    ) -> Result<LockTimeSkippingResponse, Refusal> {
        self.shared.with(|engine| engine.clock.lock());
        Ok(LockTimeSkippingResponse::default())
    }

    pub(super) async fn unlock_time_skipping(
        self,
        _: UnlockTimeSkippingRequest,
    ) -> Result<UnlockTimeSkippingResponse, Refusal> {
        match self.shared.with(|engine| engine.clock.unlock()) {
            true => Ok(UnlockTimeSkippingResponse::default()),
            false => Err(Refusal::precondition(UNBALANCED)),
        }
    }

    pub(super) async fn sleep(self, request: SleepRequest) -> Result<SleepResponse, Refusal> {
        self.sleep_for(request, SleepEnds::Nothing).await
    }

    pub(super) async fn sleep_until(self, request: SleepUntilRequest) -> Result<SleepResponse, Refusal> {
        let at = Time::from_proto(&request.timestamp.unwrap_or_default());
        let asleep = self.shared.with(|engine| engine.sleep_until(at, SleepEnds::Nothing));
        self.wake_up(asleep).await
    }

    pub(super) async fn unlock_time_skipping_with_sleep(self, request: SleepRequest) -> Result<SleepResponse, Refusal> {
        self.sleep_for(request, SleepEnds::Unlock).await
    }

    /// Unlocking and falling asleep are one step: time would skip beyond the end of the sleep otherwise.
    async fn sleep_for(self, request: SleepRequest, ends: SleepEnds) -> Result<SleepResponse, Refusal> {
        let duration = time::duration(request.duration.as_ref());
        let asleep = self.shared.with(|engine| engine.sleep_until(engine.clock.now() + duration, ends));
        self.wake_up(asleep).await
    }

    async fn wake_up(&self, asleep: Option<(u64, oneshot::Receiver<()>)>) -> Result<SleepResponse, Refusal> {
        let (number, asleep) = asleep.ok_or_else(|| Refusal::precondition(UNBALANCED))?;
        let _awake = Awake { shared: &self.shared, number };
        // The engine lives as long as this call.
        let _ = asleep.await;
        Ok(SleepResponse::default())
    }

    pub(super) async fn get_current_time(self, (): ()) -> Result<GetCurrentTimeResponse, Refusal> {
        let now = self.shared.with(|engine| engine.clock.now());
        Ok(GetCurrentTimeResponse { time: Some(now.proto()) })
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
