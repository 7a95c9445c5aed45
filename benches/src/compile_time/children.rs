//! What commands cost.

use std::{error::Error, process::Command, time::Instant};

use rustix::param::clock_ticks_per_second;

/// In seconds.
pub(super) struct Usage {
    /// Of the command and all it started; `NaN` where there is no `/proc`.
    pub(super) cpu: f64,
    pub(super) elapsed: f64,
}

/// Runs a command to its end.
pub(super) fn run(command: &mut Command) -> Result<Usage, Box<dyn Error>> {
    let (start, before) = (Instant::now(), cpu_of_children());
    let status = command.status()?;
    if !status.success() {
        return Err(format!("{command:?}: {status}").into());
    }
    Ok(Usage { cpu: cpu_of_children() - before, elapsed: start.elapsed().as_secs_f64() })
}

/// CPU seconds of all processes this one has waited for, and of those they have waited for.
fn cpu_of_children() -> f64 {
    let Ok(stat) = std::fs::read_to_string("/proc/self/stat") else { return f64::NAN };
    // The name of the program, which may contain spaces, ends with the last parenthesis; field 3 follows.
    let fields = stat.rsplit(") ").next().unwrap_or_default().split(' ');
    let ticks: f64 = fields.skip(16 - 3).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum();
    ticks / clock_ticks_per_second() as f64
}
