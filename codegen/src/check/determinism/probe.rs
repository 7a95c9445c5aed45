//! Questions to the compiler about what a file-level `use` may have brought.

use quote::ToTokens;
use syn::{Path, PathArguments, ext::IdentExt};

use super::{scope::Scopes, table::Kind};
use crate::model::Witness;

/// Types of the standard library, tokio and uuid, and the functions of theirs that are forbidden; all of them if none is named.
const TYPES: &[(&str, &[&str], Kind)] = &[
    ("Instant", &[], Kind::Clock),
    ("SystemTime", &["now", "elapsed"], Kind::Clock),
    ("Uuid", &["new_v4", "new_v7", "now_v1", "now_v6", "now_v7"], Kind::Uuid),
    ("File", &[], Kind::File),
    ("OpenOptions", &[], Kind::File),
    ("TcpStream", &[], Kind::Network),
    ("TcpListener", &[], Kind::Network),
    ("UdpSocket", &[], Kind::Network),
    ("Command", &[], Kind::Process),
    ("Condvar", &[], Kind::Block),
    ("Notify", &[], Kind::Channel),
    ("Semaphore", &[], Kind::Lock),
    ("RandomState", &[], Kind::Random),
];

/// Functions of a module that are forbidden.
type Functions = &'static [(&'static str, Kind)];

/// Modules by their last name, a type that only theirs has, and their functions that are forbidden.
const MODULES: &[(&str, &str, Functions)] = &[
    (
        "env",
        "VarError",
        &[
            ("var", Kind::Environment),
            ("var_os", Kind::Environment),
            ("vars", Kind::Environment),
            ("args", Kind::Environment),
            ("current_dir", Kind::Environment),
            ("temp_dir", Kind::Environment),
            ("set_var", Kind::Environment),
        ],
    ),
    (
        "fs",
        "File",
        &[
            ("read", Kind::File),
            ("read_to_string", Kind::File),
            ("write", Kind::File),
            ("read_dir", Kind::File),
            ("create_dir", Kind::File),
            ("create_dir_all", Kind::File),
            ("remove_file", Kind::File),
            ("remove_dir_all", Kind::File),
            ("copy", Kind::File),
            ("rename", Kind::File),
            ("metadata", Kind::File),
            ("exists", Kind::File),
        ],
    ),
    (
        "thread",
        "ThreadId",
        &[
            ("spawn", Kind::Spawn),
            ("scope", Kind::Spawn),
            ("sleep", Kind::Sleep),
            ("park", Kind::Block),
            ("yield_now", Kind::Block),
            ("current", Kind::Environment),
        ],
    ),
    ("process", "Command", &[("exit", Kind::Process), ("abort", Kind::Process), ("id", Kind::Process)]),
    ("io", "Stdin", &[("stdin", Kind::Environment), ("stdout", Kind::Output), ("stderr", Kind::Output)]),
    (
        "time",
        "Sleep",
        &[
            ("sleep", Kind::Sleep),
            ("sleep_until", Kind::Sleep),
            ("timeout", Kind::Sleep),
            ("timeout_at", Kind::Sleep),
            ("interval", Kind::Sleep),
            ("interval_at", Kind::Sleep),
        ],
    ),
    (
        "task",
        "JoinError",
        &[
            ("spawn", Kind::Spawn),
            ("spawn_blocking", Kind::Spawn),
            ("spawn_local", Kind::Spawn),
            ("block_in_place", Kind::Block),
            ("yield_now", Kind::Spawn),
        ],
    ),
    (
        "mpsc",
        "Sender",
        &[("channel", Kind::Channel), ("sync_channel", Kind::Channel), ("unbounded_channel", Kind::Channel)],
    ),
    ("oneshot", "Sender", &[("channel", Kind::Channel)]),
    ("watch", "Sender", &[("channel", Kind::Channel)]),
    ("broadcast", "Sender", &[("channel", Kind::Channel)]),
];

/// What to ask the compiler about a path of which the body does not say where it comes from.
pub(super) fn question(path: &Path, scopes: &Scopes, is_bare_call: bool) -> Option<(Witness, Kind)> {
    let first = path.segments.first()?;
    let unknown = path.leading_colon.is_none() && !scopes.has_globs() && !scopes.knows(&first.ident);
    let plain = path.segments.iter().all(|segment| matches!(segment.arguments, PathArguments::None));
    if !unknown || !plain || first.ident == "Self" {
        return None;
    }
    let mut segments = path.segments.iter().rev();
    let function = segments.next()?.ident.unraw().to_string();
    let parent = &segments.next()?.ident;
    if parent.to_string().starts_with(char::is_uppercase) {
        let kind = kind_of_function(&parent.to_string(), &function, is_bare_call)?;
        return Some((Witness::Type(owner(path)?), kind));
    }
    let (_, witness, functions) = MODULES.iter().find(|(name, ..)| parent == name)?;
    let (_, kind) = functions.iter().find(|(name, _)| *name == function)?;
    Some((Witness::Module { path: owner(path)?, member: witness, generic: *witness == "Sender" }, *kind))
}

/// By its own name, the type can be meant by any of its functions; by another one, only by a `now()`.
fn kind_of_function(owner: &str, function: &str, is_bare_call: bool) -> Option<Kind> {
    match TYPES.iter().find(|(name, ..)| *name == owner) {
        Some((_, functions, kind)) => (functions.is_empty() || functions.contains(&function)).then_some(*kind),
        None => (function == "now" && is_bare_call).then_some(Kind::Clock),
    }
}

/// The path without its last segment.
fn owner(path: &Path) -> Option<Path> {
    let mut owner = path.clone();
    owner.segments.pop();
    // What remains ends with `::`.
    let last = owner.segments.pop()?;
    owner.segments.push(last);
    Some(owner)
}

/// A path as one would write it.
pub(super) fn written(path: &impl ToTokens) -> String {
    path.to_token_stream().to_string().replace(' ', "")
}
