use durably::prelude::*;

/// An order on its way to a customer.
#[workflow(name = "Order", run_timeout = "30d")]
struct Order {
    items: Vec<Item>,
}

#[workflow(rename_all = "camelCase")]
impl Order {
    #[init]
    fn new(ctx: &WorkflowContextView, order_number: u64, items: Vec<Item>) -> Self {
        Order { items }
    }

    #[run]
    async fn run(ctx: &WorkflowContext<Self>, order_number: u64, items: Vec<Item>) -> WorkflowResult<Receipt> {
        todo!()
    }

    #[update]
    async fn add_item(ctx: &WorkflowContext<Self>, item: Item) -> Result<usize, ApplicationFailure> {
        todo!()
    }

    #[update_validator(add_item)]
    fn check_item(&self, item: &Item) -> Result<(), ApplicationFailure> {
        todo!()
    }

    #[signal(dynamic)]
    fn any(&mut self, name: String, args: RawValue) {}
}
