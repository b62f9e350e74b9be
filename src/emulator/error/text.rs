//! The messages of errors, in the requested language, limited to a line or two.

use std::borrow::Cow;

use super::Lang;
use super::chinese::MESSAGES;

/// The maximum length of one quoted text in a message, in characters, so that an error does not repeat the
/// request.
const LONGEST_QUOTE: usize = 120;

/// The maximum length of a message whose parts are unknown.
const LONGEST: usize = 400;

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Text {
    english: Cow<'static, str>,
    chinese: Option<Cow<'static, str>>,
}

impl Text {
    pub(crate) const fn both(english: &'static str, chinese: &'static str) -> Self {
        Self { english: Cow::Borrowed(english), chinese: Some(Cow::Borrowed(chinese)) }
    }

    /// A text whose Chinese translation is in the catalogue.
    pub(crate) fn english(text: impl Into<Cow<'static, str>>) -> Self {
        Self { english: text.into(), chinese: None }
    }

    pub(crate) fn in_lang(&self, lang: Lang) -> Cow<'_, str> {
        match (lang, &self.chinese) {
            (Lang::Chinese, Some(text)) => Cow::Borrowed(text),
            (Lang::English, Some(_)) => Cow::Borrowed(&self.english),
            (lang, None) => Cow::Owned(written(&self.english, lang)),
        }
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::english(text)
    }
}

impl From<&'static str> for Text {
    fn from(text: &'static str) -> Self {
        Self::english(text)
    }
}

/// Returns a message of the catalogue with its quoted texts truncated; a message that is not in the catalogue
/// is truncated as a whole.
fn written(message: &str, lang: Lang) -> String {
    let Some((english, chinese, quotes)) = found(message) else {
        let message = shortened(message, LONGEST);
        return match lang {
            Lang::English => message.into_owned(),
            // What the schema rejects in an input object is described in the schema's own words.
            Lang::Chinese => format!("输入无效：{message}"),
        };
    };
    let template = match lang {
        Lang::English => english,
        Lang::Chinese => chinese,
    };
    let quotes: Vec<Cow<'_, str>> = quotes
        .into_iter()
        .map(|quote| match (lang, found(quote)) {
            (Lang::Chinese, Some((_, chinese, inner))) if inner.is_empty() => Cow::Borrowed(chinese),
            _ => shortened(quote, LONGEST_QUOTE),
        })
        .collect();
    filled(template, &quotes)
}

/// Returns the matching message of the catalogue, and what it quotes. If several match, the one with the most
/// words of its own.
fn found(message: &str) -> Option<(&'static str, &'static str, Vec<&str>)> {
    let fitting = MESSAGES.iter().filter_map(|(english, chinese)| {
        let quotes = quotes_of(english, message)?;
        Some((*english, *chinese, quotes))
    });
    fitting.max_by_key(|(english, ..)| english.len())
}

/// Returns what a message contains where its template has `{}`.
fn quotes_of<'m>(template: &str, message: &'m str) -> Option<Vec<&'m str>> {
    let mut literals = template.split("{}");
    let mut rest = message.strip_prefix(literals.next()?)?;
    let mut literals = literals.peekable();
    let mut quotes = Vec::new();
    while let Some(literal) = literals.next() {
        let end = if literals.peek().is_some() {
            rest.find(literal)?
        } else {
            rest.len().checked_sub(literal.len()).filter(|_| rest.ends_with(literal))?
        };
        let (quote, after) = rest.split_at_checked(end)?;
        quotes.push(quote);
        rest = after.get(literal.len()..)?;
    }
    rest.is_empty().then_some(quotes)
}

/// Inserts texts in a template: `{}` takes the next one, `{1}` the second.
fn filled(template: &str, quotes: &[Cow<'_, str>]) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    let mut next = 0;
    while let Some(start) = rest.find('{') {
        let (before, place) = rest.split_at(start);
        text.push_str(before);
        let end = place.find('}').map_or(place.len(), |end| end + 1);
        let (place, after) = place.split_at(end);
        let name = place.trim_matches(['{', '}']);
        let index = if name.is_empty() { Some(next) } else { name.parse().ok() };
        match index {
            Some(index) => text.push_str(quotes.get(index).map_or("", |quote| quote)),
            // Braces that belong to the text.
            None => text.push_str(place),
        }
        next += usize::from(name.is_empty());
        rest = after;
    }
    text.push_str(rest);
    text
}

fn shortened(text: &str, longest: usize) -> Cow<'_, str> {
    match text.char_indices().nth(longest) {
        None => Cow::Borrowed(text),
        Some((end, _)) => Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default())),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::{env, fs};

    use super::*;

    fn in_both(message: &str) -> (String, String) {
        let text = Text::english(message.to_owned());
        (text.in_lang(Lang::English).into_owned(), text.in_lang(Lang::Chinese).into_owned())
    }

    #[test]
    fn a_message_is_found_with_what_it_quotes() {
        let (english, chinese) = in_both("role \"clerk\" does not exist in \"shop\"");
        assert_eq!(english, "role \"clerk\" does not exist in \"shop\"");
        assert_eq!(chinese, "\"shop\" 中不存在角色 \"clerk\"");
        let (_, chinese) = in_both("query parameter \"page\" is no integer: \"x\"");
        assert_eq!(chinese, "查询参数 \"page\" 不是整数：\"x\"");
        let (english, chinese) = in_both("actions: 7 is not {name, description}");
        assert_eq!(english, "actions: 7 is not {name, description}");
        assert_eq!(chinese, "actions：7 不是 {name, description}");
    }

    #[test]
    fn no_message_is_as_long_as_what_was_sent() {
        for message in ["body field \"file\" is of the wrong type: ", "Unknown: ", ""] {
            let (english, chinese) = in_both(&format!("{message}{}", "长x".repeat(1_000_000)));
            assert!(english.chars().count() < 500, "{english}");
            assert!(chinese.chars().count() < 500, "{chinese}");
            assert!(english.starts_with(message));
        }
    }

    /// Returns the string literals of a file that are messages: those with a space, outside comments and
    /// tests, not given in both languages. Inserted parts read as `{}`.
    fn messages(source: &str) -> BTreeSet<String> {
        let source = source.split("#[cfg(test)]").next().unwrap();
        let code: String = source.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        let code = code.replace("'\"'", "");
        let mut found = BTreeSet::new();
        let mut parts = code.split('"');
        let mut before = parts.next().unwrap().to_owned();
        while let Some(part) = parts.next() {
            let mut literal = part.to_owned();
            while literal.ends_with('\\') {
                literal.pop();
                literal.push('"');
                literal.push_str(parts.next().unwrap());
            }
            let known = ["both(", "saying(", "reason = ", "#["]
                .iter()
                .any(|call| before.trim_end().ends_with(call.trim_end()));
            if literal.contains(' ') && !known && !literal.chars().any(|c| ('一'..='鿿').contains(&c)) {
                found.insert(holes(&literal));
            }
            before = parts.next().unwrap_or_default().to_owned();
        }
        found
    }

    /// A format string with `{}` for inserted parts, and plain braces.
    fn holes(literal: &str) -> String {
        let literal = literal.replace("{{", "\u{1}").replace("}}", "\u{2}");
        let mut text = String::new();
        let mut rest = literal.as_str();
        while let Some((words, after)) = rest.split_once('{') {
            text.push_str(words);
            text.push_str("{}");
            rest = after.split_once('}').map_or("", |(_, after)| after);
        }
        text.push_str(rest);
        text.replace('\u{1}', "{").replace('\u{2}', "}")
    }

    /// Texts that are not messages.
    const OTHER_WORDS: &[&str] = &[
        "emulated pool",
        "{} {}",
        "[year]-[month]-[day]T[hour]:[minute]:[second][optional [.[subsecond digits:1+]]]",
        "application/json; charset=utf-8",
        "params must be the JSON text of a list of {}",
        "permissionStrategy takes {} and nothing else",
        " ",
    ];

    #[test]
    fn every_message_has_its_chinese() {
        let root = format!("{}/src/emulator", env!("CARGO_MANIFEST_DIR"));
        let mut files: Vec<String> = ["rest", "args", "context", "password", "token", "users"]
            .map(|name| format!("{root}/{name}.rs"))
            .into();
        for folder in ["operations", "state", "rest"] {
            let entries = fs::read_dir(format!("{root}/{folder}")).unwrap();
            files.extend(entries.map(|entry| entry.unwrap().path().display().to_string()));
        }
        let known: BTreeSet<&str> =
            MESSAGES.iter().map(|(english, _)| *english).chain(OTHER_WORDS.iter().copied()).collect();
        let mut missing = Vec::new();
        for file in files {
            for message in messages(&fs::read_to_string(&file).unwrap()) {
                if !known.contains(message.as_str()) {
                    missing.push(format!("{message} ({})", file.rsplit('/').next().unwrap()));
                }
            }
        }
        assert!(missing.is_empty(), "not in error/chinese.rs: {missing:#?}");
        for (english, chinese) in MESSAGES {
            let holes = english.matches("{}").count();
            let places = (0..holes).filter(|index| chinese.contains(&format!("{{{index}}}"))).count();
            assert_eq!(chinese.matches("{}").count() + places, holes, "{english}");
        }
    }
}
