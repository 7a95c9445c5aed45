//! Temporal services beside each other: the same worker and client, the same load, one run.
//!
//! Worker and client are in this process. A service in a process of its own is measured alone; of the one in this process
//! only the sum is known, so that is shown for all.

mod contender;
mod load;
mod usage;
mod year;

use std::error::Error;

use self::{
    contender::{Contender, KINDS},
    load::{Load, Measured},
};
use crate::{arguments::Arguments, table};

pub(crate) async fn run(mut arguments: Arguments) -> Result<(), Box<dyn Error>> {
    let load = Load {
        workflows: arguments.take("--workflows", 1000),
        concurrency: arguments.take("--concurrency", 50),
        rounds: arguments.take("--rounds", 3),
    };
    let starts = arguments.take("--starts", 11);
    let years = arguments.take("--years", 50);
    let open = [arguments.take("--open", 10_000), arguments.take("--open-embedded", 100_000)];
    arguments.finish()?;
    if cfg!(debug_assertions) {
        eprintln!("warning: without --release the numbers mean nothing");
    }
    let mut rows = Vec::new();
    for kind in &KINDS {
        let Some(mut contender) = Contender::start(kind).await? else {
            eprintln!("{}: not here ({})", kind.name, kind.missing);
            continue;
        };
        let at_rest = contender.memory()?;
        let mut measured = vec![(0, at_rest, load.run(&contender).await?)];
        for open in open.into_iter().filter(|open| *open <= kind.most_open) {
            contender.keep_open(open).await?;
            let loaded = load.run(&contender).await?;
            measured.push((open, contender.memory()?, loaded));
        }
        drop(contender);
        // Last, since what servers in this process leave behind would be missing from the memory of the next.
        let ready = contender::ready_in(kind, starts).await?;
        rows.extend(measured.iter().map(|(open, memory, measured)| row(kind.name, *open, ready, *memory, measured)));
    }
    println!(
        "A workflow with one activity, {} at once, median of {} rounds of {}; ready: median of {starts} starts:\n",
        load.concurrency, load.rounds, load.workflows
    );
    let header = ["service", "open", "ready in", "memory", "workflows/s", "its CPU per task", "all CPU per workflow"];
    table::print(&header, &rows);
    let year = year::run(years).await?;
    println!("\nA workflow that sleeps a year, time skipping, in process: {:.1} ms, median of {years}", year * 1e3);
    Ok(())
}

/// Memory is of the service's process, or what this one grew by.
fn row(name: &str, open: usize, ready_in: f64, memory: u64, measured: &Measured) -> Vec<String> {
    let micros = |seconds: f64| format!("{:.0} us", seconds * 1e6);
    vec![
        name.to_owned(),
        open.to_string(),
        format!("{:.1} ms", ready_in * 1e3),
        format!("{:.1} MB", memory as f64 / 1e6),
        format!("{:.0}", measured.workflows_per_second),
        measured.service_cpu_per_task.map_or_else(|| "-".to_owned(), micros),
        micros(measured.cpu_per_workflow),
    ]
}
