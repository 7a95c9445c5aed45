//! CPU time and memory of a process, as Linux tells them.

use std::{fs, io, time::Duration};

use rustix::{
    param::{clock_ticks_per_second, page_size},
    time::{ClockId, clock_gettime},
};

/// CPU time of this process.
pub(super) fn own_cpu() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or_default())
}

/// CPU time of another process, in user and in system mode.
pub(super) fn cpu_of(process: u32) -> io::Result<Duration> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
    // The name comes second, in parentheses, and may hold spaces.
    let rest = stat.rsplit_once(')').map(|(_, rest)| rest).ok_or_else(|| unreadable(process))?;
    let ticks: u64 = rest.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Ok(Duration::from_secs_f64(ticks as f64 / clock_ticks_per_second() as f64))
}

/// What a process has in memory, in bytes.
pub(super) fn memory_of(process: u32) -> io::Result<u64> {
    let statm = fs::read_to_string(format!("/proc/{process}/statm"))?;
    let pages = statm.split_whitespace().nth(1).and_then(|field| field.parse::<u64>().ok());
    Ok(pages.ok_or_else(|| unreadable(process))? * page_size() as u64)
}

fn unreadable(process: u32) -> io::Error {
    io::Error::other(format!("the kernel's numbers of process {process} cannot be read"))
}
