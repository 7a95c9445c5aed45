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
        Ok(Receipt { order_number, count: ctx.state(|w| w.items.len()) })
    }

    #[update]
    async fn add_item(ctx: &WorkflowContext<Self>, item: Item) -> Result<usize, ApplicationFailure> {
        Ok(ctx.state_mut(|w| {
            w.items.push(item);
            w.items.len()
        }))
    }

    #[update_validator(add_item)]
    fn check_item(&self, item: &Item) -> Result<(), ApplicationFailure> {
        if item.is_empty() { Err(ApplicationFailure::new("an item needs a name")) } else { Ok(()) }
    }

    #[signal(dynamic)]
    fn any(&mut self, name: String, args: RawValue) {}
}
