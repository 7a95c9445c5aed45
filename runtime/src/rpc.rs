//! Options of RPCs, for calls that Temporal's client crate does not offer.

use temporalio_client::{
    RpcOptions,
    request_extensions::RetryConfigForCall,
    tonic::{
        Request,
        metadata::{AsciiMetadataKey, AsciiMetadataValue, BinaryMetadataKey, BinaryMetadataValue},
    },
};

/// A request with these options, as Temporal's client makes one for its own calls.
pub(crate) fn request<T>(message: T, options: &RpcOptions) -> Request<T> {
    let mut request = Request::new(message);
    for (key, value) in options.metadata.ascii() {
        if let (Ok(key), Ok(value)) = (key.parse::<AsciiMetadataKey>(), value.parse::<AsciiMetadataValue>()) {
            request.metadata_mut().insert(key, value);
        }
    }
    for (key, value) in options.metadata.binary() {
        if let Ok(key) = key.parse::<BinaryMetadataKey>() {
            request.metadata_mut().insert_bin(key, BinaryMetadataValue::from_bytes(&value));
        }
    }
    if let Some(timeout) = options.timeout {
        request.set_timeout(timeout);
    }
    if let Some(retry_options) = &options.retry_options {
        request.extensions_mut().insert(RetryConfigForCall(retry_options.clone()));
    }
    request
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use temporalio_client::{RetryOptions, RpcMetadata};

    use super::*;

    #[test]
    fn a_request_has_all_options() {
        let mut metadata = RpcMetadata::new();
        metadata.insert("x-tenant", "7").unwrap();
        metadata.insert_binary("x-trace-bin", [1, 2]).unwrap();
        let options = RpcOptions::builder()
            .metadata(metadata)
            .timeout(Duration::from_secs(3))
            .retry_options(RetryOptions::no_retries())
            .build();
        let request = request((), &options);
        assert_eq!(request.metadata().get("x-tenant").unwrap(), "7");
        assert_eq!(request.metadata().get_bin("x-trace-bin").unwrap().to_bytes().unwrap()[..], [1, 2]);
        assert!(request.metadata().contains_key("grpc-timeout"));
        let retries = request.extensions().get::<RetryConfigForCall>().unwrap();
        assert_eq!(retries.0, RetryOptions::no_retries());
    }
}
