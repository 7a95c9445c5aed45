//! Names on the wire: given, derived, in another case.

use durably::prelude::*;

#[workflow(name = "greeting.v2", task_queue = "q")]
#[derive(Default)]
pub struct Greeting;

#[workflow(rename_all = "camelCase")]
impl Greeting {
    #[run(id = "{{{kind}}}")]
    async fn run(kind: String) -> WorkflowResult<()> {
        drop(kind);
        Ok(())
    }

    #[signal]
    fn add_name(&mut self, r#type: String) {
        drop(r#type);
    }

    #[signal(name = "Exit")]
    fn close_all(&mut self) {}

    #[query]
    fn r#match(&self) -> bool {
        true
    }

    #[update(name = "cancel")]
    fn on_cancel(&mut self) {}
}

#[test]
fn tables_have_the_names_on_the_wire() {
    let table = Greeting::TABLE;
    assert_eq!(table.workflow.name, "greeting.v2");
    let names: Vec<_> = table.signals.iter().chain(table.queries).chain(table.updates).map(|h| h.name).collect();
    assert_eq!(names, [Some("addName"), Some("Exit"), Some("match"), Some("cancel")]);
    assert_eq!(table.signals[0].arguments[0].name, "type");
}
