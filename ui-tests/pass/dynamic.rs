//! Handlers that catch every name no other handler has.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
pub struct Any {
    names: Vec<String>,
}

#[workflow]
impl Any {
    #[run(id = "any")]
    async fn run() -> WorkflowResult<()> {
        Ok(())
    }

    #[signal(dynamic)]
    fn any(&mut self, name: String, _args: RawValue) {
        self.names.push(name);
    }

    #[signal]
    async fn known(ctx: &WorkflowContext<Self>) {
        ctx.state_mut(|w| w.names.clear());
    }

    #[query(dynamic)]
    fn ask(&self, name: String, _args: RawValue) -> Result<usize, ApplicationFailure> {
        Ok(self.names.iter().filter(|known| **known == name).count())
    }
}

#[test]
fn a_dynamic_handler_has_no_name_in_the_table() {
    assert_eq!(Any::TABLE.signals[0].name, None);
    assert_eq!(Any::TABLE.signals[1].name, Some("known"));
    assert_eq!(Any::TABLE.queries[0].name, None);
}
