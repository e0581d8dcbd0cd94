//! Who asks for a run, as far as that can be known: an address of the network.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::http::HeaderMap;

/// Where a proxy says for whom it asks: one address behind the other, its own client's at the end.
const FORWARDED: &str = "x-forwarded-for";

/// A reader's address. One machine has as many IPv6 addresses as it likes, all in one network of 64 bits (RFC 4291,
/// 2.5.1): such a network is one client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Client(IpAddr);

impl Client {
    /// The client at this address.
    pub fn at(address: IpAddr) -> Client {
        match address.to_canonical() {
            IpAddr::V6(long) => {
                let network = long.to_bits() & !u128::from(u64::MAX);
                Client(Ipv6Addr::from_bits(network).into())
            }
            short => Client(short),
        }
    }

    /// The client of the proxy at `peer`, as that says it. What stands before the last address the client may have
    /// written. A proxy that says nothing that can be read is a client itself.
    pub fn behind(peer: IpAddr, headers: &HeaderMap) -> Client {
        let said = headers.get_all(FORWARDED).iter().next_back();
        let said = said.and_then(|said| said.to_str().ok()?.rsplit(',').next());
        Client::at(said.and_then(|last| address(last.trim())).unwrap_or(peer))
    }
}

/// Some proxies add the port.
fn address(text: &str) -> Option<IpAddr> {
    let with_port = || text.parse().ok().map(|address: SocketAddr| address.ip());
    text.parse().ok().or_else(with_port)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    const PROXY: &str = "192.0.2.1";

    fn behind(said: &[&str]) -> Client {
        let mut headers = HeaderMap::new();
        for said in said {
            headers.append(FORWARDED, HeaderValue::from_str(said).expect("a header"));
        }
        Client::behind(PROXY.parse().expect("an address"), &headers)
    }

    fn at(address: &str) -> Client {
        Client::at(address.parse().expect("an address"))
    }

    #[test]
    fn a_proxys_own_word_is_the_last_one() {
        assert_eq!(behind(&["198.51.100.7"]), at("198.51.100.7"));
        // What the client itself wrote stands before it.
        assert_eq!(behind(&["203.0.113.9, 198.51.100.7"]), at("198.51.100.7"));
        assert_eq!(behind(&["203.0.113.9", "198.51.100.7"]), at("198.51.100.7"));
        assert_eq!(behind(&["198.51.100.7:4242"]), at("198.51.100.7"));
        assert_eq!(behind(&["[2001:db8::7]:4242"]), at("2001:db8::7"));
        assert_eq!(behind(&[]), at(PROXY));
        for garbage in ["", "unknown", "1.2.3.4.5", "198.51.100.7, x", "a,"] {
            assert_eq!(behind(&[garbage]), at(PROXY), "{garbage}");
        }
    }

    #[test]
    fn a_network_of_ipv6_is_one_client() {
        assert_eq!(at("2001:db8:1:2::1"), at("2001:db8:1:2:ffff::9"));
        assert_ne!(at("2001:db8:1:2::1"), at("2001:db8:1:3::1"));
        assert_eq!(at("::ffff:198.51.100.7"), at("198.51.100.7"));
        assert_ne!(at("198.51.100.7"), at("198.51.100.8"));
    }
}
