//! Which calls were made, and what came of them.

use std::{collections::BTreeMap, fmt};

use tonic::{Code, Status};

/// What a call came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    Answered,
    Refused(i32),
    /// The caller has not waited for the end.
    Vanished,
}

/// How often each call came to which end; those of garbage have names of their own.
#[derive(Debug, Default)]
pub(crate) struct Seen(BTreeMap<String, BTreeMap<End, usize>>);

impl Seen {
    pub(crate) fn add(&mut self, other: Self) {
        for (rpc, ends) in other.0 {
            for (end, count) in ends {
                *self.0.entry(rpc.clone()).or_default().entry(end).or_default() += count;
            }
        }
    }

    pub(crate) fn note(&mut self, rpc: &str, answer: &Result<Vec<u8>, Status>) {
        self.count(rpc, answer.as_ref().map_or_else(|refused| End::Refused(refused.code() as i32), |_| End::Answered));
    }

    pub(crate) fn note_vanished(&mut self, rpc: &str) {
        self.count(rpc, End::Vanished);
    }

    fn count(&mut self, rpc: &str, end: End) {
        *self.0.entry(rpc.to_owned()).or_default().entry(end).or_default() += 1;
    }

    /// Those of the calls that were never answered.
    pub(crate) fn missing<'a>(&self, calls: &[(&str, &'a str)]) -> Vec<&'a str> {
        let answered = |rpc: &str| self.0.get(rpc).is_some_and(|ends| ends.contains_key(&End::Answered));
        calls.iter().map(|(_, rpc)| *rpc).filter(|rpc| !answered(rpc)).collect()
    }

    /// A line for each call, with the ends it came to.
    pub(crate) fn coverage(&self) -> String {
        let line = |(rpc, ends): (&String, &BTreeMap<End, usize>)| {
            let ends: Vec<_> = ends.iter().map(|(end, count)| format!("{count} {end}")).collect();
            format!("{rpc:<50} {}\n", ends.join(", "))
        };
        self.0.iter().map(line).collect()
    }
}

impl fmt::Display for End {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answered => write!(formatter, "answered"),
            Self::Refused(code) => write!(formatter, "{:?}", Code::from_i32(*code)),
            Self::Vanished => write!(formatter, "vanished"),
        }
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sum = |of: fn(&End) -> bool| -> usize {
            self.0.values().flatten().filter(|(end, _)| of(end)).map(|(_, count)| count).sum()
        };
        let (made, well) = (sum(|_| true), sum(|end| *end == End::Answered));
        write!(formatter, "{made} calls of {} kinds, {well} of them answered", self.0.len())
    }
}
