//! Arguments travel: each must be serialisable both ways. It is said once, at the type.

use durably::prelude::*;

struct Plain;

#[derive(serde::Serialize)]
struct OneWay;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_plain: Plain, _count: u32) -> WorkflowResult<()> {
        Ok(())
    }

    #[signal]
    fn submit(&mut self, _name: String, _plain: Vec<Plain>) {}

    #[query]
    fn pending(&self, _one_way: OneWay) -> usize {
        0
    }

    #[update]
    fn rename(&mut self, _shared: std::rc::Rc<String>) {}

    #[update]
    fn merge(&mut self, _plain: Plain, _count: u32, _one_way: OneWay) {}
}

#[activity]
async fn compose(_plain: Plain) {}

struct Mailer;

#[activities]
impl Mailer {
    #[activity]
    async fn send(&self, _plain: Option<Plain>) {}
}

fn main() {}
