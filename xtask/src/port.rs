//! Free ports on the loopback interface.

use std::io;
use std::net::{Ipv4Addr, TcpListener, TcpStream};

/// A port that nothing listens on, and that the system hands to nobody else for a while.
///
/// The connection closed from the listener's side leaves the port in `TIME_WAIT`: a bind to port 0
/// skips it, a bind to this very port does not. So servers that start at the same time do not pick
/// each other's port.
pub(crate) fn free_port() -> io::Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let address = listener.local_addr()?;
    let client = TcpStream::connect(address)?;
    let (accepted, _) = listener.accept()?;
    drop(accepted);
    drop(client);
    Ok(address.port())
}

pub(crate) fn is_free(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn free_ports_can_be_bound_and_differ() {
        let ports: HashSet<u16> = (0..100).map(|_| free_port().unwrap()).collect();
        assert_eq!(ports.len(), 100);
        assert!(ports.into_iter().all(is_free));
    }

    #[test]
    fn a_port_in_use_is_not_free() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        assert!(!is_free(listener.local_addr().unwrap().port()));
    }
}
