//! The services that are compared.

use std::{
    env,
    error::Error,
    io::{BufRead as _, BufReader},
    net::{Ipv4Addr, TcpListener},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant},
};

use durably::{ConnectError, prelude::*};
use durably_embedded::Server;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use xtask::DevServer;

use super::usage::memory_of;
use crate::{hello::Hello, table::median};

/// How many starts are under way at once while workflows are opened.
const STARTS: usize = 100;
/// How long a service may take to be ready.
const PATIENCE: Duration = Duration::from_secs(30);

pub(super) struct Kind {
    pub(super) name: &'static str,
    /// What to do if it is not here.
    pub(super) missing: &'static str,
    /// With how many open workflows it is measured at most.
    pub(super) most_open: usize,
    start: fn() -> Result<Option<Running>, Box<dyn Error>>,
}

pub(super) const KINDS: [Kind; 4] = [
    Kind { name: "embedded, in process", missing: "", most_open: usize::MAX, start: in_process },
    Kind {
        name: "embedded, on a port",
        missing: "build it with `cargo build --release -p durably-embedded`",
        most_open: usize::MAX,
        start: on_a_port,
    },
    Kind {
        name: "Temporal dev server",
        missing: "no `temporal` and no Python to install it",
        // Opening more takes it many minutes.
        most_open: 10_000,
        start: dev_server,
    },
    Kind {
        name: "Java test server",
        missing: "name its program in DURABLY_JAVA_TEST_SERVER",
        most_open: 10_000,
        start: java,
    },
];

/// A running service.
enum Running {
    InProcess(Server),
    Process(Box<Killed>, String),
    Dev(Box<DevServer>),
}

/// A process that ends with this.
struct Killed(Child);

impl Drop for Killed {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub(super) struct Contender {
    running: Running,
    /// What this process had before.
    memory_before: u64,
    /// How many task queues it was given.
    numbers: AtomicUsize,
}

/// Seconds from nothing to the first answer, the median of so many starts.
pub(super) async fn ready_in(kind: &Kind, starts: usize) -> Result<f64, Box<dyn Error>> {
    let mut times = Vec::new();
    for _ in 0..starts {
        let began = Instant::now();
        let contender = Contender::start(kind).await?;
        times.extend(contender.as_ref().map(|_| began.elapsed().as_secs_f64()));
    }
    Ok(median(times))
}

impl Contender {
    /// Returns when it has answered. `None` if it is not on this machine.
    pub(super) async fn start(kind: &Kind) -> Result<Option<Self>, Box<dyn Error>> {
        let memory_before = memory_of(std::process::id())?;
        let began = Instant::now();
        let Some(running) = (kind.start)()? else { return Ok(None) };
        let contender = Self { running, memory_before, numbers: AtomicUsize::new(0) };
        while let Err(error) = contender.client().await {
            if began.elapsed() > PATIENCE {
                return Err(format!("{}: {error}", kind.name).into());
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        Ok(Some(contender))
    }

    pub(super) async fn client(&self) -> Result<Client, ConnectError> {
        match &self.running {
            Running::InProcess(server) => {
                let server = server.clone();
                durably::client().connection_options(move |options| server.direct(options)).await
            }
            Running::Process(_, address) => durably::client().address(address).await,
            Running::Dev(server) => durably::client().address(server.address()).await,
        }
    }

    /// Its process, if it has one of its own.
    pub(super) fn process(&self) -> Option<u32> {
        match &self.running {
            Running::InProcess(_) => None,
            Running::Process(child, _) => Some(child.0.id()),
            Running::Dev(server) => server.process_id(),
        }
    }

    /// Bytes of its process, or what this process has grown by.
    pub(super) fn memory(&self) -> Result<u64, Box<dyn Error>> {
        Ok(match self.process() {
            Some(process) => memory_of(process)?,
            None => memory_of(std::process::id())?.saturating_sub(self.memory_before),
        })
    }

    /// A number that it has not been given.
    pub(super) fn number(&self) -> usize {
        self.numbers.fetch_add(1, Ordering::Relaxed)
    }

    /// Opens so many workflows, which nobody works on.
    pub(super) async fn keep_open(&mut self, count: usize) -> Result<(), Box<dyn Error>> {
        let (client, number) = (self.client().await?, self.number());
        stream::iter(0..count)
            .map(async |one| {
                let id = format!("open-{number}-{one}");
                Hello::start(&client, "Ada").id(id).task_queue("nobody").await.map(|_| ())
            })
            .buffer_unordered(STARTS)
            .try_collect::<()>()
            .await?;
        Ok(())
    }
}

fn in_process() -> Result<Option<Running>, Box<dyn Error>> {
    Ok(Some(Running::InProcess(Server::start())))
}

fn on_a_port() -> Result<Option<Running>, Box<dyn Error>> {
    let program = env::current_exe()?.with_file_name("durably-embedded");
    if !program.exists() {
        return Ok(None);
    }
    let mut child = Killed(Command::new(program).args(["--port", "0"]).stdout(Stdio::piped()).spawn()?);
    let mut line = String::new();
    BufReader::new(child.0.stdout.take().ok_or("it has no output")?).read_line(&mut line)?;
    let address = line.trim().rsplit(' ').next().unwrap_or_default().to_owned();
    Ok(Some(Running::Process(Box::new(child), address)))
}

fn dev_server() -> Result<Option<Running>, Box<dyn Error>> {
    match DevServer::start() {
        Ok(server) => Ok(Some(Running::Dev(Box::new(server)))),
        Err(error) => {
            eprintln!("{error}");
            Ok(None)
        }
    }
}

fn java() -> Result<Option<Running>, Box<dyn Error>> {
    let Some(program) = env::var_os("DURABLY_JAVA_TEST_SERVER") else { return Ok(None) };
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
    let child = Killed(Command::new(program).arg(port.to_string()).stdout(Stdio::null()).spawn()?);
    Ok(Some(Running::Process(Box::new(child), format!("127.0.0.1:{port}"))))
}
