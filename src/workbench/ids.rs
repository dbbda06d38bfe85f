//! The only place with chance in it: new ids and hands.
//!
//! An id is a kind prefix and 80 bits in base 32. There is no clock in it, so two people's additions spread through
//! the file and a merge line by line seldom meets.

use crate::text::digest_hex;
use smol_str::{SmolStr, format_smolstr};

/// Letters of base 32 (RFC 4648) in lower case.
const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// A source of ids that never repeat.
#[derive(Clone, Debug)]
pub struct Ids {
    seed: [u8; 32],
    count: u64,
}

/// The system has no chance to give.
#[derive(Debug, thiserror::Error)]
#[error("the system gives no random numbers ({0}); new records cannot get ids")]
pub struct NoChance(String);

impl Ids {
    /// Seeded by the system.
    pub fn from_system() -> Result<Self, NoChance> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).map_err(|error| NoChance(error.to_string()))?;
        Ok(Self { seed, count: 0 })
    }

    /// Always the same ids for the same `seed`: for tests.
    pub fn seeded(seed: u8) -> Self {
        Self { seed: [seed; 32], count: 0 }
    }

    /// A source of its own, whose ids differ from this one's.
    #[must_use]
    pub fn fork(&mut self) -> Self {
        self.count += 1;
        let mut seed = [0; 32];
        let mixed = digest_hex(&[&self.seed[..], &self.count.to_le_bytes()].concat());
        for (byte, pair) in seed.iter_mut().zip(mixed.as_bytes().chunks(2)) {
            *byte = std::str::from_utf8(pair)
                .ok()
                .and_then(|p| u8::from_str_radix(p, 16).ok())
                .unwrap_or(0);
        }
        Self { seed, count: 0 }
    }

    /// A new id with a kind prefix: `a` gives `a_mzxw6ytboi2dcnbv`.
    pub fn mint(&mut self, prefix: &str) -> SmolStr {
        format_smolstr!("{prefix}_{}", self.letters())
    }

    /// A new hand: 80 random bits.
    pub fn hand(&mut self) -> crate::model::Hand {
        crate::model::Hand::new(self.letters())
    }

    /// Sixteen letters: a hash of seed and count is as random as the seed.
    fn letters(&mut self) -> String {
        self.count += 1;
        let mut bytes = self.seed.to_vec();
        bytes.extend_from_slice(&self.count.to_le_bytes());
        let bits =
            u128::from_str_radix(digest_hex(&bytes).get(..20).unwrap_or("0"), 16).unwrap_or(0);
        let letter = |place: u32| {
            let at = (bits >> (5 * place)) & 31;
            char::from(ALPHABET.get(at as usize).copied().unwrap_or(b'a'))
        };
        (0..16).map(letter).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::workbench::Ids;
    use std::collections::BTreeSet;

    #[test]
    fn ids_have_their_form_and_never_repeat() {
        let mut ids = Ids::from_system().unwrap();
        let minted: BTreeSet<_> = (0..1000).map(|_| ids.mint("a")).collect();
        assert_eq!(minted.len(), 1000);
        let form = |id: &str| {
            let letters = id.strip_prefix("a_").unwrap_or_default();
            letters.len() == 16 && letters.bytes().all(|b| matches!(b, b'a'..=b'z' | b'2'..=b'7'))
        };
        assert!(minted.iter().all(|id| form(id)));
    }
}
