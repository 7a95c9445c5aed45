//! Fields that no replay brings back.

use std::{
    fs::File,
    sync::{
        Arc, Mutex, RwLock,
        mpsc::{self, Sender},
    },
    thread::JoinHandle,
    time::Instant,
};

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting {
    since: Option<Instant>,
    names: Arc<Mutex<Vec<String>>>,
    limits: Option<RwLock<u8>>,
    sender: Option<Sender<u8>>,
    receiver: Option<mpsc::Receiver<u8>>,
    worker: Vec<JoinHandle<()>>,
    log: Option<File>,
    whole: Option<std::time::Instant>,
    at: Option<std::time::SystemTime>,
}

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        Ok(())
    }
}

fn main() {}
