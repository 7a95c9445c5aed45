//! How long it takes to expand a workflow of 100 handlers, checks included.
//!
//! ```sh
//! cargo run -p durably-codegen --release --example expansion
//! ```
//!
//! It measures the library on tokens that are there already: what the compiler takes to make and to take them is not ours.

use std::{
    fmt::Write,
    time::{Duration, Instant},
};

use proc_macro2::TokenStream;

const HANDLERS: usize = 100;
const ROUNDS: usize = 51;
const BUDGET: Duration = Duration::from_millis(20);

fn main() {
    let item: TokenStream = source(HANDLERS).parse().expect("the source has balanced tokens");
    let mut rounds: Vec<(Duration, usize)> = (0..ROUNDS)
        .map(|_| {
            let item = item.clone();
            let began = Instant::now();
            let output = durably_codegen::workflow(TokenStream::new(), item);
            (began.elapsed(), output.to_string().len())
        })
        .collect();
    rounds.sort();
    let (median, length) = rounds[ROUNDS / 2];
    let (best, _) = rounds[0];
    println!("{HANDLERS} handlers: best {best:.2?}, median {median:.2?} of {ROUNDS} rounds, {length} bytes of output");
    // On a machine that does other things too, the best is what it takes.
    println!("budget: {BUDGET:?}, {}", if best <= BUDGET { "kept" } else { "missed" });
}

/// Handlers of each kind with bodies of some lines, as one writes them.
fn source(handlers: usize) -> String {
    let mut source = String::from(
        "impl Orders {
            #[run(id = \"orders-{shop}\")]
            async fn run(ctx: &WorkflowContext<Self>, shop: String) -> WorkflowResult<u32> {
                ctx.wait_condition(|w| w.closed).await?;
                Ok(ctx.state(|w| w.orders.values().sum()))
            }",
    );
    for number in 0..handlers {
        let handler = match number % 4 {
            0 => format!(
                "/// Takes an order.
                #[signal]
                fn order_{number}(&mut self, customer: String, amount: u32) {{
                    let total: u32 = self.orders.get(&customer).copied().unwrap_or_default() + amount;
                    for line in &self.lines {{ if line.len() > 3 {{ self.count += 1; }} }}
                    self.orders.insert(customer, total);
                }}"
            ),
            1 => format!(
                "/// Says what is ordered.
                #[query]
                fn ordered_{number}(&self, customer: String) -> Option<u32> {{
                    let found = self.orders.get(&customer);
                    found.map(|amount| amount.checked_add(1).unwrap_or(u32::MAX))
                }}"
            ),
            2 => format!(
                "/// Changes an order.
                #[update]
                fn change_{number}(&mut self, customer: String, amount: u32) -> Result<u32, ApplicationFailure> {{
                    match self.orders.get_mut(&customer) {{
                        Some(ordered) => Ok(std::mem::replace(ordered, amount)),
                        None => Err(ApplicationFailure::non_retryable(format!(\"{{customer}} has ordered nothing\"))),
                    }}
                }}"
            ),
            _ => format!(
                "/// Sends an order.
                #[signal]
                async fn send_{number}(ctx: &WorkflowContext<Self>, customer: String) {{
                    let amount = ctx.state(|w| w.orders.get(&customer).copied());
                    let list = vec![customer.clone(), format!(\"{{amount:?}}\")];
                    if let Ok(sent) = send::execute(ctx, list, Instant::now()).await {{
                        ctx.state_mut(|w| w.lines.push(sent));
                    }}
                }}"
            ),
        };
        let _ = writeln!(source, "{handler}");
    }
    source.push('}');
    source
}
