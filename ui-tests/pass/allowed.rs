//! Each place where `#[durably::allow]` may stand.

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
    time::{Instant, SystemTime},
};

use durably::prelude::*;

#[workflow(task_queue = "q")]
#[derive(Default)]
struct Greeting {
    #[durably::allow(nondeterminism, reason = "for a metric")]
    since: Option<Instant>,
    #[durably::allow(nondeterminism, reason = "shared with a test")]
    shared: Arc<Mutex<Vec<u8>>>,
    #[durably::allow(nondeterminism, reason = "a caller sorts them")]
    kept: HashMap<String, u32>,
    votes: HashMap<String, u32>,
}

#[workflow]
impl Greeting {
    #[run(id = "greeting")]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<usize> {
        #[durably::allow(nondeterminism, reason = "only measured")]
        let began = Instant::now();
        #[durably::allow(nondeterminism, reason = "only shown")]
        println!("began");
        #[durably::allow(nondeterminism, reason = "a sum has no order")]
        let _ = ctx.state(|w| w.votes.values().sum::<u32>());
        #[durably::allow(nondeterminism, reason = "they are sorted below")]
        let names: HashSet<u8> = [1, 2].into();
        let mut sorted: Vec<_> = names.iter().collect();
        sorted.sort();
        let kept = HashMap::from([(1, 2)]);
        #[durably::allow(nondeterminism, reason = "there is one")]
        for _ in &kept {}
        if sorted.is_empty() {
            #[durably::allow(nondeterminism, reason = "never")]
            std::process::exit(1);
        }
        #[durably::allow(nondeterminism, reason = "only measured")]
        COUNT.load(Ordering::Relaxed);
        #[durably::allow(nondeterminism, reason = "only measured")]
        {
            let _ = (began.elapsed(), Instant::now());
        }
        Self::helper();
        #[durably::allow(nondeterminism, reason = "the last expression is a statement, too")]
        Ok(std::env::args().count())
    }

    #[durably::allow(nondeterminism, reason = "all of it")]
    fn helper() {
        println!("{:?} {:?}", std::env::var("HOME"), SystemTime::now());
    }

    #[signal]
    #[durably::allow(nondeterminism, reason = "all of it")]
    fn close(&mut self) {
        println!("closed");
    }

    #[query]
    fn kept(&self) -> Vec<String> {
        self.kept.keys().cloned().collect()
    }
}

static COUNT: AtomicU32 = AtomicU32::new(0);
