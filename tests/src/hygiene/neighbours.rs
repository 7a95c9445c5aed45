//! Handlers, functions and items of the user that are called like something in reach of generated code.
#![allow(missing_docs, clippy::new_ret_no_self, clippy::wrong_self_convention, clippy::module_inception)]

use durably::prelude::*;

/// Its handlers have the names of functions that generated code might call on what they are methods of.
#[workflow]
#[derive(Default)]
pub struct Neighbours {
    seen: Vec<String>,
}

#[workflow]
impl Neighbours {
    /// A constant of the user's own.
    pub const TABLE: u8 = 1;
    /// Another.
    pub const TYPE: u8 = 2;

    #[run(id = "{from}-{from}")]
    async fn run(ctx: &WorkflowContext<Self>, from: String) -> WorkflowResult<Vec<String>> {
        ctx.wait_condition(|w| w.seen.len() == 2).await?;
        let mut seen = ctx.state(|w| w.seen.clone());
        seen.push(from);
        Ok(seen)
    }

    #[signal]
    fn from(&mut self, into: String) {
        self.seen.push(into);
    }

    #[signal]
    fn new(&mut self, by_id: String) {
        self.seen.push(by_id);
    }

    #[query]
    fn name(&self) -> String {
        format!("{} {} {}", self.seen.len(), Self::TABLE, Self::TYPE)
    }

    #[query]
    fn definition(&self) -> u8 {
        1
    }

    #[query]
    fn by_id(&self) -> u8 {
        2
    }

    #[query]
    fn inner(&self) -> u8 {
        3
    }

    #[query]
    fn fmt(&self) -> u8 {
        4
    }

    #[update]
    fn init(&mut self, context: u8) -> u8 {
        context
    }

    #[update]
    async fn dispatch_signal(context: u8) -> u8 {
        context
    }

    #[update]
    fn decode_signal_input(&mut self) -> u8 {
        7
    }

    #[update]
    fn register(&mut self) -> u8 {
        8
    }
}

/// Activities called like methods of the traits they are made into.
pub struct NeighbouringActivities;

#[activities]
impl NeighbouringActivities {
    #[activity(start_to_close_timeout = "10s")]
    pub fn call(&self, register: u8) -> u8 {
        register
    }

    #[activity(start_to_close_timeout = "10s")]
    pub async fn register(&self, add: u8) -> u8 {
        add
    }

    #[activity(start_to_close_timeout = "10s")]
    pub async fn new(context: u8) -> u8 {
        context
    }

    #[activity(start_to_close_timeout = "10s")]
    pub async fn execute(context: u8) -> u8 {
        context
    }
}

/// An activity called like the trait method it is made into.
#[activity(start_to_close_timeout = "10s")]
pub async fn call(call: u8) -> u8 {
    call
}

/// A module beside a type of the same name but for its case, and activities of both.
pub mod neighbours {
    use durably::prelude::*;

    #[activity(start_to_close_timeout = "10s", stub = "Charge")]
    pub async fn charge() {}

    pub mod charge {
        //! A module of the activity's name: hence the stub.
    }
}

/// An activity imported under another name.
pub mod imported {
    pub use super::call as phone;
    use durably::prelude::*;

    /// Calls it.
    #[workflow]
    #[derive(Default)]
    pub struct Phones;

    #[workflow]
    impl Phones {
        #[run]
        async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<u8> {
            let called = phone(1).await;
            Ok(phone::execute(ctx, called).await? + super::call::execute(ctx, 2).await?)
        }
    }
}
