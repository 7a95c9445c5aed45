//! Modules that are imported in the file, the compiler tells too.

use std::{env, fs, io, process, sync::mpsc, thread};

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        let _ = env::var("HOME");
        let _ = fs::read_to_string("names");
        thread::sleep(Duration::from_secs(1));
        let (sender, _receiver) = mpsc::channel();
        let _ = sender.send(1);
        let _ = io::stdin();
        if sender.send(2).is_err() {
            process::exit(1);
        }
        Ok(())
    }
}

fn main() {}
