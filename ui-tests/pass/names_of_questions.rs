//! Names that the expansion uses itself.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        let __ = Nature(vec![1]);
        let _ = __.iter().count();
        #[allow(non_snake_case)]
        let Iterated = Nature(vec![1]);
        let _ = Iterated.iter().count();
        let r#in = Nature::new();
        for _ in r#in.iter() {}
        Ok(())
    }
}

struct Nature(Vec<u8>);
#[allow(dead_code)]
struct Probe;
#[allow(dead_code)]
trait IteratedDefaults {}

impl Nature {
    fn new() -> Self {
        Self(Vec::new())
    }

    fn iter(&self) -> std::slice::Iter<'_, u8> {
        self.0.iter()
    }

    fn in_order(&self) {}
}
