//! Random sequences of calls against a server, valid, half valid and garbage; callers that vanish, stale and forged tokens,
//! time that jumps. Whatever comes, the server answers with proper codes, its histories are well formed, and once everything
//! is deleted nothing is left.
//!
//! `cargo test -p durably-embedded --test fuzz -- --seconds 60` runs for a minute; a failure names its seed, and
//! `-- --seed N` runs that one alone, `--trace` prints its calls, and `--coverage` what came of each kind of call. As part of
//! the other tests it takes two seconds, or as many as `DURABLY_FUZZ_SECONDS` says. Many sequences in which some kind of call
//! is never answered are a failure: they do not test what they are there for.

mod check;
mod commands;
mod end;
mod ledger;
mod links;
mod requests;
mod rng;
mod seen;
mod self_test;
mod steps;
mod world;

use std::{
    panic::{self, AssertUnwindSafe},
    process::ExitCode,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

/// A sequence that takes longer hangs.
const HANGS: Duration = Duration::from_secs(30);

/// So many sequences are enough for every kind of call to be answered; a minute has about as many.
const ENOUGH: usize = 1000;

struct Options {
    seconds: u64,
    seed: Option<u64>,
    /// Whether each call is printed.
    trace: bool,
    /// Whether it is said what came of each kind of call.
    coverage: bool,
}

/// What other test programs understand, such as names of tests, means nothing here.
fn options() -> Options {
    let args: Vec<String> = std::env::args().collect();
    let number = |name: &str| {
        let at = args.iter().position(|arg| arg == name)?;
        Some(args.get(at + 1).and_then(|number| number.parse().ok()).unwrap_or_else(|| panic!("{name} NUMBER")))
    };
    Options {
        seconds: number("--seconds").or_else(from_environment).unwrap_or(2),
        seed: number("--seed"),
        trace: args.iter().any(|arg| arg == "--trace"),
        coverage: args.iter().any(|arg| arg == "--coverage"),
    }
}

fn from_environment() -> Option<u64> {
    std::env::var("DURABLY_FUZZ_SECONDS").ok()?.parse().ok()
}

fn main() -> ExitCode {
    let Options { seconds, seed, trace, coverage } = options();
    if let Err(missed) = self_test::run() {
        eprintln!("fuzz: {missed}");
        return ExitCode::FAILURE;
    }
    let replays = seed.is_some();
    let first = seed.unwrap_or_else(|| {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        now.as_secs() << 20
    });
    let current = Arc::new(AtomicU64::new(first));
    let panics = record_panics();
    watch(&current);
    let began = Instant::now();
    let mut sequences = 0;
    let mut seen = seen::Seen::default();
    for seed in first.. {
        current.store(seed, Ordering::Relaxed);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let ran = panic::catch_unwind(AssertUnwindSafe(|| runtime.block_on(steps::sequence(seed, trace))));
        drop(runtime);
        let panics = std::mem::take(&mut *panics.lock().unwrap_or_else(PoisonError::into_inner));
        let problem = match ran {
            Ok(Ok(of)) if panics.is_empty() => {
                seen.add(of);
                None
            }
            Ok(Err(problem)) => Some(problem),
            Ok(Ok(_)) | Err(_) => Some(panics.join("\n")),
        };
        if let Some(problem) = problem {
            eprintln!("fuzz: {problem}\nfuzz: seed {seed}; once more: --test fuzz -- --seed {seed}");
            return ExitCode::FAILURE;
        }
        sequences += 1;
        if replays || began.elapsed() >= Duration::from_secs(seconds) {
            break;
        }
    }
    println!("fuzz: {sequences} sequences from seed {first}, {seen}");
    if coverage {
        print!("{}", seen.coverage());
    }
    let missing = seen.missing(&steps::answered());
    if missing.is_empty() {
        return ExitCode::SUCCESS;
    }
    println!("fuzz: never answered: {}", missing.join(", "));
    if sequences < ENOUGH { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Panics of any task, also of those that nobody waits for.
fn record_panics() -> Arc<Mutex<Vec<String>>> {
    let panics = Arc::new(Mutex::new(Vec::new()));
    let recorded = Arc::clone(&panics);
    panic::set_hook(Box::new(move |panic| {
        recorded.lock().unwrap_or_else(PoisonError::into_inner).push(format!("panic: {panic}"));
    }));
    panics
}

/// Ends the program if a sequence does not end.
fn watch(current: &Arc<AtomicU64>) {
    let current = Arc::clone(current);
    thread::spawn(move || {
        let mut last = (current.load(Ordering::Relaxed), Instant::now());
        loop {
            thread::sleep(Duration::from_millis(200));
            let seed = current.load(Ordering::Relaxed);
            if seed != last.0 {
                last = (seed, Instant::now());
            } else if last.1.elapsed() > HANGS {
                eprintln!("fuzz: seed {seed} hangs");
                std::process::exit(1);
            }
        }
    });
}
