//! Lines with a checksum: the checksum, a space, JSON, and a line feed, which JSON text does not contain.

use super::hash::stable;

/// Returns a line with that JSON.
#[inline]
pub(crate) fn seal(json: &[u8]) -> Vec<u8> {
    let mut line = format!("{:08x} ", checksum(json)).into_bytes();
    line.extend_from_slice(json);
    line.push(b'\n');
    line
}

/// Returns the JSON of a line, if the line is whole and its checksum is correct.
#[inline]
pub(crate) fn unseal(line: &[u8]) -> Option<&[u8]> {
    let line = line.strip_suffix(b"\n")?;
    let (sum, json) = (line.get(..8)?, line.get(9..)?);
    let sum = u32::from_str_radix(std::str::from_utf8(sum).ok()?, 16).ok()?;
    (sum == checksum(json) && line.get(8) == Some(&b' ')).then_some(json)
}

#[expect(clippy::cast_possible_truncation, reason = "half of the hash")]
fn checksum(json: &[u8]) -> u32 {
    stable(&[json]) as u32
}
