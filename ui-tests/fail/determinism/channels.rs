//! Tasks of a workflow share its state; no channel is needed.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        let (sender, _receiver) = std::sync::mpsc::channel();
        let _ = sender.send(1);
        use std::sync::mpsc;
        let _: (mpsc::SyncSender<u8>, _) = mpsc::sync_channel(1);
        Ok(())
    }
}

fn main() {}
