//! How programs and calls end, as text for people.

/// Why a program could not be run to its end: text for people.
pub(crate) type Outcome<T> = Result<T, String>;

/// What an error says, and what caused it.
pub(crate) fn text(error: &dyn std::error::Error) -> String {
    let mut texts = vec![error.to_string()];
    let mut source = error.source();
    while let Some(error) = source {
        texts.push(error.to_string());
        source = error.source();
    }
    texts.dedup();
    texts.join(": ")
}

pub(crate) fn shown<T: std::fmt::Debug, E: std::error::Error>(result: Result<T, E>) -> String {
    match result {
        Ok(value) => format!("{value:?}"),
        Err(error) => format!("error: {}", text(&error)),
    }
}

pub(crate) fn failed<E: std::error::Error>(what: &'static str) -> impl Fn(E) -> String {
    move |error| format!("{what}: {}", text(&error))
}
