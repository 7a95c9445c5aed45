//! Shapes of functions that cannot be called by a name on the wire.

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
    fn generic<T>(&mut self, _value: T) {}

    #[signal]
    fn lifetime<'a>(&'a mut self) {}

    #[query]
    unsafe fn dangerous(&self) -> u8 {
        0
    }

    #[update]
    extern "C" fn foreign(&mut self) {}

    #[update]
    fn bounded(&mut self)
    where
        Self: Sized,
    {
    }
}

#[activity]
fn compose<T>(_value: T) {}

fn main() {}
