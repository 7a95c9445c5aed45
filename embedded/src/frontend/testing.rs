//! Time skipping.

use std::time::Duration;

use temporalio_protos::temporal::api::testservice::v1::{
    GetCurrentTimeResponse, LockTimeSkippingRequest, LockTimeSkippingResponse, SleepRequest, SleepResponse,
    SleepUntilRequest, UnlockTimeSkippingRequest, UnlockTimeSkippingResponse,
};

use super::Call;
use crate::{
    engine::Shared,
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
        self.shared.sleep(time::duration(request.duration.as_ref())).await;
        Ok(SleepResponse::default())
    }

    pub(super) async fn sleep_until(self, request: SleepUntilRequest) -> Result<SleepResponse, Refusal> {
        let at = Time::from_proto(&request.timestamp.unwrap_or_default());
        let wait = self.shared.with(|engine| engine.sleep_until(at));
        // The engine lives as long as this call.
        let _ = wait.await;
        Ok(SleepResponse::default())
    }

    pub(super) async fn unlock_time_skipping_with_sleep(self, request: SleepRequest) -> Result<SleepResponse, Refusal> {
        if !self.shared.with(|engine| engine.clock.unlock()) {
            return Err(Refusal::precondition(UNBALANCED));
        }
        let _relock = Relock(&self.shared);
        self.shared.sleep(time::duration(request.duration.as_ref())).await;
        Ok(SleepResponse::default())
    }

    pub(super) async fn get_current_time(self, (): ()) -> Result<GetCurrentTimeResponse, Refusal> {
        let now = self.shared.with(|engine| engine.clock.now());
        Ok(GetCurrentTimeResponse { time: Some(now.proto()) })
    }
}

/// Time is locked again, also if the caller is gone.
struct Relock<'a>(&'a Shared);

impl Drop for Relock<'_> {
    fn drop(&mut self) {
        self.0.with(|engine| engine.clock.lock());
    }
}

impl Shared {
    /// Sleeps by the server's clock.
    pub(crate) async fn sleep(&self, duration: Duration) {
        let wait = self.with(|engine| {
            let at = engine.clock.now() + duration;
            engine.sleep_until(at)
        });
        // The engine lives as long as this call.
        let _ = wait.await;
    }
}
