//! Fields of all kinds that replay.

use std::{cell::RefCell, marker::PhantomData, rc::Rc, time::SystemTime};

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting {
    at: Option<SystemTime>,
    shared: Rc<RefCell<Vec<u8>>>,
    hook: Option<Box<dyn Fn(std::time::Instant) -> u8>>,
    pointer: Option<fn(std::fs::File)>,
    marker: PhantomData<str>,
    path: Option<Box<std::path::Path>>,
    text: Rc<str>,
    nested: Option<Box<Greeting>>,
    array: [Option<(u8, Vec<String>)>; 3],
    own: Own<u8>,
}

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        Ok(())
    }
}

#[derive(Default)]
struct Own<T>(T);
