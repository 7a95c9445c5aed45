//! Time that is locked, unlocked and slept through.

use temporalio_protos::temporal::api::testservice::v1::{
    GetCurrentTimeResponse, LockTimeSkippingRequest, LockTimeSkippingResponse, SleepRequest, SleepResponse,
    SleepUntilRequest, UnlockTimeSkippingRequest, UnlockTimeSkippingResponse,
};

use crate::{
    requests,
    world::{TESTS, World},
};

pub(super) async fn time(world: &mut World) {
    let duration = requests::some_duration(&mut world.rng);
    match world.rng.below(8) {
        0 => {
            let _: Option<LockTimeSkippingResponse> = world.ask(TESTS, LockTimeSkippingRequest {}).await;
        }
        1 => {
            let _: Option<UnlockTimeSkippingResponse> = world.ask(TESTS, UnlockTimeSkippingRequest {}).await;
        }
        2 | 3 => {
            let _: Option<SleepResponse> = world.ask(TESTS, SleepRequest { duration }).await;
        }
        4 | 5 => {
            // This one and the next are asked with the messages of others.
            let message = prost::Message::encode_to_vec(&SleepRequest { duration });
            let rpc = "UnlockTimeSkippingWithSleep";
            let _ = world.bytes(TESTS, rpc, rpc, message).await;
        }
        6 => {
            let now = current(world).await;
            let length = i64::try_from(world.rng.below(7200)).unwrap_or(0) - 60;
            let timestamp = now.map(|now| prost_wkt_types::Timestamp { seconds: now.seconds + length, ..now });
            let _: Option<SleepResponse> = world.ask(TESTS, SleepUntilRequest { timestamp }).await;
        }
        _ => {
            let (before, after) = (current(world).await, current(world).await);
            if let (Some(before), Some(after)) = (before, after)
                && (before.seconds, before.nanos) > (after.seconds, after.nanos)
            {
                world.fail(format!("time goes back from {before:?} to {after:?}"));
            }
        }
    }
}

async fn current(world: &mut World) -> Option<prost_wkt_types::Timestamp> {
    let rpc = "GetCurrentTime";
    let answer = world.bytes(TESTS, rpc, rpc, Vec::new()).await?;
    <GetCurrentTimeResponse as prost::Message>::decode(&*answer).ok()?.time
}
