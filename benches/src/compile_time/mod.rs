//! `cargo check` and `cargo build` of a crate of workflows, with Durably and with Temporal's own macros.
//!
//! Both crates are made in the target folder, with the same workflows. Dependencies are built first and not measured.

mod children;
mod crates;
mod source;

use std::error::Error;

use self::{
    children::Usage,
    crates::{Crate, Mode, generate},
};
use crate::{
    arguments::Arguments,
    table::{self, median},
};

pub(crate) fn run(mut arguments: Arguments) -> Result<(), Box<dyn Error>> {
    let workflows = arguments.take("--workflows", 50);
    let rounds = arguments.take("--rounds", 5);
    arguments.finish()?;
    let [ours, official] = generate(workflows)?;
    let mut rows = Vec::new();
    for mode in [Mode::Check, Mode::Build] {
        eprintln!("cargo {}: dependencies first", mode.command());
        for krate in [&ours, &official] {
            krate.compile(mode)?;
        }
        let (mut our_usage, mut official_usage) = (Vec::new(), Vec::new());
        for round in 1..=rounds {
            our_usage.push(compile(&ours, mode, round)?);
            official_usage.push(compile(&official, mode, round)?);
        }
        rows.push(row(mode, "CPU", &our_usage, &official_usage, |usage| usage.cpu));
        rows.push(row(mode, "elapsed", &our_usage, &official_usage, |usage| usage.elapsed));
    }
    println!("a crate of {workflows} workflows, median of {rounds} rounds (budget of the ratio: 1.0):\n");
    table::print(&["command", "time", "Durably", "official macros", "ratio"], &rows);
    Ok(())
}

fn compile(krate: &Crate, mode: Mode, round: usize) -> Result<Usage, Box<dyn Error>> {
    krate.touch()?;
    let usage = krate.compile(mode)?;
    eprintln!("round {round}: {:<14} {:5.2} s CPU, {:5.2} s", krate.name(), usage.cpu, usage.elapsed);
    Ok(usage)
}

fn row(mode: Mode, what: &str, ours: &[Usage], official: &[Usage], of: impl Fn(&Usage) -> f64) -> Vec<String> {
    let (ours, official) = (median(ours.iter().map(&of)), median(official.iter().map(&of)));
    vec![
        format!("cargo {}", mode.command()),
        what.to_owned(),
        format!("{ours:.2} s"),
        format!("{official:.2} s"),
        format!("{:.2}", ours / official),
    ]
}
