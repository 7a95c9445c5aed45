//! Macros in bodies, of which not a word is changed.

use durably::log;

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        let text = format!("{} {}", 1, ctx.workflow_id());
        log::info!(ctx, "{text}");
        assert!(matches!(text.len(), 1..), "std::time::Instant::now()");
        let _ = stringify!(std::time::Instant::now());
        let _ = vec![text; 2];
        let _ = own!(a => 1, b => 2);
        select! {
            _ = ctx.timer(Duration::from_secs(1)) => {}
            _ = ctx.timer(Duration::from_secs(2)) => {}
        }
        let (_, _) = join!(ctx.timer(Duration::from_secs(1)), ctx.timer(Duration::from_secs(2)));
        let _ = env!("CARGO_PKG_NAME");
        Ok(())
    }
}

macro_rules! own {
    ($($name:ident => $value:expr),*) => {
        [$((stringify!($name), $value)),*]
    };
}
use own;
