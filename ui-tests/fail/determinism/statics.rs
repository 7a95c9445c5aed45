//! What a static holds, no history remembers.

use std::{
    cell::Cell,
    sync::{
        Mutex,
        atomic::{AtomicU32, Ordering},
    },
};

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        COUNT.fetch_add(1, Ordering::Relaxed);
        NAMES.lock().unwrap().push(String::new());
        LAST.with(|last| last.set(1));
        unsafe { SUM += 1 };
        let _ = LIMIT.min(3);
        static mut HERE: u32 = 0;
        thread_local!(static THERE: u32 = 0);
        Ok(())
    }
}

static COUNT: AtomicU32 = AtomicU32::new(0);
static NAMES: Mutex<Vec<String>> = Mutex::new(Vec::new());
static mut SUM: u32 = 0;
const LIMIT: u32 = 3;

thread_local! {
    static LAST: Cell<u32> = const { Cell::new(0) };
}

fn main() {}
