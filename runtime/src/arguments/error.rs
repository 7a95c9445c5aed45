//! What is wrong with the arguments of a call.

use temporalio_common::data_converters::PayloadConversionError;

use crate::table::ArgumentTable;

/// What is called: its kind, its name on the wire and its arguments. Or a failure, whose details are decoded likewise.
#[derive(Debug, Clone, Copy)]
pub struct Callee {
    /// `workflow`, `signal`, `query`, `update`, `activity` or `failure`.
    pub kind: &'static str,
    /// Its name on the wire.
    pub name: &'static str,
    /// What it takes.
    pub arguments: &'static [ArgumentTable],
}

impl Callee {
    pub(crate) const FAILURE: &'static str = "failure";

    /// What its payloads are.
    fn part(&self) -> &'static str {
        if self.kind == Self::FAILURE { "detail" } else { "argument" }
    }
}

impl std::fmt::Display for Callee {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} `{}`", self.kind, self.name)
    }
}

/// The payloads of a call do not fit the arguments of what it calls.
///
/// A workflow task fails with it and is tried again, so that nothing is lost while the sender or the worker is mended; a
/// query and an update answer with it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ArgumentError {
    /// Fewer payloads were sent than there are arguments.
    #[error("{callee}: {} `{}: {}` is missing, {sent} of {} were sent", .callee.part(), .argument.name, .argument.ty, .callee.arguments.len())]
    Missing {
        /// What was called.
        callee: Callee,
        /// The first argument without a payload.
        argument: ArgumentTable,
        /// How many payloads were sent.
        sent: usize,
    },
    /// A payload does not decode into the type of its argument.
    #[error("{callee}: {} `{}: {}` cannot be decoded from a payload with encoding `{encoding}`: {source}", .callee.part(), .argument.name, .argument.ty)]
    Undecodable {
        /// What was called.
        callee: Callee,
        /// The argument.
        argument: ArgumentTable,
        /// How the payload says it is encoded.
        encoding: String,
        /// What the data converter says.
        source: PayloadConversionError,
    },
    /// More payloads were sent than there are arguments.
    #[error("{callee}: {sent} {}{} sent, it takes {}", .callee.part(), if *.sent == 1 { " was" } else { "s were" }, .callee.arguments.len())]
    TooMany {
        /// What was called.
        callee: Callee,
        /// How many payloads were sent.
        sent: usize,
    },
}

impl ArgumentError {
    pub(super) fn missing(callee: Callee, argument: ArgumentTable, sent: usize) -> Box<Self> {
        Box::new(Self::Missing { callee, argument, sent })
    }

    pub(super) fn undecodable(
        callee: Callee,
        argument: ArgumentTable,
        encoding: &[u8],
        source: PayloadConversionError,
    ) -> Box<Self> {
        let encoding = String::from_utf8_lossy(encoding).into_owned();
        Box::new(Self::Undecodable { callee, argument, encoding, source })
    }

    pub(super) fn too_many(callee: Callee, sent: usize) -> Box<Self> {
        Box::new(Self::TooMany { callee, sent })
    }
}

impl From<Box<ArgumentError>> for PayloadConversionError {
    fn from(error: Box<ArgumentError>) -> Self {
        Self::EncodingError(error)
    }
}

/// An argument does not encode.
#[derive(Debug)]
pub(crate) struct Unencodable {
    /// Its place, from 0.
    pub(crate) position: usize,
    /// Its type, with paths.
    pub(crate) ty: &'static str,
    /// What the data converter says.
    source: PayloadConversionError,
}

impl Unencodable {
    pub(crate) fn of<T>(position: usize, source: PayloadConversionError) -> PayloadConversionError {
        PayloadConversionError::EncodingError(Box::new(Self { position, ty: std::any::type_name::<T>(), source }))
    }

    /// What is wrong with it.
    pub(crate) fn reason(&self) -> &(dyn std::error::Error + 'static) {
        match &self.source {
            PayloadConversionError::EncodingError(error) => error.as_ref(),
            other => other,
        }
    }
}

impl std::fmt::Display for Unencodable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "argument {} of type `{}` cannot be encoded: {}", self.position + 1, self.ty, self.reason())
    }
}

impl std::error::Error for Unencodable {}
