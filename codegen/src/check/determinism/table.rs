//! What workflow code must not do, by whole paths, and what to write instead.

use std::{collections::HashMap, sync::LazyLock};

use Kind::*;

/// Why something cannot be replayed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Clock,
    Sleep,
    Random,
    Uuid,
    Spawn,
    Block,
    Select,
    Channel,
    Lock,
    File,
    Network,
    Environment,
    Process,
    Output,
    Static,
    /// An exception below a path that is forbidden as a whole.
    Fine,
}

impl Kind {
    /// What is wrong and what to write instead, as the rest of a sentence that begins with what was written.
    pub(super) fn explain(self) -> &'static str {
        match self {
            Clock => "reads this machine's clock, which says something else at each replay: ask `ctx.workflow_time()`",
            Sleep => "waits by this machine's clock, of which no replay knows: await `ctx.timer(..)`",
            Random => "is random, so each replay would get something else: ask `ctx.random()`",
            Uuid => "makes an id that is another one at each replay: ask `ctx.uuid4()`",
            Spawn => {
                "starts what Temporal does not know of and cannot replay: call an activity, start a child workflow, or await \
                 futures together with `join!`"
            }
            Block => {
                "blocks the thread that all workflows of the worker share: `.await` instead, or do it in an activity"
            }
            Select => {
                "polls its branches in an order that is another one at each replay: use `select!` and `join!` of \
                 `durably::prelude`"
            }
            Channel => {
                "passes values on outside of the workflow's history: keep them in the state, and wait for them with \
                 `ctx.wait_condition(..)`"
            }
            Lock => {
                "locks what only one task reaches, and could block all workflows of the worker: keep the value in the state \
                 as it is"
            }
            File => "reaches for files, which need not be the same at a replay: do it in an activity",
            Network => "reaches for the network, which need not answer the same at a replay: do it in an activity",
            Environment => {
                "reads the environment of this process, which may be another one at a replay: take it as an argument, or read \
                 it in an activity"
            }
            Process => "acts on this machine's processes, and would do so again at each replay: do it in an activity",
            Output => "prints once more at each replay: write `durably::log::info!(ctx, ..)`",
            Static => {
                "is changed by every workflow of the process and remembered by no history: keep it in the workflow's state"
            }
            Fine => "",
        }
    }
}

/// Paths of functions, types and modules; `*` stands for whatever is below. The longest one that fits counts.
const PATHS: &[(&str, Kind)] = &[
    // Clocks.
    ("std::time::Instant", Clock),
    ("std::time::Instant::*", Clock),
    ("std::time::SystemTime::now", Clock),
    ("std::time::SystemTime::elapsed", Clock),
    ("chrono::Utc::now", Clock),
    ("chrono::Local::now", Clock),
    ("chrono::Local::today", Clock),
    ("chrono::Utc::today", Clock),
    ("chrono::offset::Utc::now", Clock),
    ("chrono::offset::Local::now", Clock),
    ("time::OffsetDateTime::now_utc", Clock),
    ("time::OffsetDateTime::now_local", Clock),
    ("time::UtcDateTime::now", Clock),
    ("jiff::Timestamp::now", Clock),
    ("jiff::Zoned::now", Clock),
    ("tokio::time::Instant", Clock),
    ("tokio::time::Instant::*", Clock),
    ("tokio::time::sleep", Sleep),
    ("tokio::time::sleep_until", Sleep),
    ("tokio::time::timeout", Sleep),
    ("tokio::time::timeout_at", Sleep),
    ("tokio::time::interval", Sleep),
    ("tokio::time::interval_at", Sleep),
    ("tokio::time::*", Sleep),
    ("tokio::time::Duration", Fine),
    ("tokio::time::Duration::*", Fine),
    ("tokio::time::error::*", Fine),
    ("async_std::task::sleep", Sleep),
    ("futures_timer::*", Sleep),
    ("std::thread::sleep", Sleep),
    ("std::thread::sleep_ms", Sleep),
    ("std::thread::sleep_until", Sleep),
    // Randomness. Generators that are seeded by hand, and what draws from a given one, replay.
    ("rand::*", Random),
    ("rand::random", Random),
    ("rand::random_range", Random),
    ("rand::random_bool", Random),
    ("rand::random_ratio", Random),
    ("rand::rng", Random),
    ("rand::thread_rng", Random),
    ("rand::rngs::*", Random),
    ("rand::rngs::StdRng", Fine),
    ("rand::rngs::StdRng::*", Fine),
    ("rand::rngs::StdRng::from_entropy", Random),
    ("rand::rngs::StdRng::from_os_rng", Random),
    ("rand::rngs::SmallRng", Fine),
    ("rand::rngs::SmallRng::*", Fine),
    ("rand::rngs::SmallRng::from_entropy", Random),
    ("rand::rngs::SmallRng::from_os_rng", Random),
    ("rand::Rng", Fine),
    ("rand::Rng::*", Fine),
    ("rand::RngCore", Fine),
    ("rand::RngCore::*", Fine),
    ("rand::RngExt", Fine),
    ("rand::RngExt::*", Fine),
    ("rand::SeedableRng", Fine),
    ("rand::SeedableRng::*", Fine),
    ("rand::seq::*", Fine),
    ("rand::distr::*", Fine),
    ("rand::distributions::*", Fine),
    ("rand::prelude::*", Fine),
    ("rand::prelude::random", Random),
    ("rand::prelude::thread_rng", Random),
    ("getrandom::*", Random),
    ("fastrand::*", Random),
    ("fastrand::Rng", Fine),
    ("fastrand::Rng::*", Fine),
    ("fastrand::Rng::new", Random),
    ("std::hash::RandomState", Random),
    ("std::hash::RandomState::*", Random),
    ("std::collections::hash_map::RandomState", Random),
    ("std::collections::hash_map::RandomState::*", Random),
    ("uuid::Uuid::new_v4", Uuid),
    ("uuid::Uuid::new_v7", Uuid),
    ("uuid::Uuid::now_v1", Uuid),
    ("uuid::Uuid::now_v6", Uuid),
    ("uuid::Uuid::now_v7", Uuid),
    ("ulid::Ulid::new", Uuid),
    ("nanoid::*", Uuid),
    // Threads and tasks.
    ("std::thread::*", Spawn),
    ("std::thread::spawn", Spawn),
    ("std::thread::scope", Spawn),
    ("std::thread::park", Block),
    ("std::thread::park_timeout", Block),
    ("std::thread::yield_now", Block),
    ("std::thread::current", Environment),
    ("std::thread::available_parallelism", Environment),
    ("std::thread::panicking", Fine),
    ("std::thread::Result", Fine),
    ("tokio::spawn", Spawn),
    ("tokio::task::*", Spawn),
    ("tokio::task::spawn", Spawn),
    ("tokio::task::spawn_blocking", Spawn),
    ("tokio::task::spawn_local", Spawn),
    ("tokio::task::block_in_place", Block),
    ("tokio::task::JoinSet", Spawn),
    ("tokio::task::JoinSet::*", Spawn),
    ("tokio::runtime::*", Spawn),
    ("async_std::task::*", Spawn),
    ("smol::*", Spawn),
    ("rayon::*", Spawn),
    ("futures::executor::*", Block),
    ("futures_executor::*", Block),
    // Between tasks.
    ("tokio::select", Select),
    ("tokio::join", Select),
    ("tokio::try_join", Select),
    ("futures::select", Select),
    ("futures_util::select", Select),
    ("std::sync::mpsc::*", Channel),
    ("std::sync::mpsc::channel", Channel),
    ("std::sync::mpsc::sync_channel", Channel),
    ("std::sync::Mutex", Lock),
    ("std::sync::Mutex::*", Lock),
    ("std::sync::RwLock", Lock),
    ("std::sync::RwLock::*", Lock),
    ("std::sync::Condvar", Block),
    ("std::sync::Condvar::*", Block),
    ("std::sync::Barrier", Block),
    ("std::sync::Barrier::*", Block),
    ("tokio::sync::*", Channel),
    ("tokio::sync::mpsc::channel", Channel),
    ("tokio::sync::mpsc::unbounded_channel", Channel),
    ("tokio::sync::oneshot::channel", Channel),
    ("tokio::sync::watch::channel", Channel),
    ("tokio::sync::broadcast::channel", Channel),
    ("tokio::sync::Mutex", Lock),
    ("tokio::sync::Mutex::*", Lock),
    ("tokio::sync::RwLock", Lock),
    ("tokio::sync::RwLock::*", Lock),
    ("tokio::sync::Semaphore", Lock),
    ("tokio::sync::Semaphore::*", Lock),
    ("futures::channel::*", Channel),
    ("futures_channel::*", Channel),
    ("async_channel::*", Channel),
    ("flume::*", Channel),
    ("crossbeam_channel::*", Channel),
    ("parking_lot::*", Lock),
    // Outside of the process.
    ("std::fs::*", File),
    ("std::path::Path::exists", File),
    ("std::path::Path::metadata", File),
    ("std::io::stdin", Environment),
    ("std::io::stdout", Output),
    ("std::io::stderr", Output),
    ("tokio::fs::*", File),
    ("tokio::io::stdin", Environment),
    ("tokio::io::stdout", Output),
    ("tokio::io::stderr", Output),
    ("std::net::*", Network),
    ("std::net::IpAddr", Fine),
    ("std::net::IpAddr::*", Fine),
    ("std::net::Ipv4Addr", Fine),
    ("std::net::Ipv4Addr::*", Fine),
    ("std::net::Ipv6Addr", Fine),
    ("std::net::Ipv6Addr::*", Fine),
    ("std::net::SocketAddr", Fine),
    ("std::net::SocketAddr::*", Fine),
    ("std::net::SocketAddrV4", Fine),
    ("std::net::SocketAddrV4::*", Fine),
    ("std::net::SocketAddrV6", Fine),
    ("std::net::SocketAddrV6::*", Fine),
    ("std::net::AddrParseError", Fine),
    ("tokio::net::*", Network),
    ("reqwest::*", Network),
    ("reqwest::Url", Fine),
    ("reqwest::Url::*", Fine),
    ("reqwest::StatusCode", Fine),
    ("reqwest::StatusCode::*", Fine),
    ("reqwest::Method", Fine),
    ("reqwest::Method::*", Fine),
    ("reqwest::header::*", Fine),
    ("ureq::*", Network),
    ("isahc::*", Network),
    ("surf::*", Network),
    ("hyper::client::*", Network),
    ("std::env::*", Environment),
    ("std::env::var", Environment),
    ("std::env::vars", Environment),
    ("std::env::args", Environment),
    ("std::env::temp_dir", Environment),
    ("std::env::current_dir", Environment),
    ("std::env::consts::*", Fine),
    ("std::env::VarError", Fine),
    ("std::env::VarError::*", Fine),
    ("std::process::*", Process),
    ("std::process::exit", Process),
    ("std::process::abort", Process),
    ("std::process::id", Process),
    ("std::process::Command", Process),
    ("std::process::ExitCode", Fine),
    ("std::process::ExitCode::*", Fine),
    ("tokio::process::*", Process),
    ("tokio::signal::*", Process),
];

/// Macros, the standard library's being known by their last name alone, as everyone writes them.
const MACROS: &[(&str, Kind)] = &[
    ("std::println", Output),
    ("std::print", Output),
    ("std::eprintln", Output),
    ("std::eprint", Output),
    ("std::dbg", Output),
    ("std::thread_local", Static),
    ("tokio::select", Select),
    ("tokio::join", Select),
    ("tokio::try_join", Select),
    ("futures::select", Select),
    ("futures_util::select", Select),
    ("nanoid::nanoid", Uuid),
];

/// Paths of one crate, by their segments.
type Paths = Vec<(Vec<&'static str>, Kind)>;

/// The paths by their first segment, which few paths of a program share.
static BY_CRATE: LazyLock<HashMap<&str, Paths>> = LazyLock::new(|| {
    let mut by_crate: HashMap<&str, Paths> = HashMap::new();
    for (pattern, kind) in PATHS {
        let segments: Vec<&str> = pattern.split("::").collect();
        if let Some(first) = segments.first() {
            by_crate.entry(first).or_default().push((segments, *kind));
        }
    }
    by_crate
});

fn of_crate(path: &[String]) -> &'static [(Vec<&'static str>, Kind)] {
    path.first().and_then(|first| BY_CRATE.get(first.as_str())).map_or(&[], Vec::as_slice)
}

/// What is wrong with a function, a type or a constant of that path.
pub(super) fn of_path(path: &[String]) -> Option<Kind> {
    let mut best: Option<(usize, Kind)> = None;
    for (pattern, kind) in of_crate(path) {
        if let Some(length) = fits(pattern, path)
            && best.is_none_or(|(longest, _)| length >= longest)
        {
            best = Some((length, *kind));
        }
    }
    best.map(|(_, kind)| kind).filter(|kind| *kind != Fine)
}

/// Like [`of_path`], but of names that are listed one by one: what a glob import may have brought.
pub(super) fn of_listed_path(path: &[String]) -> Option<Kind> {
    let is_listed = |(pattern, kind): &(Vec<&str>, Kind)| {
        let begins =
            (1..=path.len()).any(|length| path.get(..length).is_some_and(|path| fits(pattern, path).is_some()));
        *kind != Fine && pattern.last() != Some(&"*") && begins
    };
    if of_crate(path).iter().any(is_listed) { of_path(path) } else { None }
}

/// What is wrong with a macro of that path.
pub(super) fn of_macro(path: &[String]) -> Option<Kind> {
    let listed = |(pattern, _): &&(&str, Kind)| match path {
        [name] => pattern.strip_prefix("std::") == Some(name.as_str()),
        _ => fits(&pattern.split("::").collect::<Vec<_>>(), path).is_some(),
    };
    MACROS.iter().find(listed).map(|(_, kind)| *kind)
}

/// Maps and sets whose order is by chance.
pub(super) fn is_hashed(path: &[String]) -> bool {
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    matches!(
        path[..],
        ["std" | "hashbrown", "collections", "HashMap" | "HashSet"]
            | ["std", "collections", "hash_map", "HashMap"]
            | ["std", "collections", "hash_set", "HashSet"]
            | ["hashbrown", "HashMap" | "HashSet"]
    )
}

/// How many segments of the path the pattern fits, if it does.
fn fits(pattern: &[&str], path: &[String]) -> Option<usize> {
    let mut segments = path.iter();
    let mut length = 0;
    for expected in pattern {
        match (*expected, segments.next()) {
            ("*", Some(_)) => return Some(length),
            (expected, Some(given)) if expected == given => length += 1,
            _ => return None,
        }
    }
    segments.next().is_none().then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> Vec<String> {
        text.split("::").map(ToOwned::to_owned).collect()
    }

    #[test]
    fn the_longest_path_counts() {
        assert_eq!(of_path(&path("std::time::Instant::now")), Some(Clock));
        assert_eq!(of_path(&path("std::time::SystemTime")), None);
        assert_eq!(of_path(&path("tokio::time::Duration::from_secs")), None);
        assert_eq!(of_path(&path("rand::rngs::StdRng::seed_from_u64")), None);
        assert_eq!(of_path(&path("rand::rngs::StdRng::from_os_rng")), Some(Random));
        assert_eq!(of_path(&path("rand::rng")), Some(Random));
        assert_eq!(of_path(&path("std::net::Ipv4Addr::new")), None);
        assert_eq!(of_path(&path("my::time::Instant::now")), None);
    }

    #[test]
    fn a_glob_brings_only_what_is_listed() {
        assert_eq!(of_listed_path(&path("tokio::time::sleep")), Some(Sleep));
        assert_eq!(of_listed_path(&path("std::time::Instant::now")), Some(Clock));
        assert_eq!(of_listed_path(&path("tokio::time::order")), None);
    }

    #[test]
    fn macros_of_the_prelude_need_no_path() {
        assert_eq!(of_macro(&path("println")), Some(Output));
        assert_eq!(of_macro(&path("std::dbg")), Some(Output));
        assert_eq!(of_macro(&path("select")), None);
        assert_eq!(of_macro(&path("tokio::select")), Some(Select));
        assert_eq!(of_macro(&path("my::println")), None);
    }
}
