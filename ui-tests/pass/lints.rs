//! Docs, `cfg`, deprecations and lints are carried along; generated code causes no warnings of its own.

#![deny(deprecated, unused)]

/// A module that others see.
pub mod orders {
    use durably::prelude::*;

    /// An order.
    #[workflow(task_queue = "q")]
    #[derive(Debug, Default)]
    pub struct Order {
        items: Vec<String>,
    }

    #[workflow]
    impl Order {
        /// Ships it.
        #[run(id = "order")]
        async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<usize> {
            Ok(ctx.state(|w| w.items.len()))
        }

        /// Adds an item.
        #[signal]
        #[deprecated = "use `add_items`"]
        pub fn add(&mut self, item: String) {
            self.items.push(item);
        }

        #[cfg(any())]
        #[signal]
        fn gone(&mut self, item: Missing) {}

        #[signal]
        #[allow(non_snake_case)]
        fn addItems(&mut self, items: Vec<String>) {
            self.items.extend(items);
        }
    }

    /// Sends a mail.
    #[activity]
    pub async fn send() {}
}

#[test]
fn what_cfg_takes_out_is_not_in_the_table() {
    use durably::Workflow;
    assert_eq!(orders::Order::TABLE.signals.len(), 2);
    assert_eq!(orders::Order::TABLE.signals[0].docs, "Adds an item.");
}
