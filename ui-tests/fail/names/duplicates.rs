//! Two handlers of one kind cannot have one name on the wire.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_host: String, _count: u32) -> WorkflowResult<()> {
        Ok(())
    }

    #[signal]
    fn close(&mut self) {}

    #[signal(name = "close")]
    fn exit(&mut self) {}

    #[query(dynamic)]
    fn any(&self, _name: String, _args: RawValue) -> u8 {
        0
    }

    #[query(dynamic)]
    fn all(&self, _name: String, _args: RawValue) -> u8 {
        0
    }
}

struct Mailer;

#[activities(rename_all = "PascalCase")]
impl Mailer {
    #[activity]
    async fn send_mail(&self) {}

    #[activity(name = "SendMail")]
    async fn send(&self) {}
}

fn main() {}
