use std::ffi::OsString;
use std::process::ExitCode;

use xtask::AnyServer;

use super::child::{self, cargo};
use super::error::CommandError;

pub(crate) fn run(mut args: Vec<OsString>) -> Result<ExitCode, CommandError> {
    if args.first().is_none_or(|first| first != "--real") {
        let message = "for now, only `test --real` exists; the rest is `cargo test`";
        return Err(CommandError::Usage(message.to_owned()));
    }
    args.remove(0);
    let server = AnyServer::get()?;
    eprintln!("xtask: testing on the server at {}", server.address());
    let mut command = cargo();
    command.args(["test", "--package", "durably-tests"]).args(args).env("DURABLY_TEST_SERVER", "real");
    server.apply(&mut command);
    let result = child::run(&mut command);
    server.stop();
    result
}
