//! A mock under Temporal's own traits, in place of the activity.

use std::{future::ready, marker::PhantomData, sync::Arc};

use futures_util::future::BoxFuture;
use temporalio_common::{ActivityDefinition, ActivityError};
use temporalio_sdk::activities::{ActivityContext, ActivityDefinitions, ActivityImplementer, ExecutableActivity};

use super::Mock;
use crate::activity::{Activity, ActivityInput};

/// The activity `A`, answered by its mock.
pub(super) struct MockOf<A>(PhantomData<fn() -> A>);

impl<A: Activity> ActivityDefinition for MockOf<A> {
    type Input = ActivityInput<A>;
    type Output = A::Output;

    fn name(&self) -> &str {
        A::TABLE.name
    }
}

impl<A: Activity> ActivityImplementer for Mock<A> {
    fn register_all(self: Arc<Self>, definitions: &mut ActivityDefinitions) {
        definitions.register_activity::<MockOf<A>>(self);
    }
}

impl<A: Activity> ExecutableActivity for MockOf<A> {
    type Implementer = Mock<A>;
    const REQUIRES_INSTANCE: bool = true;

    fn definition() -> Self {
        Self(PhantomData)
    }

    fn execute(
        mock: Option<Arc<Mock<A>>>,
        _: ActivityContext,
        input: ActivityInput<A>,
    ) -> BoxFuture<'static, Result<A::Output, ActivityError>> {
        let answer = match mock {
            Some(mock) => mock.inner.call(input.0),
            None => Err(super::refused(format!("activity `{}` was called without its mock", A::TABLE.name))),
        };
        Box::pin(ready(answer))
    }
}
