//! Numbers, not tests:
//! `cargo test -p durably-embedded --no-default-features --release --test calls -- --ignored --nocapture speed`.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use durably_embedded::Server;
use tokio::task::JoinSet;

use crate::directory::TempDir;
use crate::support::{World, activity, done};

/// How long each measurement takes.
const WHILE: Duration = Duration::from_secs(3);
const RUNS: usize = 10_000;

/// How many workflows so many callers start in a second.
async fn starts(world: &World, callers: usize) -> f64 {
    let began = Instant::now();
    let mut all = JoinSet::new();
    for caller in 0..callers {
        let world = world.clone();
        all.spawn(async move {
            let mut count = 0;
            while began.elapsed() < WHILE {
                world.start(&format!("start-{callers}-{caller}-{count}")).await;
                count += 1;
            }
            count
        });
    }
    let count: i32 = all.join_all().await.into_iter().sum();
    f64::from(count) / began.elapsed().as_secs_f64()
}

/// How many workflows with one activity are done in a second, one after the other: seven calls each.
async fn workflows(world: &World) -> f64 {
    let began = Instant::now();
    let mut count = 0;
    while began.elapsed() < WHILE {
        world.start(&format!("whole-{count}")).await;
        world.work(vec![activity("a", None, None)]).await;
        let task = world.poll_activity().await;
        world.complete_activity(task.task_token, None).await.unwrap();
        world.work(vec![done()]).await;
        count += 1;
    }
    f64::from(count) / began.elapsed().as_secs_f64()
}

async fn measure(what: &str, world: World) {
    println!("{what}: {:.0} workflows per second", workflows(&world).await);
    for callers in [1, 64] {
        println!("{what}, {callers} callers: {:.0} starts per second", starts(&world, callers).await);
    }
}

fn open(path: &Path) -> (World, Duration) {
    let began = Instant::now();
    let server = Server::builder().persist(path).start().unwrap();
    (World(server), began.elapsed())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement"]
async fn speed_in_memory() {
    let began = Instant::now();
    let world = World::new();
    println!("in memory: ready in {:?}", began.elapsed());
    measure("in memory", world).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement"]
async fn speed_in_a_file() {
    let directory = TempDir::new();
    let (world, took) = open(&directory.path().join("speed.db"));
    println!("in a file: a new one in {took:?}");
    measure("in a file", world).await;
    println!("fsync of a page: {:?}", fsync(directory.path()));

    let path = directory.path().join("runs.db");
    let (world, _) = open(&path);
    let mut all = JoinSet::new();
    for caller in 0..100 {
        let world = world.clone();
        all.spawn(async move {
            for number in 0..RUNS / 100 {
                world.start(&format!("w-{caller}-{number}")).await;
            }
        });
    }
    all.join_all().await;
    let killed = directory.path().join("killed.db");
    std::fs::copy(&path, &killed).unwrap();
    drop(world);
    let size = std::fs::metadata(&path).unwrap().len() >> 20;
    let ((_clean, stopped), (_repaired, killed)) = (open(&path), open(&killed));
    println!("in a file: {RUNS} runs, {size} MiB, are there in {stopped:?}, after a kill in {killed:?}");
}

/// What the disk itself takes.
fn fsync(directory: &Path) -> Duration {
    use std::io::{Seek, Write};

    let mut file = std::fs::File::create(directory.join("fsync")).unwrap();
    let began = Instant::now();
    for _ in 0..100 {
        file.rewind().unwrap();
        file.write_all(&[1; 4096]).unwrap();
        file.sync_data().unwrap();
    }
    began.elapsed() / 100
}
