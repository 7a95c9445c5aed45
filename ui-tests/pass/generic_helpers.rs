//! A helper that is generic over a clock, and a clock behind a trait.

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting;

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(_ctx: &WorkflowContext<Self>) -> WorkflowResult<()> {
        let _ = Self::at::<Wall>();
        let _ = <Wall as Clock>::now();
        let _ = Wall::now();
        let _ = Self::count(&vec![1, 2]);
        Ok(())
    }

    fn at<T: Clock>() -> T {
        T::now()
    }

    fn count<I>(items: &I) -> usize
    where
        for<'a> &'a I: IntoIterator,
    {
        let mut count = 0;
        for _ in items {
            count += 1;
        }
        count
    }

    const fn first(items: &[u8; 2]) -> u8 {
        let both: [u8; 2] = *items;
        both[0]
    }
}

trait Clock {
    fn now() -> Self;
}

struct Wall;

impl Clock for Wall {
    fn now() -> Self {
        Wall
    }
}
