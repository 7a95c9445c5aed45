//! Waiting until a dev server answers.

use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use crate::bounded::run_within;

const CHECK_LIMIT: Duration = Duration::from_secs(10);
const LONGEST_PAUSE: Duration = Duration::from_millis(100);

/// Why the wait ended without a healthy server.
pub(crate) enum Unhealthy<S> {
    Ended(S),
    TimedOut(String),
}

/// Waits until the server on `port` says that it serves. `check` is the command that asks it;
/// `ended` tells whether the server is gone.
pub(crate) fn wait_until_healthy<S>(
    port: u16,
    limit: Duration,
    check: impl Fn() -> Command,
    mut ended: impl FnMut() -> Option<S>,
) -> Result<(), Unhealthy<S>> {
    let deadline = Instant::now() + limit;
    let mut pause = Duration::from_millis(5);
    loop {
        let answer = ask(port, &check);
        // Asked after the answer: whoever gave it, our server must still be there.
        if let Some(status) = ended() {
            return Err(Unhealthy::Ended(status));
        }
        let Err(detail) = answer else { return Ok(()) };
        if Instant::now() + pause >= deadline {
            return Err(Unhealthy::TimedOut(detail));
        }
        thread::sleep(pause);
        pause = (pause * 3 / 2).min(LONGEST_PAUSE);
    }
}

fn ask(port: u16, check: impl Fn() -> Command) -> Result<(), String> {
    // Cheap, so that the real check does not compete with the server for the processor while it
    // starts.
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    TcpStream::connect_timeout(&address, Duration::from_millis(500)).map_err(|cause| cause.to_string())?;
    let finished = run_within(&mut check(), CHECK_LIMIT).map_err(|cause| cause.to_string())?;
    if finished.success() {
        return Ok(());
    }
    Err(format!("the health check failed, {}: {}", finished.ending(), finished.stderr.trim_end()))
}
