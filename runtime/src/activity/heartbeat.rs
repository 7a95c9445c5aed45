//! Heartbeats with typed details.

use temporalio_common::{
    data_converters::{PayloadConversionError, SerializationContext, TemporalDeserializable, TemporalSerializable},
    protos::temporal::api::common::v1::Payload,
};
use temporalio_sdk::activities::ActivityContext;

use crate::arguments::{ArgumentError, ArgumentList, ArgumentValue, Callee, decode_list, encode_list};

/// Heartbeats of an activity, and what the last attempt left in them.
///
/// A heartbeat tells the server that the activity is alive, and brings a cancellation back: an activity that never sends one
/// never learns of it. Heartbeats are throttled by the worker; the last details are kept.
///
/// ```
/// use durably::prelude::*;
///
/// #[activity(start_to_close_timeout = "1h", heartbeat_timeout = "10s")]
/// async fn import(ctx: &ActivityContext, rows: u64) -> ActivityResult<u64> {
///     let done = ctx.last_heartbeat::<u64>()?.unwrap_or(0);
///     for row in done..rows {
///         if ctx.is_cancelled() {
///             return Err(ActivityError::cancelled());
///         }
///         ctx.heartbeat(row).await?;
///     }
///     Ok(rows)
/// }
/// ```
pub trait Heartbeat {
    /// Sends a heartbeat with one value of details.
    ///
    /// Errors: the details do not convert.
    fn heartbeat<T: ArgumentValue>(
        &self,
        details: T,
    ) -> impl Future<Output = Result<(), PayloadConversionError>> + Send;

    /// Sends a heartbeat with several values of details, a payload each: `(progress, (file, ()))`.
    ///
    /// Errors: the details do not convert.
    fn heartbeat_list<L: ArgumentList>(
        &self,
        details: L,
    ) -> impl Future<Output = Result<(), PayloadConversionError>> + Send;

    /// [`heartbeat`](Heartbeat::heartbeat) for an activity that is a plain function.
    ///
    /// Errors: the details do not convert. Panics: called from async code.
    fn heartbeat_blocking<T: ArgumentValue>(&self, details: T) -> Result<(), PayloadConversionError>;

    /// [`heartbeat_list`](Heartbeat::heartbeat_list) for an activity that is a plain function.
    ///
    /// Errors: the details do not convert. Panics: called from async code.
    fn heartbeat_list_blocking<L: ArgumentList>(&self, details: L) -> Result<(), PayloadConversionError>;

    /// The details of the last heartbeat of the attempt before; `None` if there was none.
    ///
    /// Errors: the details are of another type.
    fn last_heartbeat<T: ArgumentValue>(&self) -> Result<Option<T>, PayloadConversionError>;

    /// The details of the last heartbeat of the attempt before, a payload each; `None` if there was none.
    ///
    /// Errors: the details are of other types, or not as many.
    fn last_heartbeat_list<L: ArgumentList>(&self) -> Result<Option<L>, PayloadConversionError>;
}

impl Heartbeat for ActivityContext {
    async fn heartbeat<T: ArgumentValue>(&self, details: T) -> Result<(), PayloadConversionError> {
        self.record_heartbeat(Details((details, ()))).await
    }

    async fn heartbeat_list<L: ArgumentList>(&self, details: L) -> Result<(), PayloadConversionError> {
        self.record_heartbeat(Details(details)).await
    }

    fn heartbeat_blocking<T: ArgumentValue>(&self, details: T) -> Result<(), PayloadConversionError> {
        self.heartbeat_list_blocking((details, ()))
    }

    fn heartbeat_list_blocking<L: ArgumentList>(&self, details: L) -> Result<(), PayloadConversionError> {
        tokio::runtime::Handle::current().block_on(self.heartbeat_list(details))
    }

    fn last_heartbeat<T: ArgumentValue>(&self) -> Result<Option<T>, PayloadConversionError> {
        Ok(self.last_heartbeat_list::<(T, ())>()?.map(|(details, ())| details))
    }

    fn last_heartbeat_list<L: ArgumentList>(&self) -> Result<Option<L>, PayloadConversionError> {
        match self.heartbeat_details().raw().is_empty() {
            true => Ok(None),
            false => Ok(self.heartbeat_details().deserialize::<Details<L>>()?.map(|Details(details)| details)),
        }
    }
}

/// Details as payloads of their own.
pub(super) struct Details<L>(pub(super) L);

impl<L: ArgumentList> TemporalSerializable for Details<L> {
    fn to_payloads(&self, context: &SerializationContext<'_>) -> Result<Vec<Payload>, PayloadConversionError> {
        encode_list(&self.0, context)
    }
}

impl<L: ArgumentList> TemporalDeserializable for Details<L> {
    fn from_payloads(
        context: &SerializationContext<'_>,
        payloads: Vec<Payload>,
    ) -> Result<Self, PayloadConversionError> {
        let callee = Callee { kind: "heartbeat", name: "details", arguments: &[] };
        decode_list(callee, payloads, context).map(Self).map_err(<Box<ArgumentError>>::into)
    }
}
