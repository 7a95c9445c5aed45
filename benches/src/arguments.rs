//! `--name number` options.

use std::collections::HashMap;

pub(crate) struct Arguments(HashMap<String, usize>);

impl Arguments {
    pub(crate) fn parse(words: Vec<String>) -> Result<Self, String> {
        let pairs = words.chunks(2).map(|pair| match pair {
            [name, value] if name.starts_with("--") => {
                let number = value.parse().map_err(|_| format!("{name} takes a number, not `{value}`"))?;
                Ok((name.clone(), number))
            }
            words => Err(format!("`{}` is not an option with a number", words.join(" "))),
        });
        pairs.collect::<Result<_, _>>().map(Self)
    }

    /// The value of an option, or what it is unless given.
    pub(crate) fn take(&mut self, name: &str, default: usize) -> usize {
        self.0.remove(name).unwrap_or(default)
    }

    /// Says which options nobody took.
    pub(crate) fn finish(self) -> Result<(), String> {
        match self.0.into_keys().next() {
            Some(name) => Err(format!("there is no option `{name}`")),
            None => Ok(()),
        }
    }
}
