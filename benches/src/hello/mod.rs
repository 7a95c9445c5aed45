//! A workflow with one activity: CPU of the worker's process, and throughput.
//!
//! Worker processes take turns, one at a time, on the same server; this process is their client. Only the worker is
//! measured, from after a warm-up to the last result.

mod durably_worker;
mod load;
mod official_worker;
mod variant;
mod worker_process;

pub(crate) use self::{
    durably_worker::{Hello, greet},
    load::run as run_workflows,
};

use std::error::Error;

use durably::prelude::*;
use xtask::AnyServer;

use self::{
    variant::{Framework, VARIANTS, Variant},
    worker_process::WorkerProcess,
};
use crate::{
    arguments::Arguments,
    table::{self, median},
};

/// Workflows before anything is measured.
const WARM_UP: usize = 200;

/// What one worker did in one round.
struct Measured {
    cpu_per_workflow: f64,
    workflows_per_second: f64,
}

pub(crate) async fn run(mut arguments: Arguments) -> Result<(), Box<dyn Error>> {
    let workflows = arguments.take("--workflows", 1500);
    let rounds = arguments.take("--rounds", 3);
    let concurrency = arguments.take("--concurrency", 50);
    arguments.finish()?;
    if cfg!(debug_assertions) {
        eprintln!("warning: without --release the numbers mean nothing");
    }
    let server = AnyServer::get()?;
    let client = durably::client().address(server.address()).await?;
    let mut measured: Vec<Vec<Measured>> = VARIANTS.iter().map(|_| Vec::new()).collect();
    for round in 1..=rounds {
        for (variant, results) in VARIANTS.iter().zip(&mut measured) {
            let result = measure(&client, server.address(), variant, round, workflows, concurrency).await?;
            eprintln!(
                "round {round}: {:<34} {:6.0} us CPU per workflow, {:5.0} workflows/s",
                variant.name, result.cpu_per_workflow, result.workflows_per_second
            );
            results.push(result);
        }
    }
    report(&measured, workflows, rounds, concurrency);
    Ok(())
}

/// The part of a worker process.
pub(crate) async fn serve(arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let [variant, address, task_queue] = arguments else {
        return Err("a worker takes a variant, an address and a task queue".into());
    };
    let variant = VARIANTS.iter().find(|known| known.id == variant).ok_or("no such variant")?;
    match variant.framework {
        Framework::Durably => durably_worker::run(address, task_queue, variant.compression).await,
        Framework::Official => official_worker::run(address, task_queue, variant.compression).await,
    }
}

async fn measure(
    client: &Client,
    address: &str,
    variant: &Variant,
    round: usize,
    workflows: usize,
    concurrency: usize,
) -> Result<Measured, Box<dyn Error>> {
    let task_queue = format!("hello-{}-{}-{round}", variant.id, std::process::id());
    let mut worker = WorkerProcess::start(variant, address, &task_queue).await?;
    load::run(client, &task_queue, "warm-up", WARM_UP, concurrency).await?;
    let before = worker.cpu_time().await?;
    let elapsed = load::run(client, &task_queue, "measured", workflows, concurrency).await?;
    let used = worker.cpu_time().await? - before;
    worker.stop().await?;
    let count = workflows as f64;
    Ok(Measured {
        cpu_per_workflow: used.as_secs_f64() * 1e6 / count,
        workflows_per_second: count / elapsed.as_secs_f64(),
    })
}

fn report(measured: &[Vec<Measured>], workflows: usize, rounds: usize, concurrency: usize) {
    let cpu: Vec<f64> = measured.iter().map(|results| median(results.iter().map(|it| it.cpu_per_workflow))).collect();
    let rate = |results: &[Measured]| median(results.iter().map(|it| it.workflows_per_second));
    let of = |id: &str| VARIANTS.iter().position(|variant| variant.id == id).map_or(f64::NAN, |index| cpu[index]);
    let rows: Vec<Vec<String>> = VARIANTS
        .iter()
        .zip(measured)
        .zip(&cpu)
        .map(|((variant, results), cpu)| {
            vec![
                variant.name.to_owned(),
                format!("{cpu:.0} us"),
                format!("{:.2}", cpu / of("official-gzip")),
                format!("{:.0}", rate(results)),
            ]
        })
        .collect();
    println!("{workflows} workflows, {concurrency} at once, median of {rounds} rounds:\n");
    table::print(&["worker", "CPU per workflow", "of the official default", "workflows/s"], &rows);
    println!();
    println!("our defaults / official defaults:     {:.2} (budget 0.55)", of("durably") / of("official-gzip"));
    println!("same settings, without compression:   {:.2} (budget 1.0)", of("durably") / of("official"));
    println!("same settings, with gzip:             {:.2} (budget 1.0)", of("durably-gzip") / of("official-gzip"));
}
