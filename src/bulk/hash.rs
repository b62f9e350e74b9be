//! A hash that is the same in every version and on every machine, because it is written to files.

/// 64-bit FNV-1a, with its bits mixed at the end so that any of them can be used.
#[inline]
pub(crate) fn stable(parts: &[&[u8]]) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut take = |byte: u8| {
        hash ^= u64::from(byte);
        hash = hash.wrapping_mul(0x0000_0100_0000_01b3);
    };
    for part in parts {
        // The lengths distinguish `ab`, `c` from `a`, `bc`.
        u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes().into_iter().for_each(&mut take);
        part.iter().copied().for_each(&mut take);
    }
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
        assert_eq!(stable(&[b"bob"]), stable(&[b"bob"]));
        assert_ne!(stable(&[b"ab", b"c"]), stable(&[b"a", b"bc"]));
    }
}
