//! A codec that compresses. Temporal's SDK for Go has one that reads and writes the same.

use std::{
    future::ready,
    io::{self, Read as _, Write as _},
};

use durably::{
    PayloadCodec,
    temporal::common::{data_converters::SerializationContextData, protos::temporal::api::common::v1::Payload},
};
use flate2::{Compression, read::ZlibDecoder, write::ZlibEncoder};
use prost::Message as _;

use crate::wrapping::{Converted, Converting, error, is_wrapped, unwrap, wrap};

const ENCODING: &str = "binary/zlib";

/// Makes payloads smaller.
pub(crate) struct Compress;

fn encode(payload: &Payload) -> io::Result<Payload> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(&payload.encode_to_vec())?;
    Ok(wrap(ENCODING, encoder.finish()?))
}

fn decode(payload: Payload) -> Converted<Payload> {
    if !is_wrapped(&payload, ENCODING) {
        return Ok(payload);
    }
    let mut data = Vec::new();
    ZlibDecoder::new(&*payload.data).read_to_end(&mut data).map_err(error)?;
    unwrap(&data)
}

impl PayloadCodec for Compress {
    fn encode(&self, _: &SerializationContextData, payloads: Vec<Payload>) -> Converting {
        Box::pin(ready(payloads.iter().map(|payload| encode(payload).map_err(error)).collect()))
    }

    fn decode(&self, _: &SerializationContextData, payloads: Vec<Payload>) -> Converting {
        Box::pin(ready(payloads.into_iter().map(decode).collect()))
    }
}
