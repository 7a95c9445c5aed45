//! Workflows and activities made by `macro_rules!`, whose tokens have contexts of their own.

use durably::prelude::*;

macro_rules! counter {
    ($(#[$meta:meta])* $name:ident, $add:ident, $activity:ident, $owner:ident, $ty:ty, $queue:literal, $id:literal) => {
        $(#[$meta])*
        #[workflow(task_queue = $queue)]
        #[derive(Default)]
        pub struct $name {
            count: $ty,
            done: bool,
        }

        #[workflow]
        impl $name {
            #[run(id = $id)]
            async fn run(ctx: &WorkflowContext<Self>, name: String, first: $ty) -> WorkflowResult<$ty> {
                ctx.wait_condition(|w| w.done).await?;
                let sum = ctx.state(|w| w.count) + first;
                let sum = $activity::execute(ctx, name, sum).await?;
                Ok($owner::activities(ctx).double(sum).await?)
            }

            #[signal]
            fn $add(&mut self, context: $ty) {
                self.count += context;
            }

            #[signal]
            async fn later(ctx: &WorkflowContext<Self>, context: $ty) {
                ctx.state_mut(|workflow| workflow.count += context);
            }

            #[query]
            fn count(&self) -> $ty {
                self.count
            }

            #[update]
            fn finish(&mut self, workflow: Option<$ty>) -> Result<$ty, ApplicationFailure> {
                self.done = true;
                self.count += workflow.unwrap_or_default();
                Ok(self.count)
            }

            #[update_validator(finish)]
            fn check_finish(&self, workflow: &Option<$ty>) -> Result<(), ApplicationFailure> {
                match workflow {
                    Some(0) => Err(ApplicationFailure::non_retryable("nothing to add")),
                    _ => Ok(()),
                }
            }
        }

        /// An activity out of a macro.
        #[activity(start_to_close_timeout = "10s")]
        pub async fn $activity(context: String, count: $ty) -> ActivityResult<$ty> {
            drop(context);
            Ok(count)
        }

        /// Owns an activity.
        pub struct $owner;

        #[activities]
        impl $owner {
            /// Doubles.
            #[activity(start_to_close_timeout = "10s")]
            pub fn double(&self, count: $ty) -> $ty {
                count * 2
            }
        }
    };
}

counter!(
    /// Counts.
    Small,
    add,
    small_activity,
    SmallOwner,
    u8,
    "macros",
    "small-{name}"
);
counter!(
    /// Counts farther.
    #[allow(dead_code)]
    Large,
    increase,
    large_activity,
    LargeOwner,
    u64,
    "macros",
    "large-{name}"
);

/// Arguments given to the macro as whole.
macro_rules! activity_with {
    ($name:ident ( $($argument:ident : $ty:ty),* ) -> $output:ty $body:block) => {
        #[activity(start_to_close_timeout = "10s")]
        async fn $name($($argument: $ty),*) -> $output $body
    };
}

activity_with!(total(context: Vec<u8>, registry: (u8, u8)) -> Result<u8, std::num::ParseIntError> {
    Ok(context.iter().sum::<u8>() + registry.0 + registry.1)
});

/// A workflow that calls what came out of the macro.
#[workflow]
#[derive(Default)]
pub struct CallsMacros;

#[workflow]
impl CallsMacros {
    #[run]
    async fn run(ctx: &WorkflowContext<Self>) -> WorkflowResult<u8> {
        Ok(total::execute(ctx, vec![1, 2], (3, 4)).await?)
    }
}
