//! What the codecs share: a payload inside a payload, and codecs behind codecs.

use std::sync::Arc;

use durably::{
    PayloadCodec, PayloadConversionError,
    temporal::common::{data_converters::SerializationContextData, protos::temporal::api::common::v1::Payload},
};
use futures_util::future::BoxFuture;
use prost::Message as _;

pub(crate) type Converted<T> = Result<T, PayloadConversionError>;
pub(crate) type Converting = BoxFuture<'static, Converted<Vec<Payload>>>;

pub(crate) fn error(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> PayloadConversionError {
    PayloadConversionError::EncodingError(error.into())
}

/// A payload whose data are another one, encoded somehow.
pub(crate) fn wrap(encoding: &str, data: Vec<u8>) -> Payload {
    let metadata = [("encoding".to_owned(), encoding.as_bytes().to_vec())].into();
    Payload { metadata, data, ..Payload::default() }
}

pub(crate) fn is_wrapped(payload: &Payload, encoding: &str) -> bool {
    payload.metadata.get("encoding").is_some_and(|it| it == encoding.as_bytes())
}

pub(crate) fn unwrap(data: &[u8]) -> Converted<Payload> {
    Payload::decode(data).map_err(error)
}

/// One codec after the other on the way out, and the other way round on the way in.
pub(crate) struct Chain<A, B>(Arc<A>, Arc<B>);

impl<A, B> Chain<A, B> {
    pub(crate) fn new(first: A, second: B) -> Self {
        Self(Arc::new(first), Arc::new(second))
    }
}

impl<A, B> PayloadCodec for Chain<A, B>
where
    A: PayloadCodec + Send + Sync + 'static,
    B: PayloadCodec + Send + Sync + 'static,
{
    fn encode(&self, context: &SerializationContextData, payloads: Vec<Payload>) -> Converting {
        let (first, second, context) = (self.0.encode(context, payloads), Arc::clone(&self.1), context.clone());
        Box::pin(async move { second.encode(&context, first.await?).await })
    }

    fn decode(&self, context: &SerializationContextData, payloads: Vec<Payload>) -> Converting {
        let (second, first, context) = (self.1.decode(context, payloads), Arc::clone(&self.0), context.clone());
        Box::pin(async move { first.decode(&context, second.await?).await })
    }
}
