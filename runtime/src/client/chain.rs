//! Several codecs, one after the other.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use temporalio_common::{
    data_converters::{PayloadCodec, PayloadConversionError, SerializationContextData},
    protos::temporal::api::common::v1::Payload,
};

type Link = Arc<dyn PayloadCodec + Send + Sync>;

/// Several codecs, one after the other: what leaves goes through the first one first, what arrives through the last one
/// first.
///
/// [`ClientBuilder::codec`](crate::ClientBuilder::codec), called several times, makes one; this is for a data converter of
/// one's own.
///
/// ```
/// # use durably::{CodecChain, DataConverter};
/// # use durably::temporal::common::data_converters::{DefaultFailureConverter, DefaultPayloadCodec, PayloadConverter};
/// # let (compression, encryption) = (DefaultPayloadCodec, DefaultPayloadCodec);
/// // Compressed first: what is encrypted does not get any smaller.
/// let codec = CodecChain::new().then(compression).then(encryption);
/// let converter = DataConverter::new(PayloadConverter::default(), DefaultFailureConverter::default(), codec);
/// ```
#[derive(Clone, Default)]
pub struct CodecChain {
    links: Vec<Link>,
}

impl CodecChain {
    /// No codec: payloads stay as they are.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the one that encodes what the others have encoded, and decodes before they do.
    pub fn then(mut self, codec: impl PayloadCodec + Send + Sync + 'static) -> Self {
        self.links.push(Arc::new(codec));
        self
    }

    pub(super) fn is_empty(&self) -> bool {
        self.links.is_empty()
    }
}

impl PayloadCodec for CodecChain {
    fn encode(
        &self,
        context: &SerializationContextData,
        mut payloads: Vec<Payload>,
    ) -> BoxFuture<'static, Result<Vec<Payload>, PayloadConversionError>> {
        let (links, context) = (self.links.clone(), context.clone());
        Box::pin(async move {
            for link in &links {
                payloads = link.encode(&context, payloads).await?;
            }
            Ok(payloads)
        })
    }

    fn decode(
        &self,
        context: &SerializationContextData,
        mut payloads: Vec<Payload>,
    ) -> BoxFuture<'static, Result<Vec<Payload>, PayloadConversionError>> {
        let (links, context) = (self.links.clone(), context.clone());
        Box::pin(async move {
            for link in links.iter().rev() {
                payloads = link.decode(&context, payloads).await?;
            }
            Ok(payloads)
        })
    }
}

impl std::fmt::Debug for CodecChain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CodecChain").field("codecs", &self.links.len()).finish()
    }
}
