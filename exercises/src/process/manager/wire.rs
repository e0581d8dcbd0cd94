//! What travels between a manager's server and its clients: the proof that both know the key, then
//! requests and replies in frames.
//!
//! | | bytes |
//! |---|---|
//! | server | greeting: the name of the protocol (8), a random number (32) |
//! | client | its own random number (32), its proof (32) |
//! | server | 1 and its proof (32); or 0, and the connection is closed |
//! | then | frames: a length (4, little endian), so many bytes (postcard) |
//!
//! A proof is the HMAC-SHA256, under the key, of who proves it and of both random numbers: so the
//! key never travels, a proof that was overheard is worth nothing the next time, and a proof of the
//! one side is none of the other. Proofs are compared in constant time. Before the client has proved
//! that it knows the key, exactly 64 bytes of it are read, and nothing is made of them but this.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

pub(super) const NAME: [u8; 8] = *b"weftmgr1";
pub(super) const NONCE: usize = 32;
pub(super) const PROOF: usize = 32;
pub(super) const GREETING: usize = NAME.len() + NONCE;
pub(super) const ANSWER: usize = NONCE + PROOF;
pub(super) const ACCEPTED: u8 = 1;
pub(super) const REFUSED: u8 = 0;
pub(super) const LENGTH: usize = 4;

/// Who proves that it knows the key.
#[derive(Clone, Copy)]
pub(super) enum Side {
    Server,
    Client,
}

fn mac(key: &[u8], side: Side, server: &[u8; NONCE], client: &[u8; NONCE]) -> Option<Hmac<Sha256>> {
    // HMAC takes keys of any length; this cannot fail, but it is not ours to promise.
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    mac.update(match side {
        Side::Server => b"server",
        Side::Client => b"client",
    });
    mac.update(server);
    mac.update(client);
    Some(mac)
}

pub(super) fn proof(
    key: &[u8],
    side: Side,
    server: &[u8; NONCE],
    client: &[u8; NONCE],
) -> Option<[u8; PROOF]> {
    let bytes = mac(key, side, server, client)?.finalize().into_bytes();
    bytes.as_slice().try_into().ok()
}

pub(super) fn is_proved(
    key: &[u8],
    side: Side,
    server: &[u8; NONCE],
    client: &[u8; NONCE],
    proof: &[u8],
) -> bool {
    mac(key, side, server, client).is_some_and(|mac| mac.verify_slice(proof).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_holds_for_its_key_its_side_and_its_numbers_only() {
        let (a, b) = ([1; NONCE], [2; NONCE]);
        let proof = proof(b"abc", Side::Client, &a, &b).expect("a proof");
        assert!(is_proved(b"abc", Side::Client, &a, &b, &proof));
        assert!(!is_proved(b"abd", Side::Client, &a, &b, &proof));
        assert!(!is_proved(b"abc", Side::Server, &a, &b, &proof));
        assert!(!is_proved(b"abc", Side::Client, &b, &a, &proof));
        assert!(!is_proved(b"abc", Side::Client, &a, &b, &proof[..31]));
    }

    #[test]
    fn a_proof_is_the_hmac_it_is_said_to_be() {
        // Computed with Python: hmac.new(b"abc", b"server" + bytes([1]*32) + bytes([2]*32), "sha256").
        let proof = proof(b"abc", Side::Server, &[1; NONCE], &[2; NONCE]).expect("a proof");
        let hex: String = proof.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(
            hex,
            "cbb16ee2c0e89982d87d9f410628053ee0a83e5e02b324e763729fe37e5e54c4"
        );
    }
}
