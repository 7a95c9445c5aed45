//! Items of the user with the names of crates, and of what the standard prelude has.
#![allow(dead_code, missing_docs, non_camel_case_types, clippy::upper_case_acronyms)]

pub mod crates {
    //! Modules with the names of crates.

    use ::durably::{Worker, WorkflowContext, WorkflowResult, workflow};

    pub mod durably {}
    pub mod std {}
    pub mod core {}
    pub mod alloc {}
    pub mod __ {}
    pub mod temporalio_sdk {}
    pub mod futures_util {}
    pub mod serde {}

    #[workflow]
    #[derive(Default)]
    pub struct Greeting;

    pub mod greeting {
        //! What the official macros would emit beside `Greeting`.
    }

    #[workflow]
    impl Greeting {
        #[run(id = "greeting-{name}")]
        async fn run(ctx: &WorkflowContext<Self>, name: String, times: Option<u8>) -> WorkflowResult<String> {
            Ok(compose::execute(ctx, name, times).await?)
        }

        #[signal]
        fn hear(&mut self, _what: String) {}

        #[query]
        fn deaf(&self) -> bool {
            true
        }

        #[update]
        async fn listen(_what: String) {}
    }

    #[::durably::activity(start_to_close_timeout = "10s")]
    pub async fn compose(name: String, times: Option<u8>) -> String {
        format!("{name} {times:?}")
    }

    /// A worker for it.
    pub fn worker(client: &::durably::Client, task_queue: &str) -> Worker {
        Worker::new(client, task_queue).workflow::<Greeting>().activity::<compose>()
    }
}

pub mod types {
    //! Types, traits and macros with the names of the standard prelude.

    use ::durably::{ActivityContext, WorkflowContext, WorkflowContextView, workflow};
    use ::serde::{Deserialize, Serialize};

    #[derive(Serialize, Deserialize, Debug, Clone, Default, PartialEq)]
    pub struct String {
        pub text: ::std::string::String,
    }
    #[derive(Serialize, Deserialize, Debug, Clone, Default, PartialEq)]
    pub struct Option(pub u8);
    #[derive(Serialize, Deserialize, Debug, Clone, Default, PartialEq)]
    pub struct Result(pub u8);
    #[derive(Serialize, Deserialize, Debug, Clone, Default, PartialEq)]
    pub struct Vec(pub u8);
    #[derive(Serialize, Deserialize, Debug, Clone, Default, PartialEq)]
    pub struct Box(pub u8);
    #[derive(Serialize, Deserialize, Debug, Clone, Default, PartialEq)]
    pub struct Arc(pub u8);

    pub struct Some;
    pub struct None;
    pub struct Ok;
    pub struct Err;
    pub struct Duration;
    pub struct Workflow;
    pub struct Activity;
    pub struct ActivityError;
    pub struct WorkflowError;
    pub struct Client;
    pub struct Start;
    pub struct Signal;
    pub struct Probe;
    pub struct Split;
    pub struct C;
    pub struct T;
    pub struct W;
    pub struct O;
    pub trait From {}
    pub trait Into {}
    pub trait Deref {}
    pub trait Future {}
    pub trait Send {}
    pub trait Sync {}
    pub trait Fn {}
    pub trait FnOnce {}
    pub trait Commands {}
    pub trait ProbeDefaults {}
    pub trait Outcome {}

    macro_rules! concat {
        () => {};
    }
    macro_rules! format {
        () => {};
    }
    macro_rules! module_path {
        () => {};
    }
    concat!();
    format!();
    module_path!();

    /// What a person says.
    #[workflow(task_queue = "shadows", run_timeout = "1h")]
    #[derive(Default)]
    pub struct Shadowed {
        string: String,
        done: bool,
    }

    #[workflow]
    impl Shadowed {
        #[init]
        fn new(_ctx: &WorkflowContextView, string: String, _option: Option, _result: Result) -> Self {
            Self { string, done: false }
        }

        #[run(id = "shadowed-{string.text}")]
        async fn run(
            ctx: &WorkflowContext<Self>,
            string: String,
            option: Option,
            result: Result,
        ) -> ::durably::WorkflowResult<Vec> {
            ctx.wait_condition(|w| w.done).await?;
            assert_eq!(ctx.state(|w| w.string.clone()), string);
            let sum = echo::execute(ctx, string, Vec(option.0 + result.0), Box(1)).await?;
            let method = Mailer::activities(ctx).method(Arc(sum.0)).await?;
            ::std::result::Result::Ok(Vec(method.0))
        }

        #[signal]
        fn hear(&mut self, string: String, _option: Option) {
            self.string = string;
        }

        #[signal]
        async fn hear_later(ctx: &WorkflowContext<Self>, string: String) {
            ctx.state_mut(|w| w.string = string);
        }

        #[query]
        fn heard(&self) -> Result {
            Result(self.string.text.len() as u8)
        }

        #[update]
        fn finish(&mut self, option: Option) -> Option {
            self.done = true;
            option
        }

        #[update_validator(finish)]
        fn check_finish(&self, _option: &Option) -> ::std::result::Result<(), ::durably::ApplicationFailure> {
            ::std::result::Result::Ok(())
        }
    }

    #[::durably::activity(start_to_close_timeout = "10s", retry_policy(maximum_attempts = 2))]
    pub async fn echo(_ctx: &ActivityContext, _string: String, vec: Vec, r#box: Box) -> Arc {
        Arc(vec.0 + r#box.0)
    }

    pub struct Mailer;

    #[::durably::activities]
    impl Mailer {
        #[activity(start_to_close_timeout = "10s")]
        fn method(&self, arc: Arc) -> Result {
            Result(arc.0)
        }

        #[activity]
        async fn other(_option: Option) {}
    }
}

pub mod generics {
    //! Types with the names that type parameters usually have.

    use ::durably::prelude::*;
    use ::serde::{Deserialize, Serialize};

    #[derive(Serialize, Deserialize, Clone, Default)]
    pub struct T;
    #[derive(Serialize, Deserialize, Clone, Default)]
    pub struct C;
    #[derive(Serialize, Deserialize, Clone, Default)]
    pub struct O;

    #[workflow]
    #[derive(Default)]
    pub struct W;

    #[workflow]
    impl W {
        #[run]
        async fn run(ctx: &WorkflowContext<Self>, t: T, c: C) -> WorkflowResult<O> {
            F::activities(ctx).a(t.clone()).await?;
            Ok(A::execute(ctx, t, c).await?)
        }

        #[signal]
        fn f(&mut self, _t: T, _c: C) {}

        #[query]
        fn t(&self) -> T {
            T
        }

        #[update]
        fn c(&mut self, _o: O) -> C {
            C
        }
    }

    #[allow(non_snake_case)]
    #[activity(start_to_close_timeout = "10s")]
    pub async fn A(_t: T, _c: C) -> O {
        O
    }

    pub struct F;

    #[activities]
    impl F {
        #[activity(start_to_close_timeout = "10s")]
        async fn a(&self, _t: T) {}
    }
}
