//! Addresses of Temporal services.

use url::{Host, Url};

use super::ConnectError;

/// `host:port` or a URL into a URL.
pub(super) fn parse_address(address: &str, tls: bool) -> Result<Url, ConnectError> {
    let scheme = if tls { "https" } else { "http" };
    let invalid = |reason: String| ConnectError::Address { address: address.to_owned(), reason };
    let url = match Url::parse(address) {
        // `localhost:7233` parses as well, with `localhost` for a scheme.
        Ok(url) if url.has_host() => url,
        _ => Url::parse(&format!("{scheme}://{address}")).map_err(|error| invalid(error.to_string()))?,
    };
    match url.scheme() {
        "http" | "https" => Ok(url),
        other => Err(invalid(format!("the scheme `{other}` is neither http nor https"))),
    }
}

/// Whether the service is on this machine: then there is no line to save by compressing.
pub(super) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_url_or_a_host_and_port() {
        let parsed = |address, tls| parse_address(address, tls).map(String::from).map_err(|error| error.to_string());
        assert_eq!(parsed("localhost:7233", false), Ok("http://localhost:7233/".into()));
        assert_eq!(parsed("temporal.example:7233", true), Ok("https://temporal.example:7233/".into()));
        assert_eq!(parsed("https://t.example:7233", false), Ok("https://t.example:7233/".into()));
        let refused = parsed("ftp://t.example", false).unwrap_err();
        assert!(refused.starts_with("`ftp://t.example` is not the address"), "{refused}");
        let refused = parsed("no port:at all", false).unwrap_err();
        assert!(refused.contains("write `host:port` or a URL"), "{refused}");
    }

    #[test]
    fn loopback_is_told_from_the_rest() {
        let loopback = |address| is_loopback(&parse_address(address, false).unwrap());
        assert!(loopback("localhost:7233"));
        assert!(loopback("127.1.2.3:7233"));
        assert!(loopback("[::1]:7233"));
        assert!(!loopback("10.0.0.1:7233"));
        assert!(!loopback("temporal.example:7233"));
    }
}
