//! Closures whose parameter is called like the state, and methods called like those of the context.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting {
    names: Vec<String>,
}

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        let list = List(vec![1]);
        let _ = list.state(|w| w.names.into_iter().count());
        let _ = [vec![1]].iter().map(|w| w.iter().count()).max();
        let _ = ctx.state(|state| state.names.iter().map(|name| name.len()).sum::<usize>());
        ctx.wait_condition(|w| w.names.is_empty()).await?;
        let later = async move { ctx.state(|w| w.names.iter().count()) };
        let _ = later.await;
        Ok(())
    }
}

struct List(Vec<u8>);

struct Inside {
    names: std::ops::Range<u8>,
}

impl List {
    fn state<R>(&self, look: impl FnOnce(Inside) -> R) -> R {
        look(Inside { names: 0..self.0.len() as u8 })
    }
}
