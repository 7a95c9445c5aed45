//! Types that nobody else can name.

use durably::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Private {
    number: u8,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Restricted(u8);

#[workflow]
#[derive(Default)]
struct PrivateWorkflow {
    private: u8,
}

#[workflow]
impl PrivateWorkflow {
    #[run(id = "private-{private.number}")]
    async fn run(ctx: &WorkflowContext<Self>, private: Private) -> WorkflowResult<Private> {
        Ok(private_activity::execute(ctx, private).await?)
    }

    #[signal]
    fn keep(&mut self, private: Private) {
        self.private = private.number;
    }

    #[query]
    fn kept(&self) -> Private {
        Private { number: self.private }
    }

    #[update]
    async fn echo(private: Private) -> Private {
        private
    }
}

#[activity(start_to_close_timeout = "10s")]
async fn private_activity(private: Private) -> Private {
    private
}

struct PrivateOwner;

#[activities]
impl PrivateOwner {
    #[activity(start_to_close_timeout = "10s")]
    async fn private_method(&self, private: Private) -> Private {
        private
    }
}

/// A workflow seen as far as its arguments are.
#[workflow]
#[derive(Default)]
pub(super) struct RestrictedWorkflow;

#[workflow]
impl RestrictedWorkflow {
    #[run]
    async fn run(restricted: Restricted) -> Restricted {
        restricted
    }

    /// A method that only this module can call, of a handler that is seen as far as its types are.
    #[signal]
    fn keep(&mut self, restricted: Restricted) {
        let Restricted(_) = restricted;
    }

    #[query]
    fn kept(&self, restricted: Restricted) -> Restricted {
        restricted
    }
}

/// A type that all can see, whose activities only this module may call.
pub struct Owner;

#[activities]
impl Owner {
    #[activity(start_to_close_timeout = "10s")]
    fn method(&self) {}
}

/// Uses all of it.
pub fn worker(client: &Client, task_queue: &str) -> Worker {
    Worker::new(client, task_queue)
        .workflow::<PrivateWorkflow>()
        .workflow::<RestrictedWorkflow>()
        .activity::<private_activity>()
        .activities(PrivateOwner)
        .activities(Owner)
}
