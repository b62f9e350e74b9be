//! The hash of rows and lines, which is written to files.

use crate::fnv::Fnv1a;

/// 64-bit FNV-1a, with its bits mixed at the end so that any of them can be used.
#[inline]
pub(crate) fn stable(parts: &[&[u8]]) -> u64 {
    let mut hash = Fnv1a::new();
    for part in parts {
        // The lengths distinguish `ab`, `c` from `a`, `bc`.
        hash.write(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
        hash.write(part);
    }
    let mut hash = hash.finish();
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_never_changes_and_tells_parts_apart() {
        assert_eq!(stable(&[b"bob"]), 0xccae_129a_28d6_5b93);
        assert_ne!(stable(&[b"ab", b"c"]), stable(&[b"a", b"bc"]));
    }
}
