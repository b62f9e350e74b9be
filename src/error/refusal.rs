//! A refusal that a type detects while it is deserialised.
//!
//! The error of a parser carries only text. The refusal is embedded in it as JSON after a marker, and the
//! layer that explains the failure converts it to an error of the API.

/// Precedes the code and the message.
const MARK: &str = "refused by the service: ";

/// Returns the text of a parser error that carries a refusal.
pub(crate) fn mark(code: i64, message: Option<&str>) -> String {
    format!("{MARK}{}", serde_json::json!([code, message]))
}

/// Returns the code and the message if a parser error carries a refusal.
pub(crate) fn find(error: &serde_json::Error) -> Option<(i64, Option<String>)> {
    let text = error.to_string();
    let marked = text.strip_prefix(MARK)?;
    // The parser appends the position, which has no brackets.
    let json = marked.get(..=marked.rfind(']')?)?;
    let refusal: serde_json::Value = serde_json::from_str(json).ok()?;
    Some((refusal.get(0)?.as_i64()?, refusal.get(1)?.as_str().map(str::to_owned)))
}

#[cfg(test)]
mod tests {
    use serde::de::Error as _;

    use super::*;

    #[test]
    fn a_refusal_survives_the_text_of_an_error() {
        for message in [None, Some("no \"such\" user] at line 7\n")] {
            let error = serde_json::Error::custom(mark(2004, message));
            assert_eq!(find(&error), Some((2004, message.map(str::to_owned))));
        }
        assert_eq!(find(&serde_json::Error::custom("no")), None);
    }
}
