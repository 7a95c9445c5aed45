use std::ffi::OsStr;
use std::io;
use std::process::ExitCode;

use xtask::DevServerError;

use super::HELP;
use super::features::FeatureErrors;
use super::headers::HeaderErrors;
use super::readme::ReadmeError;

#[derive(Debug, thiserror::Error)]
pub(crate) enum CommandError {
    #[error("{0}\n\n{HELP}")]
    Usage(String),
    #[error(transparent)]
    Server(#[from] DevServerError),
    #[error("the dev server ended by itself, and printed:\n{0}")]
    ServerEnded(String),
    #[error("cannot run `{command}`: {cause}")]
    Spawn { command: String, cause: io::Error },
    #[error("`{command}` failed: {ending}")]
    Failed { command: String, ending: String },
    #[error("`cargo metadata` does not say what the examples are: {0}")]
    Metadata(String),
    #[error("there are no examples to run")]
    NoExamples,
    #[error(transparent)]
    Headers(#[from] HeaderErrors),
    #[error("docs/features.md:\n  {0}")]
    Features(#[from] FeatureErrors),
    #[error("README.md: {0}")]
    Readme(#[from] ReadmeError),
}

impl CommandError {
    pub(crate) fn unknown(arg: &OsStr) -> Self {
        Self::Usage(format!("`{}` is not an argument here", arg.to_string_lossy()))
    }

    /// 2 is the custom for wrong usage.
    pub(crate) fn exit_code(&self) -> ExitCode {
        ExitCode::from(if matches!(self, Self::Usage(_)) { 2 } else { 1 })
    }
}
