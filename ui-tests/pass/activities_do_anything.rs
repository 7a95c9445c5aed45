//! Activities may read clocks, print, wait and go through maps.

use std::{collections::HashMap, time::Instant};

use durably::prelude::*;

#[activity]
fn measure(votes: HashMap<String, u32>) -> u32 {
    let began = Instant::now();
    std::thread::sleep(Duration::from_millis(1));
    println!("{:?}", began.elapsed());
    votes.values().sum()
}

struct Mailer {
    since: Instant,
    sent: std::sync::Mutex<HashMap<String, u32>>,
}

#[activities]
impl Mailer {
    #[activity]
    async fn sent(&self) -> Vec<String> {
        println!("{:?}", self.since.elapsed());
        self.sent.lock().map(|sent| sent.keys().cloned().collect()).unwrap_or_default()
    }
}
