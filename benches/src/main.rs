//! Durably beside what Temporal has, on the same machine, in the same run.
//!
//! See `benches/README.md`.

mod arguments;
mod compile_time;
mod hello;
mod servers;
mod table;

use std::{error::Error, process::ExitCode};

use arguments::Arguments;

const USAGE: &str = "\
Usage: cargo run -p durably-benches --release -- COMMAND [OPTIONS]

hello          CPU of the worker and throughput: a workflow with one activity
  --workflows N    how many to run in each round (1500)
  --rounds N       how often to measure each worker, in turn (3)
  --concurrency N  how many workflows are open at once (50)

servers        the embedded server beside Temporal's: the same workflow, with many open ones
  --workflows N    how many to run in each round (1000)
  --rounds N       how often (3)
  --concurrency N  how many workflows are under way at once (50)
  --open N             how many others are open, for a second measurement (10000)
  --open-embedded N    the same, for a third one of the embedded server alone (100000)
  --years N            how many workflows sleep a year, one after the other (50)

compile-time   `cargo check` of a crate of workflows
  --workflows N    how many the crate has (50)
  --rounds N       how often to check each crate, in turn (5)
";

#[tokio::main]
async fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next().unwrap_or_default();
    let result = run(&command, arguments.collect()).await;
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}\n\n{USAGE}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: &str, arguments: Vec<String>) -> Result<(), Box<dyn Error>> {
    match command {
        "hello" => hello::run(Arguments::parse(arguments)?).await,
        // Started by `hello`.
        "worker" => hello::serve(&arguments).await,
        "servers" => servers::run(Arguments::parse(arguments)?).await,
        "compile-time" => compile_time::run(Arguments::parse(arguments)?),
        other => Err(format!("there is no command `{other}`").into()),
    }
}
