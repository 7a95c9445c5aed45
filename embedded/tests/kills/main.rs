//! The program is killed in the middle of everything, again and again: whatever it has answered is there afterwards.

mod client;
#[path = "../calls/directory.rs"]
mod directory;
mod disk;
mod ledger;
mod load;
mod program;

use std::time::Duration;

use client::Client;
use directory::TempDir;
use ledger::Ledger;
use program::Program;

/// So many kills; the seed is printed.
const KILLS: u64 = 25;

/// Numbers that look random and are the same for each seed.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x2545_f491_4f6c_dd1d)
    }

    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_that_was_answered_is_lost() {
    let seed = std::env::var("DURABLY_KILL_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(rand_seed);
    println!("DURABLY_KILL_SEED={seed}");
    let mut random = Random::new(seed);
    let directory = TempDir::new();
    let file = directory.path().join("server.db");
    let ledger = Ledger::default();
    for kill in 0..KILLS {
        if random.below(4) == 0 {
            // Before it is there, or just then.
            let program = Program::spawn(&file);
            tokio::time::sleep(Duration::from_millis(random.below(40))).await;
            program.kill();
        }
        let program = Program::start(&file);
        let client = Client::connect(program.address()).await.unwrap();
        ledger.check(&client, kill).await;
        let load = load::start(program.address(), &ledger, seed + kill, kill).await;
        ledger.grows_by(random.below(100)).await;
        tokio::time::sleep(Duration::from_millis(random.below(20))).await;
        program.kill();
        load.ended().await;
    }
    let program = Program::start(&file);
    let client = Client::connect(program.address()).await.unwrap();
    ledger.check(&client, KILLS).await;
    ledger.assert_busy();
}

fn rand_seed() -> u64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
