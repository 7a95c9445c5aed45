//! Activities under Temporal's own traits.

use std::{marker::PhantomData, sync::Arc};

use futures_util::future::BoxFuture;
use temporalio_common::{
    ActivityDefinition, ActivityError,
    data_converters::{PayloadConversionError, SerializationContext, TemporalDeserializable, TemporalSerializable},
    protos::temporal::api::common::v1::Payload,
};
use temporalio_sdk::activities::{ActivityContext, ActivityDefinitions, ActivityImplementer, ExecutableActivity};

use super::Activity;
use crate::{
    arguments::{Callee, decode_list, encode_list},
    table::ActivityTable,
};

/// The activity `A` for Temporal's own client and worker APIs, which ask for a definition.
pub struct ActivityOf<A> {
    /// That of an activity that is called by name, instead of the one in the table.
    name: Option<String>,
    activity: PhantomData<fn() -> A>,
}

impl<A> ActivityOf<A> {
    /// The definition of `A`.
    pub fn new() -> Self {
        Self { name: None, activity: PhantomData }
    }

    /// The definition of what is called with these arguments.
    pub(crate) fn of(arguments: &A::Arguments) -> Self
    where
        A: Activity,
    {
        Self { name: A::called(arguments), activity: PhantomData }
    }
}

impl<A> Default for ActivityOf<A> {
    fn default() -> Self {
        Self::new()
    }
}

impl<A: Activity> ActivityDefinition for ActivityOf<A> {
    type Input = ActivityInput<A>;
    type Output = A::Output;

    fn name(&self) -> &str {
        self.name.as_deref().unwrap_or(A::TABLE.name)
    }
}

/// The arguments of the activity `A`.
pub struct ActivityInput<A: Activity>(pub A::Arguments);

impl<A: Activity> TemporalSerializable for ActivityInput<A> {
    fn to_payloads(&self, context: &SerializationContext<'_>) -> Result<Vec<Payload>, PayloadConversionError> {
        encode_list(&self.0, context)
    }
}

impl<A: Activity> TemporalDeserializable for ActivityInput<A> {
    fn from_payloads(
        context: &SerializationContext<'_>,
        payloads: Vec<Payload>,
    ) -> Result<Self, PayloadConversionError> {
        let callee = Callee { kind: "activity", name: A::TABLE.name, arguments: A::TABLE.arguments };
        Ok(Self(decode_list(callee, payloads, context)?))
    }
}

/// What activities are called on.
pub struct Receiver<T>(Arc<T>);

impl<T: Send + Sync + 'static> ActivityImplementer for Receiver<T> {
    // Activities are registered one by one, by `ActivityRegistry::add`.
    fn register_all(self: Arc<Self>, _: &mut ActivityDefinitions) {}
}

impl<A: Activity> ExecutableActivity for ActivityOf<A> {
    type Implementer = Receiver<A::Receiver>;
    const REQUIRES_INSTANCE: bool = true;

    fn definition() -> Self {
        Self::new()
    }

    fn execute(
        receiver: Option<Arc<Self::Implementer>>,
        context: ActivityContext,
        input: Self::Input,
    ) -> BoxFuture<'static, Result<Self::Output, ActivityError>> {
        match receiver {
            Some(receiver) => A::call(Arc::clone(&receiver.0), context, input.0),
            None => Box::pin(std::future::ready(Err(no_receiver(A::TABLE.name)))),
        }
    }
}

fn no_receiver(name: &str) -> ActivityError {
    let error = format!("activity `{name}` was called without what it was registered with");
    ActivityError::application(temporalio_common::error::ApplicationFailure::non_retryable(error))
}

/// The activities of a worker.
#[derive(Default)]
pub struct ActivityRegistry {
    tables: Vec<&'static ActivityTable>,
    register: Vec<Register>,
}

type Register = Box<dyn FnOnce(&mut temporalio_sdk::WorkerOptions) + Send>;

impl ActivityRegistry {
    /// Adds the activity `A`, to be called on `receiver`.
    pub fn add<A: Activity>(&mut self, receiver: &Arc<A::Receiver>) {
        let receiver = Arc::new(Receiver(Arc::clone(receiver)));
        self.tables.push(A::TABLE);
        self.register.push(Box::new(move |options| {
            options.register_activity::<ActivityOf<A>>(receiver);
        }));
    }

    /// What was added.
    pub(crate) fn tables(&self) -> &[&'static ActivityTable] {
        &self.tables
    }

    /// Registers everything that was added.
    pub(crate) fn register(self, options: &mut temporalio_sdk::WorkerOptions) {
        for register in self.register {
            register(options);
        }
    }
}
