//! A codec that encrypts with AES-GCM. The samples of Temporal's other SDKs read and write the same.

use std::future::ready;

use aes_gcm::{
    Aes256Gcm, Key, Nonce,
    aead::{Aead as _, AeadCore as _, KeyInit as _, OsRng},
};
use durably::{
    PayloadCodec,
    temporal::common::{data_converters::SerializationContextData, protos::temporal::api::common::v1::Payload},
};
use prost::Message as _;

use crate::wrapping::{Converted, Converting, error, is_wrapped, unwrap, wrap};

const ENCODING: &str = "binary/encrypted";
/// Which key it was, in the metadata of a payload.
pub(crate) const KEY_ID: &str = "encryption-key-id";
/// How many bytes of a payload are its nonce; the ciphertext comes after it.
const NONCE: usize = 12;

/// Encrypts with the first of its keys, and decrypts with the one that a payload names.
pub(crate) struct Encrypt(Vec<(&'static str, Aes256Gcm)>);

impl Encrypt {
    /// Keys by their ids. In real life they come from where secrets are kept.
    pub(crate) fn new(keys: &[(&'static str, [u8; 32])]) -> Self {
        Self(keys.iter().map(|(id, key)| (*id, Aes256Gcm::new(Key::<Aes256Gcm>::from_slice(key)))).collect())
    }

    fn encode(&self, payload: &Payload) -> Converted<Payload> {
        let (id, key) = self.0.first().ok_or_else(|| error("there is no key to encrypt with"))?;
        // A nonce that is used twice gives the key away: each payload has one of its own, at random.
        let nonce = Aes256Gcm::generate_nonce(&mut OsRng);
        let ciphertext = key.encrypt(&nonce, &*payload.encode_to_vec());
        let ciphertext = ciphertext.map_err(|_| error(format!("the key `{id}` does not encrypt it")))?;
        let mut encrypted = wrap(ENCODING, [nonce.as_slice(), &ciphertext].concat());
        encrypted.metadata.insert(KEY_ID.to_owned(), id.as_bytes().to_vec());
        Ok(encrypted)
    }

    fn decode(&self, payload: Payload) -> Converted<Payload> {
        if !is_wrapped(&payload, ENCODING) {
            return Ok(payload);
        }
        let id = String::from_utf8_lossy(payload.metadata.get(KEY_ID).map_or(b"", Vec::as_slice));
        let known = self.0.iter().find(|(known, _)| *known == id);
        let (_, key) =
            known.ok_or_else(|| error(format!("it was encrypted with the key `{id}`, which is not here")))?;
        // `None` if it is not even as long as a nonce.
        let decrypted = payload.data.split_at_checked(NONCE).and_then(|(nonce, ciphertext)| {
            // It also fails if a single bit of the payload has been changed.
            key.decrypt(Nonce::from_slice(nonce), ciphertext).ok()
        });
        unwrap(&decrypted.ok_or_else(|| error(format!("the key `{id}` does not decrypt it")))?)
    }
}

impl PayloadCodec for Encrypt {
    fn encode(&self, _: &SerializationContextData, payloads: Vec<Payload>) -> Converting {
        Box::pin(ready(payloads.iter().map(|payload| self.encode(payload)).collect()))
    }

    fn decode(&self, _: &SerializationContextData, payloads: Vec<Payload>) -> Converting {
        Box::pin(ready(payloads.into_iter().map(|payload| self.decode(payload)).collect()))
    }
}
