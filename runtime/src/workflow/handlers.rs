//! Handlers of a workflow behind one trait for each kind, so that an expansion is a list of plain closures.

use std::{any::Any, cell::RefCell, error::Error, marker::PhantomData, rc::Rc};

use futures_util::future::LocalBoxFuture;
use temporalio_common::{
    SignalDefinition,
    data_converters::{
        PayloadConverter, SerializationContext, SerializationContextData, TemporalDeserializable, TemporalSerializable,
        WorkflowSerializationContext,
    },
    protos::temporal::api::common::v1::Payload,
};
use temporalio_workflow::{
    SyncWorkflowContext, WorkflowContext, WorkflowContextView,
    workflow_interceptors::WorkflowOutputValue,
    workflows::{ExecutableSyncSignal, WorkflowError},
};

use super::{Workflow, WorkflowOf};
use crate::{
    arguments::{ArgumentList, ArgumentValue, Callee, decode_list},
    outcome::HandlerOutcome,
};

/// Decoded arguments, their type forgotten while interceptors look at them.
pub(super) type Decoded = Box<dyn Any>;
/// The answer of a query or an update.
pub(super) type Answer = Result<Box<dyn WorkflowOutputValue>, WorkflowError>;

/// A signal handler of the workflow `W`.
pub trait SignalHandler<W> {
    /// Payloads into arguments.
    fn decode(
        &self,
        callee: Callee,
        payloads: Vec<Payload>,
        converter: &PayloadConverter,
    ) -> Result<Decoded, WorkflowError>;
    /// Calls the handler.
    fn call(
        &self,
        callee: Callee,
        context: WorkflowContext<W>,
        input: Decoded,
    ) -> LocalBoxFuture<'static, Result<(), WorkflowError>>;
}

/// A query handler of the workflow `W`.
pub trait QueryHandler<W> {
    /// Payloads into arguments.
    fn decode(
        &self,
        callee: Callee,
        payloads: Vec<Payload>,
        converter: &PayloadConverter,
    ) -> Result<Decoded, WorkflowError>;
    /// Calls the handler.
    fn call(&self, callee: Callee, workflow: &W, context: &WorkflowContextView, input: Decoded) -> Answer;
}

/// An update handler of the workflow `W`.
pub trait UpdateHandler<W> {
    /// Payloads into arguments.
    fn decode(
        &self,
        callee: Callee,
        payloads: Vec<Payload>,
        converter: &PayloadConverter,
    ) -> Result<Decoded, WorkflowError>;
    /// Calls the validator, if there is one.
    fn validate(
        &self,
        callee: Callee,
        workflow: &W,
        context: &WorkflowContextView,
        input: Decoded,
    ) -> Result<(), WorkflowError>;
    /// Calls the handler.
    fn call(&self, callee: Callee, context: WorkflowContext<W>, input: Decoded) -> LocalBoxFuture<'static, Answer>;
}

/// A signal handler that is a plain method.
pub struct SyncSignal<W, A>(pub fn(&mut W, &mut SyncWorkflowContext<W>, A));
/// A signal handler that is an async method.
pub struct AsyncSignal<W, A>(pub fn(WorkflowContext<W>, A) -> LocalBoxFuture<'static, ()>);
/// A query handler.
pub struct Query<W, A, O: HandlerOutcome>(pub fn(&W, &WorkflowContextView, A) -> O::Returned);
/// An update handler that is a plain method.
pub struct SyncUpdate<W, A, O: HandlerOutcome>(pub fn(&mut W, &mut SyncWorkflowContext<W>, A) -> O::Returned);
/// An update handler that is an async method.
pub struct AsyncUpdate<W, A, O: HandlerOutcome>(pub fn(WorkflowContext<W>, A) -> LocalBoxFuture<'static, O::Returned>);
/// An update handler with a validator.
pub struct Validated<W, A, U, O: HandlerOutcome> {
    /// The update handler.
    pub update: U,
    /// Its validator.
    pub validator: fn(&W, &WorkflowContextView, &A) -> O::Returned,
}

impl<W: Workflow, A: ArgumentList> SignalHandler<W> for SyncSignal<W, A> {
    fn decode(
        &self,
        callee: Callee,
        payloads: Vec<Payload>,
        converter: &PayloadConverter,
    ) -> Result<Decoded, WorkflowError> {
        decode::<A>(callee, payloads, converter)
    }

    fn call(
        &self,
        callee: Callee,
        context: WorkflowContext<W>,
        input: Decoded,
    ) -> LocalBoxFuture<'static, Result<(), WorkflowError>> {
        let Self(method) = *self;
        match typed::<A>(callee, input) {
            Ok(arguments) => call_sync(context, move |workflow, context| method(workflow, context, arguments)),
            Err(error) => ready(Err(error)),
        }
    }
}

impl<W: Workflow, A: ArgumentList> SignalHandler<W> for AsyncSignal<W, A> {
    fn decode(
        &self,
        callee: Callee,
        payloads: Vec<Payload>,
        converter: &PayloadConverter,
    ) -> Result<Decoded, WorkflowError> {
        decode::<A>(callee, payloads, converter)
    }

    fn call(
        &self,
        callee: Callee,
        context: WorkflowContext<W>,
        input: Decoded,
    ) -> LocalBoxFuture<'static, Result<(), WorkflowError>> {
        let Self(method) = *self;
        Box::pin(async move {
            method(context, typed::<A>(callee, input)?).await;
            Ok(())
        })
    }
}

impl<W: Workflow, A: ArgumentList, O: HandlerOutcome> QueryHandler<W> for Query<W, A, O>
where
    O::Output: ArgumentValue,
{
    fn decode(
        &self,
        callee: Callee,
        payloads: Vec<Payload>,
        converter: &PayloadConverter,
    ) -> Result<Decoded, WorkflowError> {
        decode::<A>(callee, payloads, converter)
    }

    fn call(&self, callee: Callee, workflow: &W, context: &WorkflowContextView, input: Decoded) -> Answer {
        answer::<O>((self.0)(workflow, context, typed(callee, input)?))
    }
}

impl<W: Workflow, A: ArgumentList, O: HandlerOutcome + 'static> UpdateHandler<W> for SyncUpdate<W, A, O>
where
    O::Output: ArgumentValue,
{
    fn decode(
        &self,
        callee: Callee,
        payloads: Vec<Payload>,
        converter: &PayloadConverter,
    ) -> Result<Decoded, WorkflowError> {
        decode::<A>(callee, payloads, converter)
    }

    fn validate(&self, _: Callee, _: &W, _: &WorkflowContextView, _: Decoded) -> Result<(), WorkflowError> {
        Ok(())
    }

    fn call(&self, callee: Callee, context: WorkflowContext<W>, input: Decoded) -> LocalBoxFuture<'static, Answer> {
        let Self(method) = *self;
        let arguments = match typed::<A>(callee, input) {
            Ok(arguments) => arguments,
            Err(error) => return ready(Err(error)),
        };
        let returned = Rc::new(RefCell::new(None));
        let slot = Rc::clone(&returned);
        let called = call_sync(context, move |workflow, context| {
            *slot.borrow_mut() = Some(method(workflow, context, arguments));
        });
        Box::pin(async move {
            called.await?;
            match returned.take() {
                Some(returned) => answer::<O>(returned),
                None => Err(execution(format!("{callee} was not called"))),
            }
        })
    }
}

impl<W: Workflow, A: ArgumentList, O: HandlerOutcome + 'static> UpdateHandler<W> for AsyncUpdate<W, A, O>
where
    O::Output: ArgumentValue,
{
    fn decode(
        &self,
        callee: Callee,
        payloads: Vec<Payload>,
        converter: &PayloadConverter,
    ) -> Result<Decoded, WorkflowError> {
        decode::<A>(callee, payloads, converter)
    }

    fn validate(&self, _: Callee, _: &W, _: &WorkflowContextView, _: Decoded) -> Result<(), WorkflowError> {
        Ok(())
    }

    fn call(&self, callee: Callee, context: WorkflowContext<W>, input: Decoded) -> LocalBoxFuture<'static, Answer> {
        let Self(method) = *self;
        Box::pin(async move { answer::<O>(method(context, typed::<A>(callee, input)?).await) })
    }
}

impl<W: Workflow, A: ArgumentList, U: UpdateHandler<W>, O: HandlerOutcome> UpdateHandler<W> for Validated<W, A, U, O> {
    fn decode(
        &self,
        callee: Callee,
        payloads: Vec<Payload>,
        converter: &PayloadConverter,
    ) -> Result<Decoded, WorkflowError> {
        self.update.decode(callee, payloads, converter)
    }

    fn validate(
        &self,
        callee: Callee,
        workflow: &W,
        context: &WorkflowContextView,
        input: Decoded,
    ) -> Result<(), WorkflowError> {
        let arguments = typed::<A>(callee, input)?;
        O::finish((self.validator)(workflow, context, &arguments)).map(drop).map_err(WorkflowError::Execution)
    }

    fn call(&self, callee: Callee, context: WorkflowContext<W>, input: Decoded) -> LocalBoxFuture<'static, Answer> {
        self.update.call(callee, context, input)
    }
}

/// The marker under which plain handlers run: Temporal's crate makes a [`SyncWorkflowContext`] only for a signal.
pub struct SyncHandler<W>(PhantomData<fn() -> W>);

/// A plain handler with its arguments, about to be called.
pub struct SyncCall<W>(Box<SyncFn<W>>);

type SyncFn<W> = dyn FnOnce(&mut W, &mut SyncWorkflowContext<W>);

impl<W> SyncCall<W> {
    /// Calls the handler.
    pub fn call(self, workflow: &mut W, context: &mut SyncWorkflowContext<W>) {
        (self.0)(workflow, context);
    }
}

// It never leaves the process: the payload conversions are there for the trait's sake and refuse.
impl<W> TemporalSerializable for SyncCall<W> {}
impl<W> TemporalDeserializable for SyncCall<W> {}

impl<W: Workflow> SignalDefinition for SyncHandler<W> {
    type Workflow = WorkflowOf<W>;
    type Input = SyncCall<W>;

    fn name(&self) -> &str {
        W::TYPE.name
    }
}

fn call_sync<W: Workflow>(
    context: WorkflowContext<W>,
    call: impl FnOnce(&mut W, &mut SyncWorkflowContext<W>) + 'static,
) -> LocalBoxFuture<'static, Result<(), WorkflowError>> {
    <W as ExecutableSyncSignal<SyncHandler<W>>>::dispatch(context, Box::new(SyncCall::<W>(Box::new(call))))
}

fn decode<A: ArgumentList>(
    callee: Callee,
    payloads: Vec<Payload>,
    converter: &PayloadConverter,
) -> Result<Decoded, WorkflowError> {
    let data = SerializationContextData::Workflow(WorkflowSerializationContext::new());
    let context = SerializationContext::new(&data, converter);
    let arguments =
        decode_list::<A>(callee, payloads, &context).map_err(|error| WorkflowError::PayloadConversion(error.into()))?;
    Ok(Box::new(arguments))
}

/// Decoded arguments with their type again; only an interceptor can have changed it.
fn typed<A: 'static>(callee: Callee, input: Decoded) -> Result<A, WorkflowError> {
    match input.downcast::<A>() {
        Ok(arguments) => Ok(*arguments),
        Err(_) => Err(execution(format!("an interceptor replaced the arguments of {callee} by ones of another type"))),
    }
}

fn answer<O: HandlerOutcome>(returned: O::Returned) -> Answer
where
    O::Output: ArgumentValue,
{
    let output = O::finish(returned).map_err(WorkflowError::Execution)?;
    Ok(Box::new(output))
}

pub(super) fn execution(message: String) -> WorkflowError {
    WorkflowError::Execution(Box::<dyn Error + Send + Sync>::from(message))
}

pub(super) fn ready<T: 'static>(value: T) -> LocalBoxFuture<'static, T> {
    Box::pin(std::future::ready(value))
}
