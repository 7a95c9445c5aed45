//! A sequence: steps that are chosen at random, and what must be true in the end.

mod administration;
mod batches;
mod garbage;
mod looks;
mod messages;
mod schedules;
pub(crate) mod tasks;
mod time;
mod workflows;

use crate::{
    end,
    seen::Seen,
    world::{Heard, World},
};

type Calls = Vec<(&'static str, &'static str)>;

/// The calls that the server knows, from the source of its dispatcher.
fn calls() -> Calls {
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

/// The calls that a sequence may get an answer to. There are no tasks of Nexus: whoever polls for one waits.
pub(crate) fn answered() -> Calls {
    calls().into_iter().filter(|(_, rpc)| *rpc != "PollNexusTaskQueue").collect()
}

/// Runs the sequence that the seed decides.
///
/// Errors: what is wrong with what the server did.
pub(crate) async fn sequence(seed: u64, trace: bool) -> Result<Seen, String> {
    let mut world = World::new(seed, trace);
    let calls = calls();
    for _ in 0..3 {
        workflows::start(&mut world).await;
    }
    for _ in 0..40 + world.rng.below(180) {
        step(&mut world, &calls).await;
        listen(&mut world);
        if let Some(problem) = world.problem.take() {
            return Err(problem);
        }
    }
    world.waiting.shutdown().await;
    end::check(&world).await?;
    match world.problem.take() {
        Some(problem) => Err(problem),
        None => Ok(world.seen),
    }
}

async fn step(world: &mut World, calls: &[(&str, &str)]) {
    match world.rng.below(100) {
        0..=9 => workflows::start(world).await,
        10..=28 => tasks::poll(world).await,
        29..=44 => tasks::respond(world).await,
        45..=53 => tasks::activity(world).await,
        54..=61 => workflows::tell(world).await,
        62..=66 => messages::update(world).await,
        67..=70 => messages::query(world).await,
        71..=77 => looks::look(world).await,
        78..=81 => time::time(world).await,
        82..=86 => schedules::schedule(world).await,
        87..=88 => batches::batch(world).await,
        89..=93 => administration::administer(world).await,
        94 => world.waiting.abort_all(),
        _ => garbage::garbage(world, calls).await,
    }
}

/// What has come to those who wait.
fn listen(world: &mut World) {
    for Heard { rpc, namespace, answer } in world.heard() {
        // Some are gone by now, as a worker that is killed.
        let Some(answer) = answer.ok().filter(|_| !world.rng.once_in(4)) else { continue };
        match rpc {
            "PollWorkflowTaskQueue" => tasks::heard_workflow_task(world, namespace, &answer),
            "PollActivityTaskQueue" => tasks::heard_activity_task(world, &answer),
            "UpdateWorkflowExecution" => messages::heard_update(world, namespace, &answer),
            _ => {}
        }
    }
}

/// A token as somebody shows it: sometimes it is forged.
fn token(world: &mut World, token: Vec<u8>) -> Vec<u8> {
    if !world.rng.odd(10) {
        token
    } else if world.rng.once_in(2) {
        world.rng.damage(token)
    } else {
        world.rng.garbage()
    }
}
