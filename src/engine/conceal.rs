//! Removal of secrets from errors.
//!
//! A service, or a gateway on the way, may quote what was sent: the pool's secret, the management token, a
//! password, the token of a user. Every occurrence in the texts of the error is replaced by `***`, in plain
//! form and as encoded in URLs, JSON and base64. The body is unchanged.

use serde_json::Value;

use super::{Engine, Plan};
use crate::error::Error;
use crate::model::secrets::is_secret_name;
use crate::secret::Secret;
use crate::transport::Request;
use crate::wire::percent_encoded;

/// A secret this short may be part of an ordinary word, so it is replaced only where it stands alone.
const SHORT: usize = 6;

impl Engine {
    /// Returns the error with the secrets of its request replaced.
    pub(super) fn conceal(&self, plan: &Plan, request: &Request, error: Error) -> Error {
        let mut token = request.header("authorization").unwrap_or_default();
        while let Some(rest) = token.strip_prefix("Bearer ") {
            token = rest;
        }
        let mut secrets = vec![self.secret.expose(), token];
        secrets.extend(plan.wire.plaintext());
        secrets.extend(plan.wire.secrets.iter().map(Secret::expose));
        // Most headers of the caller's own are no secrets, though they are kept like one.
        for (name, value) in &plan.wire.headers {
            if is_secret_name(name) {
                secrets.push(value.expose());
            }
        }
        let forms = forms(&secrets);
        error.map_texts(&|text| replace(text, &forms))
    }
}

/// Returns the forms in which secrets may be written, longest first.
fn forms(secrets: &[&str]) -> Vec<String> {
    let mut forms = Vec::new();
    for secret in secrets {
        let encoded = percent_encoded(secret);
        add(&mut forms, Value::from(*secret).to_string().trim_matches('"'));
        add(&mut forms, &form_encoded(secret));
        add(&mut forms, &lower_hex(&encoded));
        add(&mut forms, &encoded);
        add(&mut forms, &base64(secret.as_bytes()));
        add(&mut forms, secret);
    }
    forms
}

fn add(forms: &mut Vec<String>, form: &str) {
    if !form.is_empty() && !forms.iter().any(|known| known == form) {
        let place = forms.partition_point(|known| known.len() >= form.len());
        forms.insert(place, form.to_owned());
    }
}

/// Returns a text as encoded in forms, with `+` for spaces.
fn form_encoded(text: &str) -> String {
    let mut encoded = String::new();
    for word in text.split(' ') {
        encoded.push_str(&percent_encoded(word));
        encoded.push('+');
    }
    encoded.pop();
    encoded
}

/// `%2F` as `%2f`.
fn lower_hex(encoded: &str) -> String {
    let mut text = encoded.as_bytes().to_vec();
    let mut in_reach = 0;
    for byte in &mut text {
        if *byte == b'%' {
            in_reach = 2;
        } else if in_reach > 0 {
            in_reach -= 1;
            byte.make_ascii_lowercase();
        }
    }
    // Only letters of ASCII have changed.
    String::from_utf8(text).unwrap_or_default()
}

/// Returns the text with each form replaced, or `None` if none occurs.
fn replace(text: &str, forms: &[String]) -> Option<String> {
    let mut replaced = None;
    for form in forms {
        let text = replaced.as_deref().unwrap_or(text);
        if let Some(without) = replace_one(text, form) {
            replaced = Some(without);
        }
    }
    replaced
}

fn replace_one(text: &str, form: &str) -> Option<String> {
    let mut without = String::new();
    let mut end = 0;
    for (at, found) in text.match_indices(form) {
        let (before, after) = (text.get(..at)?, text.get(at + found.len()..)?);
        let in_word = before.chars().next_back().is_some_and(char::is_alphanumeric)
            || after.chars().next().is_some_and(char::is_alphanumeric);
        if form.len() >= SHORT || !in_word {
            without.push_str(text.get(end..at)?);
            without.push_str("***");
            end = at + found.len();
        }
    }
    (end > 0).then(|| {
        without.push_str(text.get(end..).unwrap_or_default());
        without
    })
}

/// Standard base64 without the padding, which a longer text would not have.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().fold(0_u32, |word, byte| word << 8 | u32::from(*byte));
        let word = word << (8 * (3 - chunk.len()));
        for index in 0..=chunk.len() {
            let digit = DIGITS.get((word >> (18 - 6 * index) & 63) as usize);
            text.extend(digit.map(|digit| char::from(*digit)));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn concealed(text: &str, secret: &str) -> String {
        replace(text, &forms(&[secret])).unwrap_or_else(|| text.to_owned())
    }

    #[test]
    fn a_secret_is_replaced_in_every_form() {
        let secret = "a/b \"c\"+é=";
        for form in [
            secret,
            r#"a/b \"c\"+é="#,
            "a%2Fb%20%22c%22%2B%C3%A9%3D",
            "a%2fb%20%22c%22%2b%c3%a9%3d",
            "a%2Fb+%22c%22%2B%C3%A9%3D",
            "YS9iICJjIivDqT0=",
        ] {
            let shown = concealed(&format!("bad secret {form} twice {form}."), secret);
            assert_eq!(shown.replace("***=", "***"), "bad secret *** twice ***.", "{form}");
        }
    }

    #[test]
    fn no_part_is_left_of_a_secret_that_begins_as_another_does() {
        for secrets in [["secret-1", "secret-1-of-bob"], ["secret-1-of-bob", "secret-1"]] {
            let forms = forms(&secrets);
            assert_eq!(replace("no secret-1-of-bob, no secret-1", &forms).unwrap(), "no ***, no ***");
        }
    }

    #[test]
    fn a_short_secret_is_replaced_only_where_it_stands_alone() {
        assert_eq!(concealed("code 2012: pin 12, or '12'", "12"), "code 2012: pin ***, or '***'");
        assert_eq!(concealed("abcdefgh", "bcdefg"), "a***h");
        assert_eq!(replace("nothing", &forms(&["", "secret"])), None);
    }

    #[test]
    fn base64_is_that_of_the_standard() {
        for (text, expected) in [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("fooba", "Zm9vYmE")]
        {
            assert_eq!(base64(text.as_bytes()), expected);
        }
    }
}
