//! A refusal that a type finds in itself while it is read.
//!
//! What a parser's error carries is a text. The refusal travels in it as JSON behind a mark, and the layer that explains
//! the failure makes the API's error of it.

/// Precedes the code and the message.
const MARK: &str = "refused by the service: ";

/// The text of a parser's error that carries a refusal.
pub(crate) fn mark(code: i64, message: Option<&str>) -> String {
    format!("{MARK}{}", serde_json::json!([code, message]))
}

/// The code and the message, if a parser's error carries a refusal.
pub(crate) fn find(error: &serde_json::Error) -> Option<(i64, Option<String>)> {
    let text = error.to_string();
    let json = text.strip_prefix(MARK)?;
    // The parser adds the place.
    serde_json::Deserializer::from_str(json).into_iter().next()?.ok()
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
