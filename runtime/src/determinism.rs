//! What the compiler is asked about workflow code, where an attribute cannot tell by its tokens.
//!
//! [`Probe`] has an inherent constant [`NATURE`](ProbeDefaults::NATURE) for the types below, which wins over that of the trait
//! that all types have. Generated constants hand it to a function of this module: it evaluates to nothing, or to the error.

use std::{
    collections::{HashMap, HashSet},
    rc::Rc,
    sync::Arc,
};

use crate::outcome::Probe;

/// What a type is to a workflow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// Nothing in particular.
    Plain,
    /// A map or a set without an order.
    Unordered,
    /// A reading of this machine's clock.
    Clock,
    /// A channel, or what else tasks wait for each other with.
    Channel,
    /// A lock.
    Lock,
    /// A thread or a task.
    Task,
    /// What is open on this machine: a file, a connection, a process.
    Resource,
    /// Of no harm in a state, but known by a name that tells where a path leads.
    Landmark,
}

macro_rules! natures {
    ($($Nature:ident: $Type:ty $(, [$($generics:tt)*])?;)+) => {
        $(
            impl $(<$($generics)*>)? Probe<$Type> {
                /// What the type is to a workflow.
                pub const NATURE: Nature = Nature::$Nature;
            }
        )+
    };
}

natures! {
    Unordered: HashMap<K, V, S>, [K, V, S];
    Unordered: HashSet<T, S>, [T, S];
    Clock: std::time::Instant;
    Clock: tokio::time::Instant;
    Channel: std::sync::mpsc::Sender<T>, [T];
    Channel: std::sync::mpsc::SyncSender<T>, [T];
    Channel: std::sync::mpsc::Receiver<T>, [T];
    Channel: tokio::sync::mpsc::Sender<T>, [T];
    Channel: tokio::sync::mpsc::Receiver<T>, [T];
    Channel: tokio::sync::mpsc::UnboundedSender<T>, [T];
    Channel: tokio::sync::mpsc::UnboundedReceiver<T>, [T];
    Channel: tokio::sync::oneshot::Sender<T>, [T];
    Channel: tokio::sync::oneshot::Receiver<T>, [T];
    Channel: tokio::sync::watch::Sender<T>, [T];
    Channel: tokio::sync::watch::Receiver<T>, [T];
    Channel: tokio::sync::broadcast::Sender<T>, [T];
    Channel: tokio::sync::broadcast::Receiver<T>, [T];
    Channel: tokio::sync::Notify;
    Channel: std::sync::Condvar;
    Channel: std::sync::Barrier;
    Channel: tokio::sync::Barrier;
    Lock: std::sync::Mutex<T>, [T: ?Sized];
    Lock: std::sync::RwLock<T>, [T: ?Sized];
    Lock: tokio::sync::Mutex<T>, [T: ?Sized];
    Lock: tokio::sync::RwLock<T>, [T: ?Sized];
    Lock: tokio::sync::Semaphore;
    Task: std::thread::JoinHandle<T>, [T];
    Task: std::thread::Thread;
    Task: std::thread::ThreadId;
    Task: tokio::task::JoinHandle<T>, [T];
    Task: tokio::task::JoinSet<T>, [T];
    Task: tokio::task::AbortHandle;
    Task: tokio::runtime::Runtime;
    Task: tokio::runtime::Handle;
    Resource: std::fs::File;
    Resource: std::net::TcpStream;
    Resource: std::net::TcpListener;
    Resource: std::net::UdpSocket;
    Resource: std::process::Child;
    Landmark: std::time::SystemTime;
    Landmark: std::env::VarError;
    Landmark: std::fs::OpenOptions;
    Landmark: std::process::Command;
    Landmark: std::io::Stdin;
    Landmark: std::hash::RandomState;
    Landmark: tokio::time::Sleep;
    Landmark: tokio::task::JoinError;
    Landmark: uuid::Uuid;
}

/// Names of [landmarks](Nature::Landmark), for modules that have no type of that name: a glob import goes before them.
pub mod absent {
    macro_rules! absent {
        ($($Name:ident)+) => {
            $(
                #[doc(hidden)]
                #[derive(Debug)]
                pub struct $Name;
            )+
        };
    }

    absent! { VarError File ThreadId Command Stdin Sleep JoinError }

    #[doc(hidden)]
    #[derive(Debug)]
    pub struct Sender<T>(std::marker::PhantomData<T>);
}

/// Fails with the message unless the type is any.
#[track_caller]
pub const fn replays(nature: Nature, message: &str) {
    if !matches!(nature, Nature::Plain) {
        panic!("{}", message);
    }
}

/// Fails if no state can keep a value of such a type; the subject says which field keeps which type.
#[track_caller]
pub const fn keeps(nature: Nature, subject: &str) {
    let reason = match nature {
        Nature::Clock => {
            ", a reading of this machine's clock, which means nothing at a replay: keep a `SystemTime` from `ctx.workflow_time()`"
        }
        Nature::Channel => {
            ", whose values no history remembers: keep them in a `VecDeque`, and wait for them with `ctx.wait_condition(..)`"
        }
        Nature::Lock => {
            ", which only one task would ever lock, and which could block all workflows of the worker: keep the value as it is"
        }
        Nature::Task => {
            ", of which Temporal does not know and which no replay brings back: call an activity or start a child workflow"
        }
        Nature::Resource => ", which is open on this machine only, and not after a replay: use it in an activity",
        Nature::Plain | Nature::Unordered | Nature::Landmark => return,
    };
    let (text, length) = joined(subject, reason);
    match std::str::from_utf8(text.split_at(length).0) {
        Ok(text) => panic!("{}", text),
        Err(_) => panic!("{}", reason),
    }
}

/// Fails with the message if there is nothing in a field that a check would find fault with.
#[track_caller]
pub const fn lifts(natures: &[Nature], message: &str) {
    let mut rest = natures;
    while let [nature, others @ ..] = rest {
        if !matches!(nature, Nature::Plain | Nature::Landmark) {
            return;
        }
        rest = others;
    }
    panic!("{}", message);
}

/// Fails with the message if the field has no order.
#[track_caller]
pub const fn in_order(fields: &[(&str, Nature)], field: &str, message: &str) {
    let mut rest = fields;
    while let [(name, nature), others @ ..] = rest {
        if matches!(nature, Nature::Unordered) && same(name.as_bytes(), field.as_bytes()) {
            panic!("{}", message);
        }
        rest = others;
    }
}

const fn same(one: &[u8], other: &[u8]) -> bool {
    match (one, other) {
        ([], []) => true,
        ([first, one @ ..], [second, other @ ..]) => *first == *second && same(one, other),
        _ => false,
    }
}

/// The longest message that is shown whole.
const LENGTH: usize = 1024;

const fn joined(one: &str, other: &str) -> ([u8; LENGTH], usize) {
    let (mut text, mut length) = ([0; LENGTH], 0);
    let both = [one.as_bytes(), other.as_bytes()];
    let mut parts = both.as_slice();
    while let [part, others @ ..] = parts {
        let mut rest = *part;
        while let [byte, others @ ..] = rest {
            if length == LENGTH {
                break;
            }
            text[length] = *byte;
            length += 1;
            rest = others;
        }
        parts = others;
    }
    (text, length)
}

/// A variable that workflow code iterates over.
pub struct Iterated<'a, T: ?Sized>(pub &'a T);

/// What [`Iterated`] does with types that have an order: nothing.
pub trait IteratedDefaults {
    /// Says that there is an order.
    #[inline(always)]
    fn in_order(&self) {}
}

impl<T: ?Sized> IteratedDefaults for Iterated<'_, T> {}

impl<T: Unordered + ?Sized> Iterated<'_, T> {
    /// Does not compile: an inherent method goes before that of the trait.
    pub fn in_order(&self)
    where
        T: InOrder,
    {
    }
}

/// A map or a set without an order, or a reference to one.
pub trait Unordered {}

impl<K, V, S> Unordered for HashMap<K, V, S> {}
impl<T, S> Unordered for HashSet<T, S> {}
impl<T: Unordered + ?Sized> Unordered for &T {}
impl<T: Unordered + ?Sized> Unordered for &mut T {}
impl<T: Unordered + ?Sized> Unordered for Box<T> {}
impl<T: Unordered + ?Sized> Unordered for Rc<T> {}
impl<T: Unordered + ?Sized> Unordered for Arc<T> {}

/// Implemented by nothing.
#[diagnostic::on_unimplemented(
    message = "iterating over a `{Self}` goes by another order at each replay",
    label = "a map or a set without an order",
    note = "make it a `BTreeMap` or a `BTreeSet`, or collect and sort it first"
)]
pub trait InOrder {}

/// A constant or a static that workflow code calls a method on.
pub struct Stored<'a, T: ?Sized>(pub &'a T);

/// What [`Stored`] does with what does not change: nothing.
pub trait StoredDefaults {
    /// Says that it does not change.
    #[inline(always)]
    fn replays(&self) {}
}

impl<T: ?Sized> StoredDefaults for Stored<'_, T> {}

impl<T: Shared + ?Sized> Stored<'_, T> {
    /// Does not compile: an inherent method goes before that of the trait.
    pub fn replays(&self)
    where
        T: Remembered,
    {
    }
}

/// What a shared reference can change.
pub trait Shared {}

macro_rules! shared {
    ($($Type:ident)+) => {
        $(impl Shared for std::sync::atomic::$Type {})+
    };
}

shared! {
    AtomicBool AtomicI8 AtomicI16 AtomicI32 AtomicI64 AtomicIsize AtomicU8 AtomicU16 AtomicU32 AtomicU64 AtomicUsize
}

impl<T: ?Sized> Shared for std::sync::Mutex<T> {}
impl<T: ?Sized> Shared for std::sync::RwLock<T> {}
impl<T: 'static> Shared for std::thread::LocalKey<T> {}

/// Implemented by nothing.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` is changed by every workflow of the process and remembered by no history",
    label = "a static that changes",
    note = "keep the value in the workflow's state"
)]
pub trait Remembered {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcome::ProbeDefaults as _;

    type Votes = HashMap<String, u32>;

    const _: () = {
        assert!(matches!(<Probe<Votes>>::NATURE, Nature::Unordered));
        assert!(matches!(<Probe<std::time::Instant>>::NATURE, Nature::Clock));
        assert!(matches!(<Probe<str>>::NATURE, Nature::Plain));
        in_order(&[("names", Nature::Plain), ("votes", Nature::Unordered)], "names", "");
        lifts(&[Nature::Plain, Nature::Lock], "");
    };

    #[test]
    #[should_panic(expected = "field `since` holds `Instant`, a reading of this machine's clock")]
    fn the_subject_comes_before_the_reason() {
        keeps(Nature::Clock, "field `since` holds `Instant`");
    }

    #[test]
    fn what_has_an_order_is_left_alone() {
        Iterated(&vec![1]).in_order();
        Stored(&3).replays();
    }
}
