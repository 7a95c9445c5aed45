//! Calls that nobody means.

use prost::Message;

use crate::{
    requests,
    world::{World, deletes},
};

pub(super) async fn garbage(world: &mut World, calls: &[(&str, &str)]) {
    let (service, rpc) = world.rng.pick(calls);
    let message = match world.rng.below(3) {
        0 => world.rng.garbage(),
        1 => [&[0x0a, 7][..], b"default", &world.rng.garbage()].concat(),
        _ => {
            // The fields of one message read as those of another.
            let message = requests::start(&mut world.rng).encode_to_vec();
            world.rng.damage(message)
        }
    };
    if world.keeps && deletes(rpc) {
        return;
    }
    let _ = world.bytes(service, rpc, &format!("{rpc} of garbage"), message).await;
}
