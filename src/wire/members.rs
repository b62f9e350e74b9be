//! Finding the output in a response, without reading anything twice and without knowing the output's type.
//!
//! GraphQL wraps the output as `{"data": {field: …}}`, REST as `{"code": 200, "data": …}`. The members of these
//! outer objects are read one by one; the output is left to a reader that is told where it begins, and that
//! says how long it was.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, IgnoredAny, Visitor};
use serde_json::Value;

use super::Answer;
use super::diagnosis::{integer, is_nothing, is_success};
use super::locate::offset;
use crate::json::Name;

/// Reads the output at the beginning of a text, and returns its length in bytes.
pub(super) type Read<'a> = dyn FnMut(&str) -> Result<usize, serde_json::Error> + 'a;

/// Reads the value at the beginning of a text, and returns it with its length in bytes.
pub(super) fn read_first<'a, T: Deserialize<'a>>(text: &'a str) -> Result<(T, usize), serde_json::Error> {
    let mut json = serde_json::Deserializer::from_str(text);
    let value = T::deserialize(&mut json)?;
    // Nothing more is read: only the stream tells where it is.
    Ok((value, json.into_iter::<IgnoredAny>().byte_offset()))
}

/// Why a response could not be read: the error of a parser that began somewhere in the body.
pub(super) struct Cause {
    pub(super) error: serde_json::Error,
    begin: usize,
}

impl Cause {
    /// Returns the byte offset of the error in the body.
    pub(super) fn offset(&self, body: &[u8]) -> usize {
        self.begin + offset(body.get(self.begin..).unwrap_or_default(), &self.error)
    }
}

/// A response that is being read.
pub(super) struct Response<'a, 'r> {
    text: &'a str,
    at: usize,
    /// Whether a member of the outer object reports that the operation failed.
    has_failed: bool,
    is_rest: bool,
    read: &'r mut Read<'r>,
}

impl<'a, 'r> Response<'a, 'r> {
    pub(super) fn new(text: &'a str, read: &'r mut Read<'r>) -> Self {
        Self { text, at: 0, has_failed: false, is_rest: false, read }
    }

    /// Reads the output from its place. `Err(None)` stands for a response that is well-formed, but reports
    /// that the operation failed, or has no output.
    pub(super) fn output(mut self, answer: &Answer) -> Result<(), Option<Cause>> {
        let is_found = match answer {
            Answer::GraphQl(path) => self.envelope(path)?,
            Answer::Rest(path) => {
                self.is_rest = true;
                self.envelope(path)?
            }
            Answer::Whole | Answer::Bare => self.value_at("")?,
        };
        match self.peek() {
            Some(_) => Err(Some(self.syntax())),
            None if is_found && !self.has_failed => Ok(()),
            None => Err(None),
        }
    }

    /// Reads the outer object. Returns whether `data` has the output.
    fn envelope(&mut self, path: &str) -> Result<bool, Cause> {
        let mut is_found = false;
        self.members(&"the envelope of an answer", &mut |response, name| {
            match name {
                "data" => is_found = response.value_at(path)?,
                "errors" => response.has_failed |= !is_nothing(&response.value()?),
                "code" | "statusCode" | "apiCode" if response.is_rest => {
                    let code: Value = response.value()?;
                    response.has_failed |= !code.is_null() && !integer(&code).is_some_and(is_success);
                }
                "success" if response.is_rest => response.has_failed |= response.value::<Value>()? == false,
                _ => response.skip()?,
            }
            Ok(())
        })?;
        Ok(is_found)
    }

    /// Reads the output at a path of field names. Returns `false` if a field before the last is null.
    fn value_at(&mut self, path: &str) -> Result<bool, Cause> {
        if path.is_empty() {
            let rest = self.rest();
            let length = (self.read)(rest).map_err(|error| self.cause(error))?;
            self.at += length;
            return Ok(true);
        }
        if self.peek() == Some(b'n') {
            return self.value::<()>().map(|()| false);
        }
        let (field, path) = path.split_once('.').unwrap_or((path, ""));
        let mut found = None;
        self.members(&format_args!("an object with the field `{field}`"), &mut |response, name| {
            if name == field {
                found = Some(response.value_at(path)?);
                Ok(())
            } else {
                response.skip()
            }
        })?;
        found.ok_or_else(|| self.cause(serde_json::Error::custom(format_args!("missing field `{field}`"))))
    }

    /// Reads an object. `each` is called with the name of each member, and reads its value.
    fn members(
        &mut self,
        expected: &dyn fmt::Display,
        each: &mut dyn FnMut(&mut Self, &str) -> Result<(), Cause>,
    ) -> Result<(), Cause> {
        if self.peek() != Some(b'{') {
            let error = serde_json::Deserializer::from_str(self.rest()).deserialize_map(Expected(expected));
            return Err(error.map_or_else(|error| self.cause(error), |()| self.syntax()));
        }
        self.at += 1;
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(());
        }
        loop {
            if self.peek() != Some(b'"') {
                return Err(self.syntax());
            }
            let Name(name) = self.value()?;
            if self.peek() != Some(b':') {
                return Err(self.syntax());
            }
            self.at += 1;
            each(self, &name)?;
            let separator = self.peek();
            self.at += 1;
            match separator {
                Some(b',') => {}
                Some(b'}') => return Ok(()),
                _ => return Err(self.syntax()),
            }
        }
    }

    /// Reads the next value, whatever it is.
    fn value<T: Deserialize<'a>>(&mut self) -> Result<T, Cause> {
        let (value, length) = read_first(self.rest()).map_err(|error| self.cause(error))?;
        self.at += length;
        Ok(value)
    }

    fn skip(&mut self) -> Result<(), Cause> {
        self.value::<IgnoredAny>().map(|_| ())
    }

    /// Returns the next byte that is not white space, without passing it.
    fn peek(&mut self) -> Option<u8> {
        let rest = self.rest().as_bytes();
        let blanks = rest.iter().take_while(|byte| b" \t\n\r".contains(byte)).count();
        self.at += blanks;
        rest.get(blanks).copied()
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The error of a parser that began here.
    fn cause(&self, error: serde_json::Error) -> Cause {
        Cause { error, begin: self.at }
    }

    /// The error of a parser that reads the whole text: it says what it expected between two values, and
    /// where.
    #[cold]
    fn syntax(&self) -> Cause {
        let error = match serde_json::from_str::<IgnoredAny>(self.text) {
            Err(error) => error,
            Ok(_) => serde_json::Error::custom("the response cannot be read"),
        };
        Cause { error, begin: 0 }
    }
}

/// Reads nothing, and names what was expected.
struct Expected<'a>(&'a dyn fmt::Display);

impl Visitor<'_> for Expected<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;

    /// Reads a value at `data.user`, as `T`. `None` if there is none or the response reports a failure.
    fn read<T: for<'a> Deserialize<'a>>(is_rest: bool, text: &str) -> Result<Option<T>, Cause> {
        let path = Cow::Borrowed("user");
        let answer = if is_rest { Answer::Rest(path) } else { Answer::GraphQl(path) };
        let mut output = None;
        let mut read = |text: &str| {
            let (value, length) = read_first(text)?;
            output = Some(value);
            Ok(length)
        };
        match Response::new(text, &mut read).output(&answer) {
            Ok(()) => Ok(output),
            Err(None) => Ok(None),
            Err(Some(cause)) => Err(cause),
        }
    }

    #[test]
    fn an_error_has_the_place_and_the_text_of_one_parser_for_the_whole_body() {
        #[derive(Debug, serde::Deserialize)]
        struct Whole {
            #[serde(rename = "data")]
            _data: Data,
        }
        #[derive(Debug, serde::Deserialize)]
        struct Data {
            #[serde(rename = "user")]
            _user: u8,
        }
        for (text, reason) in [
            (r#" {"code": 200, "data": {"user": true}}"#, "invalid type: boolean `true`, expected u8"),
            ("{\"data\":\n{\"a\": [],\n\"user\": 12345}}", "invalid value: integer `12345`, expected u8"),
            (r#"{"data": {"user": 1} "a": 2}"#, "expected `,` or `}`"),
            (r#"{"data": {"user": 1}} x"#, "trailing characters"),
            (r#"{"data": {"user": 1}, }"#, "key must be a string"),
            (r#"{"data": {"user" 1}}"#, "expected `:`"),
            (r#"{"data": {user: 1}}"#, "key must be a string"),
            (r#"{"data": {"user": 1"#, "EOF while parsing an object"),
            (r#"{"data": {"us"#, "EOF while parsing a string"),
            (r#"{"data": {"a": 1}}"#, "missing field `user`"),
            (r#"{"data": "a"}"#, "invalid type: string \"a\", expected an object with the field `user`"),
            ("12", "invalid type: integer `12`, expected the envelope of an answer"),
            ("", "EOF while parsing a value"),
        ] {
            let cause = read::<u8>(false, text).unwrap_err();
            let said = cause.error.to_string();
            assert!(said.starts_with(reason), "{text}: {said}");
            let whole = offset(text.as_bytes(), &serde_json::from_str::<Whole>(text).unwrap_err());
            assert_eq!(cause.offset(text.as_bytes()), whole, "{text}: {said}");
        }
    }

    /// What the parser of trees finds.
    fn expected(is_rest: bool, document: &Value) -> Option<Value> {
        let is_failure = |code: &Value| !code.is_null() && !integer(code).is_some_and(is_success);
        let codes = ["code", "statusCode", "apiCode"].iter().filter_map(|key| document.get(*key));
        let has_failed = document.get("errors").is_some_and(|errors| !is_nothing(errors))
            || is_rest && (codes.into_iter().any(is_failure) || document["success"] == false);
        document.pointer("/data/user").filter(|_| !has_failed).cloned()
    }

    const NAMES: [&str; 8] =
        ["code", "statusCode", "apiCode", "success", "errors", "message", "d\\u0061t", ""];
    const VALUES: [&str; 11] = [
        "200",
        "\"200\"",
        "500",
        "null",
        "[]",
        r#"[{"message":"no"}]"#,
        "true",
        "false",
        "-1.5e3",
        r#""}\",{""#,
        r#"{"a":[{}, {}]}"#,
    ];
    const DATA: [&str; 5] = [
        r#"{"user": {"id": "1"}}"#,
        "{\n\"a\":[1,{}],\"us\\u0065r\": [1, 2]\t}",
        "null",
        r#"{ "user":null , "b" : {"user":3}}"#,
        r#"{"user":-7}"#,
    ];

    fn member() -> impl Strategy<Value = String> {
        (select(&NAMES), select(&VALUES)).prop_map(|(name, value)| format!("\"{name}\" :{value}"))
    }

    fn response() -> impl Strategy<Value = String> {
        let data = select(&DATA);
        let data = data.prop_map(|data| format!("\"data\": {data}"));
        let names = |members: &[String]| {
            let mut names: Vec<_> = members.iter().filter_map(|member| member.split(" :").next()).collect();
            names.sort_unstable();
            names.windows(2).all(|pair| pair[0] != pair[1])
        };
        let around = (prop::collection::vec(member(), 0..3), prop::collection::vec(member(), 0..3));
        (around, data).prop_filter_map("names are unique", move |((mut members, after), data)| {
            members.push(data);
            members.extend(after);
            names(&members).then(|| format!(" {{{}}}\r\n", members.join(" ,")))
        })
    }

    proptest! {
        #[test]
        fn the_output_is_that_of_a_parser_of_trees(is_rest: bool, text in response()) {
            let document = serde_json::from_str(&text).unwrap();
            let output = read::<Value>(is_rest, &text).map_err(|cause| cause.error).unwrap();
            prop_assert_eq!(output, expected(is_rest, &document));
        }

        #[test]
        fn what_is_no_json_is_refused(text in response(), at: prop::sample::Index, byte in "[{}\\[\\]\",:1 ]?") {
            let at = at.index(text.len());
            let text = format!("{}{byte}{}", &text[..at], &text[at + 1..]);
            if serde_json::from_str::<IgnoredAny>(&text).is_err() {
                prop_assert!(read::<Value>(true, &text).is_err(), "{}", text);
            }
        }
    }
}
