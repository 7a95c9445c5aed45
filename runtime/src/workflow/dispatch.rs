//! From a name on the wire to the handler that answers it.

use std::any::Any;

use futures_util::future::LocalBoxFuture;
use temporalio_common::{
    data_converters::{PayloadConverter, RawValue},
    protos::temporal::api::common::v1::{Payload, Payloads},
};
use temporalio_workflow::{
    WorkflowContext, WorkflowContextView,
    workflow_interceptors::WorkflowOutputValue,
    workflows::{UpdateDefinitionDescriptor, WorkflowDefinitionDescriptor, WorkflowError, WorkflowImplementation},
};

use super::{
    Workflow,
    handlers::{Answer, Decoded, Incoming, execution, ready},
};
use crate::{arguments::Callee, table::HandlerTable};

/// What a dynamic handler takes: the name and the payloads.
pub type DynamicArguments = (String, (RawValue, ()));

/// Queries of tools, such as `__stack_trace`: not for a dynamic handler.
const RESERVED_PREFIX: &str = "__";

/// The definition a worker registers.
pub fn definition<W: Workflow>() -> WorkflowDefinitionDescriptor {
    let names = |handlers: &'static [HandlerTable]| {
        handlers.iter().filter_map(|handler| handler.name).map(str::to_owned).collect()
    };
    WorkflowDefinitionDescriptor {
        workflow_type: W::TYPE.name.to_owned(),
        has_init: <W as WorkflowImplementation>::HAS_INIT,
        init_takes_input: <W as WorkflowImplementation>::INIT_TAKES_INPUT,
        signals: names(W::TABLE.signals),
        queries: names(W::TABLE.queries),
        updates: W::TABLE
            .updates
            .iter()
            .filter_map(|update| {
                let name = update.name?.to_owned();
                Some(UpdateDefinitionDescriptor { name, has_validator: update.validated })
            })
            .collect(),
    }
}

/// A handler found by name: its place in the list, and how errors call it.
struct Found {
    index: usize,
    callee: Callee,
    dynamic: bool,
}

/// The handler called `name`, else the dynamic one.
fn find(kind: &'static str, handlers: &'static [HandlerTable], name: &str) -> Option<Found> {
    let index = handlers.iter().position(|handler| handler.name == Some(name)).or_else(|| {
        let dynamic = handlers.iter().position(|handler| handler.name.is_none());
        dynamic.filter(|_| !name.starts_with(RESERVED_PREFIX))
    })?;
    let handler = &handlers[index];
    Some(Found {
        index,
        callee: Callee { kind, name: handler.wire_name(), arguments: handler.arguments },
        dynamic: handler.name.is_none(),
    })
}

fn dynamic_arguments(name: &str, payloads: Vec<Payload>) -> Decoded {
    let arguments: DynamicArguments = (name.to_owned(), (RawValue::new(payloads), ()));
    Box::new(arguments)
}

/// Decodes the payloads of a signal; `None` if nothing answers to the name.
pub fn decode_signal<W: Workflow>(
    name: &str,
    payloads: Payloads,
    converter: &PayloadConverter,
) -> Result<Option<Box<dyn Any>>, WorkflowError> {
    find("signal", W::TABLE.signals, name)
        .map(|found| match found.dynamic {
            true => Ok(dynamic_arguments(name, payloads.payloads)),
            false => W::SIGNALS[found.index].decode(Incoming {
                callee: found.callee,
                payloads: payloads.payloads,
                converter,
            }),
        })
        .transpose()
}

/// Calls the handler of a signal.
pub fn dispatch_signal<W: Workflow>(
    context: WorkflowContext<W>,
    name: &str,
    input: Box<dyn Any>,
) -> LocalBoxFuture<'static, Result<(), WorkflowError>> {
    match find("signal", W::TABLE.signals, name) {
        Some(found) => W::SIGNALS[found.index].call(found.callee, context, input),
        None => ready(Err(unknown::<W>("signal", name))),
    }
}

/// Decodes the payloads of a query; `None` if nothing answers to the name.
pub fn decode_query<W: Workflow>(
    name: &str,
    payloads: &Payloads,
    converter: &PayloadConverter,
) -> Result<Option<Box<dyn Any>>, WorkflowError> {
    find("query", W::TABLE.queries, name)
        .map(|found| match found.dynamic {
            true => Ok(dynamic_arguments(name, payloads.payloads.clone())),
            false => W::QUERIES[found.index].decode(Incoming {
                callee: found.callee,
                payloads: payloads.payloads.clone(),
                converter,
            }),
        })
        .transpose()
}

/// Calls the handler of a query.
pub fn dispatch_query<W: Workflow>(
    workflow: &W,
    context: &WorkflowContextView,
    name: &str,
    input: Box<dyn Any>,
) -> Result<Box<dyn WorkflowOutputValue>, WorkflowError> {
    match find("query", W::TABLE.queries, name) {
        Some(found) => W::QUERIES[found.index].call(found.callee, workflow, context, input),
        None => Err(unknown::<W>("query", name)),
    }
}

/// Decodes the payloads of an update; `None` if nothing answers to the name.
pub fn decode_update<W: Workflow>(
    name: &str,
    payloads: Payloads,
    converter: &PayloadConverter,
) -> Result<Option<Box<dyn Any>>, WorkflowError> {
    find("update", W::TABLE.updates, name)
        .map(|found| {
            W::UPDATES[found.index].decode(Incoming { callee: found.callee, payloads: payloads.payloads, converter })
        })
        .transpose()
}

/// Calls the validator of an update, if it has one.
pub fn validate_update<W: Workflow>(
    workflow: &W,
    context: &WorkflowContextView,
    name: &str,
    input: Box<dyn Any>,
) -> Result<(), WorkflowError> {
    match find("update", W::TABLE.updates, name) {
        Some(found) => W::UPDATES[found.index].validate(found.callee, workflow, context, input),
        None => Err(unknown::<W>("update", name)),
    }
}

/// Calls the handler of an update.
pub fn dispatch_update<W: Workflow>(
    context: WorkflowContext<W>,
    name: &str,
    input: Box<dyn Any>,
) -> LocalBoxFuture<'static, Answer> {
    match find("update", W::TABLE.updates, name) {
        Some(found) => W::UPDATES[found.index].call(found.callee, context, input),
        None => ready(Err(unknown::<W>("update", name))),
    }
}

fn unknown<W: Workflow>(kind: &str, name: &str) -> WorkflowError {
    execution(format!("workflow `{}` has no {kind} `{name}`", W::TYPE.name))
}
