//! A Temporal service on a port: `durably-embedded --port 7233`.

use std::{
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    process::ExitCode,
};

use durably_embedded::Server;
use lexopt::prelude::*;

const HELP: &str = "\
A Temporal service in memory or in a file, for development and tests.

durably-embedded [--port PORT] [--db FILE] [--namespace NAME]... [--time-skipping]

  --port PORT       where to listen on 127.0.0.1; 7233 unless given, 0 for any free port
  --db FILE         keep everything in this file, made if it is not there, and go on with what is in it;
                    nothing that was answered is lost, however the server ends; everything is in memory
                    unless given
  --namespace NAME  one more namespace, beside `default`
  --time-skipping   skip time whenever nobody has anything to do
";

struct Options {
    port: u16,
    db: Option<PathBuf>,
    namespaces: Vec<String>,
    time_skipping: bool,
}

fn parse() -> Result<Option<Options>, lexopt::Error> {
    let mut options = Options { port: 7233, db: None, namespaces: Vec::new(), time_skipping: false };
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("port") => options.port = arguments.value()?.parse()?,
            Long("db") => options.db = Some(arguments.value()?.into()),
            Long("namespace") => options.namespaces.push(arguments.value()?.string()?),
            Long("time-skipping") => options.time_skipping = true,
            Short('h') | Long("help") => return Ok(None),
            _ => return Err(argument.unexpected()),
        }
    }
    Ok(Some(options))
}

#[tokio::main]
async fn main() -> ExitCode {
    let options = match parse() {
        Ok(Some(options)) => options,
        Ok(None) => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprint!("durably-embedded: {error}\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    let builder = Server::builder().time_skipping(options.time_skipping);
    let interrupted = interrupted();
    let builder = options.namespaces.into_iter().fold(builder, |builder, name| builder.namespace(name));
    let server = match options.db {
        Some(path) => match builder.persist(path).start() {
            Ok(server) => server,
            Err(error) => {
                eprintln!("durably-embedded: {error}");
                return ExitCode::FAILURE;
            }
        },
        None => builder.start(),
    };
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, options.port));
    let ready = |address| println!("durably-embedded listens on {address}");
    match server.serve(address, ready, interrupted).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("durably-embedded: cannot serve on {address}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Ctrl-C, or a service manager; listened for from now on, so that a signal right after the start counts too.
#[cfg(unix)]
fn interrupted() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};

    let signals = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()));
    async move {
        match signals {
            (Ok(mut interrupt), Ok(mut terminate)) => {
                tokio::select! {
                    _ = interrupt.recv() => {}
                    _ = terminate.recv() => {}
                }
            }
            // Without signals it runs until it is killed.
            _ => std::future::pending().await,
        }
    }
}

/// Ctrl-C.
#[cfg(not(unix))]
async fn interrupted() {
    // Without signals it runs until it is killed.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
