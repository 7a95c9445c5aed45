//! What was expected of a mock, and what came.

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
};

use temporalio_common::protos::temporal::api::common::v1::Payload;

use crate::testing::{shown::Call, trouble::Trouble};

/// The calls of one mocked activity, in the order they came.
pub(crate) struct Ledger {
    name: &'static str,
    trouble: Arc<Trouble>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    calls: Vec<Vec<Payload>>,
    ended: usize,
    expected: Expected,
    earlier: Vec<Arc<Ledger>>,
    later: Vec<Weak<Ledger>>,
}

/// How often it is to be called.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) enum Expected {
    #[default]
    Any,
    Exactly(usize),
    AtLeast(usize),
}

impl Ledger {
    pub(super) fn new(name: &'static str, trouble: Arc<Trouble>) -> Arc<Self> {
        Arc::new(Self { name, trouble, state: Mutex::default() })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    pub(super) fn expect(&self, expected: Expected) {
        self.state().expected = expected;
    }

    /// It is to be called after all calls of the other one.
    pub(super) fn after(self: &Arc<Self>, other: &Arc<Self>) {
        self.state().earlier.push(Arc::clone(other));
        other.state().later.push(Arc::downgrade(self));
    }

    pub(super) fn calls(&self) -> Vec<Vec<Payload>> {
        self.state().calls.clone()
    }

    /// A call has come.
    ///
    /// Errors: it should not have; the test ends.
    pub(super) fn begin(&self, arguments: Vec<Payload>) -> Result<(), String> {
        let (earlier, later) = {
            let mut state = self.state();
            state.calls.push(arguments.clone());
            if let Expected::Exactly(count) = state.expected
                && state.calls.len() > count
            {
                // How often it was called in the end is said at the end.
                self.trouble.end_test();
                return Err(format!("the mock of `{}` is called once more than expected", self.name));
            }
            (state.earlier.clone(), state.later.clone())
        };
        let call = Call { name: self.name, arguments: &arguments };
        if let Some(missing) = earlier.iter().find(|other| other.state().ended == 0) {
            let message = format!("the mock of `{}` was called before that of `{}`: {call}", self.name, missing.name);
            return Err(self.refuse(message));
        }
        let early = later.iter().filter_map(Weak::upgrade).find(|other| !other.state().calls.is_empty());
        if let Some(early) = early {
            let message = format!("the mock of `{}` was called after that of `{}`: {call}", self.name, early.name);
            return Err(self.refuse(message));
        }
        Ok(())
    }

    /// A call was answered.
    pub(super) fn end(&self) {
        self.state().ended += 1;
    }

    /// Ends the test for this reason.
    pub(super) fn refuse(&self, message: String) -> String {
        self.trouble.add(message.clone());
        self.trouble.end_test();
        message
    }

    /// What was expected and has not come, or has come too often. Calls that may still have been to come when the test was
    /// ended are not missed.
    pub(crate) fn complaint(&self, ended_early: bool) -> Option<String> {
        let state = self.state();
        let count = state.calls.len();
        let met = match state.expected {
            Expected::Any => true,
            Expected::Exactly(expected) => count == expected || (ended_early && count < expected),
            Expected::AtLeast(expected) => count >= expected || ended_early,
        };
        if met {
            return None;
        }
        let got = if count == 0 { "none".to_owned() } else { count.to_string() };
        let mut complaint = format!("the mock of `{}` expected {}, and got {got}", self.name, state.expected);
        for (index, arguments) in state.calls.iter().enumerate() {
            complaint.push_str(if index == 0 { ":" } else { "" });
            complaint.push_str(&format!("\n    {}", Call { name: self.name, arguments }));
        }
        Some(complaint)
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let calls = |count: usize| if count == 1 { "call" } else { "calls" };
        match *self {
            Self::Any => f.write_str("any calls"),
            Self::Exactly(0) => f.write_str("no call"),
            Self::Exactly(count) => write!(f, "{count} {}", calls(count)),
            Self::AtLeast(count) => write!(f, "at least {count} {}", calls(count)),
        }
    }
}
