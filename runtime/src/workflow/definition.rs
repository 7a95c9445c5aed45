//! The markers by which Temporal's crates know our workflows and handlers.

use std::{borrow::Cow, marker::PhantomData};

use temporalio_common::{
    HasWorkflowDefinition, QueryDefinition, SignalDefinition, UpdateDefinition, WorkflowDefinition,
    data_converters::{PayloadConversionError, SerializationContext, TemporalDeserializable, TemporalSerializable},
    protos::temporal::api::common::v1::Payload,
};

use super::Workflow;
use crate::arguments::{ArgumentValue, Arguments, Callee, decode_list, encode_list};

/// The workflow `W` for Temporal's own client and worker APIs, which ask for a definition.
pub struct WorkflowOf<W> {
    /// That of a workflow that is called by name, instead of the one in the table.
    name: Option<String>,
    workflow: PhantomData<fn() -> W>,
}

impl<W> WorkflowOf<W> {
    /// The definition of `W`.
    pub fn new() -> Self {
        Self { name: None, workflow: PhantomData }
    }

    /// The definition of what is called with these arguments.
    pub(crate) fn of(input: &RunInput<W>) -> Self
    where
        W: Workflow,
    {
        Self { name: input.called(), workflow: PhantomData }
    }
}

impl<W> Default for WorkflowOf<W> {
    fn default() -> Self {
        Self::new()
    }
}

impl<W: Workflow> WorkflowDefinition for WorkflowOf<W> {
    type Input = RunInput<W>;
    type Output = W::Output;

    fn name(&self) -> &str {
        self.name.as_deref().unwrap_or(W::TYPE.name)
    }
}

impl<W: Workflow> HasWorkflowDefinition for WorkflowOf<W> {
    type Run = Self;
}

/// The arguments of the workflow `W`.
pub struct RunInput<W: Workflow>(Input<W::Arguments>);

enum Input<L> {
    Own(L),
    /// Arguments of another workflow type, to continue as.
    Other(Arguments),
    /// What arrived is not what the workflow takes.
    Refused(PayloadConversionError),
}

impl<W: Workflow> RunInput<W> {
    /// The arguments of a start.
    pub fn new(arguments: W::Arguments) -> Self {
        Self(Input::Own(arguments))
    }

    /// The workflow id that the arguments give a start.
    pub(crate) fn id(&self) -> Option<String> {
        match &self.0 {
            Input::Own(arguments) => W::id_of(arguments),
            Input::Other(_) | Input::Refused(_) => None,
        }
    }

    fn called(&self) -> Option<String> {
        match &self.0 {
            Input::Own(arguments) => W::called(arguments),
            Input::Other(_) | Input::Refused(_) => None,
        }
    }

    /// The name on the wire of the workflow that is called.
    pub(crate) fn name(&self) -> String {
        self.called().unwrap_or_else(|| W::TYPE.name.to_owned())
    }

    /// The arguments of another workflow type, which `W` continues as.
    pub(crate) fn other(arguments: Arguments) -> Self {
        Self(Input::Other(arguments))
    }

    /// The typed arguments, for interceptors; `None` if they are those of another workflow type, or did not decode.
    pub fn arguments(&self) -> Option<&W::Arguments> {
        match &self.0 {
            Input::Own(arguments) => Some(arguments),
            Input::Other(_) | Input::Refused(_) => None,
        }
    }

    /// The typed arguments; `None` if they are those of another workflow type, or did not decode.
    pub fn into_arguments(self) -> Option<W::Arguments> {
        self.into_result().and_then(Result::ok)
    }

    /// The typed arguments, or why they did not decode; `None` if they are those of another workflow type.
    pub(crate) fn into_result(self) -> Option<Result<W::Arguments, PayloadConversionError>> {
        match self.0 {
            Input::Own(arguments) => Some(Ok(arguments)),
            Input::Other(_) => None,
            Input::Refused(error) => Some(Err(error)),
        }
    }

    /// What errors about these arguments call the workflow.
    pub(crate) fn callee() -> Callee {
        Callee { kind: "workflow", name: W::TYPE.name, arguments: W::TABLE.run.arguments }
    }

    pub(crate) fn decode(
        payloads: Vec<Payload>,
        context: &SerializationContext<'_>,
    ) -> Result<W::Arguments, PayloadConversionError> {
        Ok(decode_list(Self::callee(), payloads, context)?)
    }
}

impl<W: Workflow> TemporalSerializable for RunInput<W> {
    fn to_payloads(&self, context: &SerializationContext<'_>) -> Result<Vec<Payload>, PayloadConversionError> {
        match &self.0 {
            Input::Own(arguments) => encode_list(arguments, context),
            Input::Other(arguments) => arguments.to_payloads(context),
            Input::Refused(error) => Err(PayloadConversionError::EncodingError(error.to_string().into())),
        }
    }
}

impl<W: Workflow> TemporalDeserializable for RunInput<W> {
    fn from_payloads(
        context: &SerializationContext<'_>,
        payloads: Vec<Payload>,
    ) -> Result<Self, PayloadConversionError> {
        match Self::decode(payloads, context) {
            Ok(arguments) => Ok(Self::new(arguments)),
            // Temporal's crate fails the workflow task without the reason; the run method can give it.
            Err(error) if !W::INIT_TAKES_INPUT => Ok(Self(Input::Refused(error))),
            Err(error) => {
                tracing::error!(%error, "a workflow cannot be started");
                Err(error)
            }
        }
    }
}

/// A signal, query or update of the workflow `W` by name, with output `O`.
pub(crate) struct Named<W, O = ()> {
    name: Cow<'static, str>,
    marker: PhantomData<fn() -> (W, O)>,
}

impl<W, O> Named<W, O> {
    /// The handler called `name`.
    pub(crate) fn new(name: impl Into<Cow<'static, str>>) -> Self {
        Self { name: name.into(), marker: PhantomData }
    }
}

impl<W: Workflow> SignalDefinition for Named<W> {
    type Workflow = WorkflowOf<W>;
    type Input = Arguments;

    fn name(&self) -> &str {
        &self.name
    }
}

impl<W: Workflow, O: ArgumentValue> QueryDefinition for Named<W, O> {
    type Workflow = WorkflowOf<W>;
    type Input = Arguments;
    type Output = O;

    fn name(&self) -> &str {
        &self.name
    }
}

impl<W: Workflow, O: ArgumentValue> UpdateDefinition for Named<W, O> {
    type Workflow = WorkflowOf<W>;
    type Input = Arguments;
    type Output = O;

    fn name(&self) -> &str {
        &self.name
    }
}
