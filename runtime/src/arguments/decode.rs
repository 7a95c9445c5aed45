//! Payloads into arguments, with errors that name the argument.

use temporalio_common::{
    data_converters::{GenericPayloadConverter, SerializationContext},
    protos::temporal::api::common::v1::Payload,
};

use super::{ArgumentError, ArgumentList, ArgumentValue, Callee};
use crate::table::ArgumentTable;

const ENCODING: &str = "encoding";
const NULL: &[u8] = b"binary/null";

/// Hands out the payloads of a call one by one.
#[doc(hidden)]
pub struct Decoder<'a> {
    callee: Callee,
    arguments: std::slice::Iter<'static, ArgumentTable>,
    payloads: std::vec::IntoIter<Payload>,
    sent: usize,
    context: &'a SerializationContext<'a>,
}

impl Decoder<'_> {
    /// The next one, of which `T` is the type.
    pub fn decode<T: ArgumentValue>(&mut self) -> Result<T, Box<ArgumentError>> {
        // The list and the table come from the same expansion; a list that is longer has no name to report.
        let argument = self.arguments.next().copied().unwrap_or(ArgumentTable {
            name: "_",
            ty: std::any::type_name::<T>(),
            optional: false,
        });
        let payload = match self.payloads.next() {
            Some(payload) => payload,
            // `None` is what an absent trailing argument means, and null is how `None` is written.
            None if argument.optional => null(),
            None => return Err(ArgumentError::missing(self.callee, argument, self.sent)),
        };
        let encoding = payload.metadata.get(ENCODING).cloned().unwrap_or_default();
        self.context
            .converter
            .from_payload(self.context, payload)
            .map_err(|source| ArgumentError::undecodable(self.callee, argument, &encoding, source))
    }

    /// All payloads that are left, as they are.
    pub(crate) fn rest(&mut self) -> Vec<Payload> {
        self.payloads.by_ref().collect()
    }

    fn finish(self) -> Result<(), Box<ArgumentError>> {
        // Some clients send a null for "no argument": it carries nothing that could be lost.
        let carries_data = |payload: &Payload| payload.metadata.get(ENCODING).is_none_or(|encoding| encoding != NULL);
        if self.payloads.into_iter().any(|payload| carries_data(&payload)) {
            return Err(ArgumentError::too_many(self.callee, self.sent));
        }
        Ok(())
    }
}

/// All payloads of a call as the arguments `L`.
pub(crate) fn decode_list<L: ArgumentList>(
    callee: Callee,
    payloads: Vec<Payload>,
    context: &SerializationContext<'_>,
) -> Result<L, Box<ArgumentError>> {
    decode_with(callee, payloads, context, L::decode_from)
}

/// All payloads of a call, one by one as `decode` asks for them.
pub(crate) fn decode_with<T>(
    callee: Callee,
    payloads: Vec<Payload>,
    context: &SerializationContext<'_>,
    decode: impl FnOnce(&mut Decoder<'_>) -> Result<T, Box<ArgumentError>>,
) -> Result<T, Box<ArgumentError>> {
    let mut decoder = Decoder {
        callee,
        arguments: callee.arguments.iter(),
        sent: payloads.len(),
        payloads: payloads.into_iter(),
        context,
    };
    let decoded = decode(&mut decoder)?;
    decoder.finish()?;
    Ok(decoded)
}

fn null() -> Payload {
    Payload { metadata: [(ENCODING.to_owned(), NULL.to_owned())].into(), ..Payload::default() }
}
