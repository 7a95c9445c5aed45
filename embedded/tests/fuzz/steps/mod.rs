//! A sequence: steps that are chosen at random, and what must be true in the end.

mod looks;
mod messages;
mod others;
mod tasks;
mod workflows;

use crate::{
    end,
    world::{Seen, World},
};

/// The calls that the server answers, from the source of its dispatcher.
fn calls() -> Vec<(&'static str, &'static str)> {
    let mut service = "";
    let mut calls = Vec::new();
    for line in include_str!("../../../src/frontend/dispatch.rs").lines() {
        let Some(name) = line.trim().strip_prefix('"').and_then(|line| line.split('"').next()) else { continue };
        match line.contains("=> calls!") {
            true => service = name,
            false => calls.push((service, name)),
        }
    }
    calls
}

/// Runs the sequence that the seed decides.
///
/// Errors: what is wrong with what the server did.
pub(crate) async fn sequence(seed: u64, trace: bool) -> Result<Seen, String> {
    let mut world = World::new(seed, trace);
    let calls = calls();
    for _ in 0..20 + world.rng.below(150) {
        step(&mut world, &calls).await;
        if let Some(problem) = world.problem.take() {
            return Err(problem);
        }
    }
    world.waiting.shutdown().await;
    for namespace in ["default", "other"] {
        end::histories(&world, namespace).await?;
    }
    end::remains(&world).await?;
    match world.problem.take() {
        Some(problem) => Err(problem),
        None => Ok(world.seen),
    }
}

async fn step(world: &mut World, calls: &[(&str, &str)]) {
    match world.rng.below(100) {
        0..=11 => workflows::start(world).await,
        12..=29 => tasks::poll(world).await,
        30..=44 => tasks::respond(world).await,
        45..=52 => tasks::activity(world).await,
        53..=60 => workflows::tell(world).await,
        61..=66 => messages::update(world).await,
        67..=70 => messages::query(world).await,
        71..=77 => looks::look(world).await,
        78..=82 => others::time(world).await,
        83..=86 => others::schedule(world).await,
        87..=89 => others::batch(world).await,
        90..=92 => others::others(world).await,
        93..=94 => world.waiting.abort_all(),
        _ => others::garbage(world, calls).await,
    }
}

/// A token as somebody shows it: sometimes it is forged.
fn token(world: &mut World, token: Vec<u8>) -> Vec<u8> {
    match world.rng.below(20) {
        0 => world.rng.damage(token),
        1 => world.rng.garbage(),
        _ => token,
    }
}
