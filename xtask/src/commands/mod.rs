//! The subcommands, one file each.

mod bench;
mod child;
mod ci;
mod error;
mod examples;
mod features;
mod headers;
mod readme;
mod server;
mod shown;
mod test;

use std::ffi::OsString;
use std::process::ExitCode;

use error::CommandError;

pub(crate) const HELP: &str = "\
The chores of this repository.

cargo xtask server [--port PORT] [--db-file FILE] [--ui] [-- COMMAND ...]
    Starts a Temporal dev server and prints its address; runs until Ctrl-C. With a COMMAND, runs
    that with TEMPORAL_ADDRESS set, and ends with it and its exit code.
cargo xtask test --real [ARGUMENT ...]
    Runs the end-to-end tests on a real server, instead of the embedded one as `cargo test` does.
    The arguments are those of `cargo test`.
cargo xtask bench NAME [OPTION ...]
    Builds and runs a benchmark: `servers`, `hello` or `compile-time`; see benches/README.md.
cargo xtask ci
    Everything that continuous integration checks besides the tests: format, lints, docs,
    examples on the embedded server and on a real one, that they and README.md show what they
    print, and that docs/features.md names what exists.
cargo xtask help
    Prints this.

The real server is the one that TEMPORAL_ADDRESS names, for `test` and `ci`, or else a new one: started
with the program that DURABLY_TEMPORAL_CLI names, or with `temporal` on the PATH, or with one that
is installed into the target folder.";

pub(crate) fn dispatch(mut args: Vec<OsString>) -> Result<ExitCode, CommandError> {
    if args.is_empty() {
        return Err(CommandError::Usage("which command?".to_owned()));
    }
    let command = args.remove(0);
    match command.to_str() {
        Some("server") => server::run(args),
        Some("test") => test::run(args),
        Some("bench") => bench::run(args),
        Some("ci") => expect_none(&args).and_then(|()| ci::run()),
        Some("help" | "--help" | "-h") => {
            println!("{HELP}");
            Ok(ExitCode::SUCCESS)
        }
        _ => {
            let message = format!("there is no command `{}`", command.to_string_lossy());
            Err(CommandError::Usage(message))
        }
    }
}

fn expect_none(args: &[OsString]) -> Result<(), CommandError> {
    match args.first() {
        None => Ok(()),
        Some(arg) => Err(CommandError::unknown(arg)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_command_is_an_error_that_lists_the_known() {
        let message = dispatch(vec!["serve".into()]).unwrap_err().to_string();
        for part in ["`serve`", "server", "test --real", "ci", "help"] {
            assert!(message.contains(part), "{part} is missing in: {message}");
        }
    }

    #[test]
    fn arguments_that_are_not_taken_are_errors() {
        let message = dispatch(vec!["ci".into(), "--fast".into()]).unwrap_err().to_string();
        assert!(message.contains("`--fast`"), "{message}");
        let message = dispatch(vec!["test".into()]).unwrap_err().to_string();
        assert!(message.contains("--real"), "{message}");
    }
}
