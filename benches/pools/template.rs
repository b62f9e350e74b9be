//! A user with the fields of a document, to be filled in with a number.

use crate::bytes::fields;
use crate::peer::DOCUMENT_FIELDS;

/// The number in the prepared text, and its representation there.
const MARK: u32 = 0xabcd_ef01;
const MARK_HEX: &str = "abcdef01";
const MARK_DECIMAL: &str = "2882400001";

pub(crate) struct Template(Vec<Piece>);

enum Piece {
    Text(Vec<u8>),
    /// Eight digits.
    Hexadecimal,
    Decimal,
}

impl Template {
    /// For a document as it appears in the JSON of a request.
    pub(crate) fn new(document: &str) -> Self {
        let document = document.replace("\\n", " ");
        let is_asked_for = |name: &str| {
            document.split(|c: char| !c.is_ascii_alphanumeric()).any(|asked_for| asked_for == name)
        };
        let mut user = fields(DOCUMENT_FIELDS.split_whitespace().filter(|name| is_asked_for(name)), MARK);
        match is_asked_for("identities") {
            true => user.push_str(r#""identities":[]"#),
            false => _ = user.pop(),
        }
        let user = format!("{{{user}}}");
        let mut pieces = Vec::new();
        for (index, part) in user.split(MARK_HEX).enumerate() {
            if index > 0 {
                pieces.push(Piece::Hexadecimal);
            }
            for (index, text) in part.split(MARK_DECIMAL).enumerate() {
                if index > 0 {
                    pieces.push(Piece::Decimal);
                }
                pieces.push(Piece::Text(text.as_bytes().to_vec()));
            }
        }
        Self(pieces)
    }

    pub(crate) fn write(&self, number: u32, output: &mut Vec<u8>) {
        let digits = |base: u32| {
            let mut digits = [b'0'; 8];
            let mut left = number;
            for digit in digits.iter_mut().rev() {
                *digit = b"0123456789abcdef"[(left % base) as usize];
                left /= base;
            }
            digits
        };
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => output.extend_from_slice(text),
                Piece::Hexadecimal => output.extend_from_slice(&digits(16)),
                Piece::Decimal => output.extend_from_slice(&digits(10)),
            }
        }
    }
}
