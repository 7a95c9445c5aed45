//! What `cfg` takes away is not asked for.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting {
    #[cfg(any())]
    gone: Nowhere,
}

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        #[cfg(any())]
        let _ = Nowhere::now();
        #[cfg(any())]
        {
            let _ = Instant::now();
        }
        #[cfg(all())]
        let _ = Watch::now();
        Ok(())
    }

    #[cfg(any())]
    #[signal]
    fn gone(&mut self) {
        let _ = Instant::now();
        for _ in &self.gone {}
    }
}

struct Watch;

impl Watch {
    fn now() -> Self {
        Self
    }
}
