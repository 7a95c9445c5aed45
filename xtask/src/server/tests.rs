use std::env;
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{self, Stdio};
use std::thread;
use std::time::Instant;

use super::*;
use crate::lacking::lacking;

fn run(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {text}");
    text
}

/// Whether there is a dev server to test; if not, the test that asks is skipped.
fn available() -> bool {
    temporal_cli().map_err(|error| lacking("Temporal CLI", &error)).is_ok()
}

fn listens(address: &str) -> bool {
    TcpStream::connect(address).is_ok()
}

#[test]
fn a_started_server_is_healthy_and_a_stopped_one_is_gone() {
    if !available() {
        return;
    }
    let mut server = DevServer::builder().extra_args(["--search-attribute", "Mood=Keyword"]).start().unwrap();
    assert!(server.is_running());
    assert_eq!(run(&mut server.cli(["operator", "cluster", "health"])).trim(), "SERVING");
    assert!(run(&mut server.cli(["operator", "search-attribute", "list"])).contains("Mood"));
    let address = server.address().to_owned();
    server.stop();
    assert!(!listens(&address));
}

#[test]
fn a_killed_server_comes_back_with_what_it_had() {
    if !available() {
        return;
    }
    let file = env::temp_dir().join(format!("durably-xtask-test-{}.db", process::id()));
    let mut server = DevServer::builder().db_file(&file).start().unwrap();
    let (address, first) = (server.address().to_owned(), server.process_id());
    run(&mut server.cli(["workflow", "start", "--type", "T", "--task-queue", "q", "--workflow-id", "survivor"]));

    server.kill();
    assert!(!server.is_running() && !listens(&address));

    server.restart().unwrap();
    assert_eq!(server.address(), address);
    assert_ne!(server.process_id(), first);
    assert!(run(&mut server.cli(["workflow", "describe", "--workflow-id", "survivor"])).contains("survivor"));
    drop(server);
    for suffix in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(format!("{}{suffix}", file.display()));
    }
}

#[test]
fn the_web_ui_has_a_port_of_its_own() {
    if !available() {
        return;
    }
    let server = DevServer::builder().ui(true).start().unwrap();
    let ui_address = server.ui_address().unwrap();
    assert_ne!(ui_address, server.address());
    let start = Instant::now();
    while !listens(ui_address) {
        assert!(start.elapsed() < Duration::from_secs(20), "no web UI at {ui_address}");
        thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn a_port_in_use_is_an_error_that_names_it() {
    if !available() {
        return;
    }
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let error = DevServer::builder().port(port).start().unwrap_err();
    assert!(error.to_string().contains(&format!("port {port} of 127.0.0.1 is in use")), "{error}");
}

#[test]
fn a_server_that_ends_early_shows_what_it_printed() {
    if !available() {
        return;
    }
    let error = DevServer::builder().extra_args(["--no-such-flag"]).start().unwrap_err();
    let message = error.to_string();
    assert!(matches!(error, DevServerError::Ended { .. }), "{message}");
    assert!(message.contains("unknown flag: --no-such-flag"), "{message}");
}

#[test]
fn a_server_that_is_late_is_an_error_that_says_so() {
    if !available() {
        return;
    }
    let error = DevServer::builder().start_limit(Duration::ZERO).start().unwrap_err();
    assert!(matches!(error, DevServerError::NotHealthy { .. }), "{error}");
}

/// Runs in a process of its own, for the tests below.
#[test]
#[ignore = "the owner in the tests below, not a test"]
fn owner() {
    let server = DevServer::start().unwrap();
    println!("\naddress={}", server.address());
    if env::var_os("OWNER_EXITS").is_some() {
        process::exit(0);
    }
    loop {
        thread::park();
    }
}

fn spawn_owner(exits: bool) -> (process::Child, String) {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", "server::tests::owner", "--ignored", "--nocapture"]).stdout(Stdio::piped());
    if exits {
        command.env("OWNER_EXITS", "1");
    }
    let mut owner = command.spawn().unwrap();
    let mut lines = BufReader::new(owner.stdout.take().unwrap()).lines();
    let address = lines.find_map(|line| line.ok()?.strip_prefix("address=").map(str::to_owned)).unwrap();
    (owner, address)
}

fn assert_goes_away(address: &str) {
    let start = Instant::now();
    while listens(address) {
        assert!(start.elapsed() < Duration::from_secs(20), "{address} outlives its owner");
        thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn the_server_of_a_killed_owner_goes_away() {
    if !available() {
        return;
    }
    let (mut owner, address) = spawn_owner(false);
    assert!(listens(&address));
    owner.kill().unwrap();
    owner.wait().unwrap();
    assert_goes_away(&address);
}

#[test]
fn the_server_of_an_owner_that_exits_without_dropping_goes_away() {
    if !available() {
        return;
    }
    let (mut owner, address) = spawn_owner(true);
    assert!(owner.wait().unwrap().success());
    assert_goes_away(&address);
}
