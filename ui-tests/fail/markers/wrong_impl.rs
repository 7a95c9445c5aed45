//! Impls that cannot be annotated: of a trait, generic, of something without a name, without the marked methods.

use durably::prelude::*;

trait Greet {
    fn greet(&self);
}

struct Greeting;

#[workflow]
impl Greet for Greeting {
    #[query]
    fn greet(&self) {}
}

#[workflow(task_queue = "q")]
struct Generic<T>(T);

#[workflow]
impl<T> Generic<T> {
    #[run]
    async fn run() -> WorkflowResult<()> {
        Ok(())
    }
}

#[workflow]
impl dyn Greet {
    #[run]
    async fn run() -> WorkflowResult<()> {
        Ok(())
    }
}

struct Empty;

#[workflow]
impl Empty {
    async fn run() -> WorkflowResult<()> {
        Ok(())
    }
}

#[activities]
impl Empty {
    async fn send(&self) {}
}

#[activities]
impl Greet for Empty {
    fn greet(&self) {}
}

fn main() {}
