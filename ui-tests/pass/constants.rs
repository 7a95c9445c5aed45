//! Constants, and statics that stay what they are.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_ctx: &WorkflowContext<Self>) -> WorkflowResult<u8> {
        for _ in NAMES.iter() {}
        let _ = LIMITS.iter().max();
        let _ = (LIMIT.min(3), TEXT.len(), Self::OWN.max(1));
        static LOCAL: [u8; 2] = [1, 2];
        let _ = LOCAL.iter().max();
        const HERE: u8 = 1;
        let _ = HERE.max(2);
        #[allow(non_snake_case)]
        let mut SUM = 0;
        SUM += 1;
        Ok(SUM)
    }

    const OWN: u8 = 3;
}

static NAMES: [&str; 2] = ["Ada", "Grace"];
const LIMITS: &[u8] = &[1, 2];
const LIMIT: u8 = 3;
static TEXT: &str = "text";
