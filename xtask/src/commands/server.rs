use std::ffi::OsString;
use std::process::{Command, ExitCode};
use std::thread;

use xtask::{AnyServer, DevServer, DevServerBuilder};

use super::child::{self, PAUSE, Signals};
use super::error::CommandError;

pub(crate) fn run(args: Vec<OsString>) -> Result<ExitCode, CommandError> {
    let (options, command) = parse(args)?;
    let server = options.start()?;
    if let Some(ui_address) = server.ui_address() {
        eprintln!("xtask: the web UI is at http://{ui_address}");
    }
    match command {
        Some(command) => run_command(server, command),
        None => run_until_signal(server),
    }
}

fn run_command(server: DevServer, mut command: Command) -> Result<ExitCode, CommandError> {
    let server = AnyServer::Started(Box::new(server));
    server.apply(&mut command);
    let result = child::run(&mut command);
    server.stop();
    result
}

fn run_until_signal(mut server: DevServer) -> Result<ExitCode, CommandError> {
    let signals = Signals::catch().map_err(|cause| CommandError::Spawn { command: "server".to_owned(), cause })?;
    println!("TEMPORAL_ADDRESS={}", server.address());
    eprintln!("xtask: the Temporal dev server runs; Ctrl-C stops it");
    while !signals.came() {
        if !server.is_running() {
            return Err(CommandError::ServerEnded(server.log_tail()));
        }
        thread::sleep(PAUSE);
    }
    server.stop();
    Ok(ExitCode::SUCCESS)
}

fn parse(args: Vec<OsString>) -> Result<(DevServerBuilder, Option<Command>), CommandError> {
    let mut options = DevServer::builder();
    let mut args = args.into_iter();
    while let Some(arg) = args.next() {
        match arg.to_str() {
            Some("--ui") => options = options.ui(true),
            Some("--port") => {
                let port = args.next().and_then(|port| port.to_str()?.parse().ok());
                let wrong = || CommandError::Usage("--port takes a number up to 65535".to_owned());
                options = options.port(port.filter(|port| *port > 0).ok_or_else(wrong)?);
            }
            Some("--db-file") => {
                let missing = || CommandError::Usage("--db-file takes a path".to_owned());
                options = options.db_file(args.next().ok_or_else(missing)?);
            }
            Some("--") => {
                let missing = || CommandError::Usage("no command follows `--`".to_owned());
                let mut command = Command::new(args.next().ok_or_else(missing)?);
                command.args(args);
                return Ok((options, Some(command)));
            }
            _ => return Err(CommandError::unknown(&arg)),
        }
    }
    Ok((options, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_words(words: &str) -> Result<(DevServerBuilder, Option<Command>), CommandError> {
        parse(words.split_whitespace().map(OsString::from).collect())
    }

    #[test]
    fn what_follows_the_dashes_is_the_command() {
        let (_, command) = parse_words("--ui --port 7233 -- echo --port").unwrap();
        assert_eq!(child::display(&command.unwrap()), "echo --port");
        assert!(parse_words("").unwrap().1.is_none());
    }

    #[test]
    fn mistakes_are_named() {
        let cases = [
            ("--port x", "--port takes"),
            ("--port 0", "--port takes"),
            ("--db-file", "--db-file takes"),
            ("--", "no command"),
            ("echo", "`echo`"),
        ];
        for (words, message) in cases {
            let error = parse_words(words).map(drop).unwrap_err();
            assert!(error.to_string().starts_with(message), "{words}: {error}");
        }
    }
}
