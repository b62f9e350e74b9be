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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_which_a_byte_is_changed_missing_or_added_is_not_read() {
        let line = seal(br#"["g",7,"5f71",["name"]]"#);
        assert_eq!(unseal(&line), Some(&br#"["g",7,"5f71",["name"]]"#[..]));
        for at in 0..line.len() {
            let (before, after) = line.split_at(at);
            let rest = after.get(1..).unwrap_or_default();
            assert_eq!(unseal(before), None, "{at}");
            assert_eq!(unseal(&[before, rest].concat()), None, "{at}");
            assert_eq!(unseal(&[before, b"1", after].concat()), None, "{at}");
            for other in [b'0', b' ', b'{', b'\n', b'x'].iter().filter(|other| after.first() != Some(*other))
            {
                assert_eq!(unseal(&[before, &[*other], rest].concat()), None, "{at}");
            }
        }
    }

    #[test]
    fn the_form_of_a_line_is_the_same_in_every_version() {
        assert_eq!(seal(b"{}"), b"caa4ab22 {}\n");
    }
}
