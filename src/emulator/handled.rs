//! Checks every argument of every operation against the code that carries the operation out: an argument that
//! the code never names is ignored, which is not allowed.
//!
//! The code is read as text. An operation's function names an argument if it contains the argument's name, or
//! mentions a function, a constant or an `impl` that does.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use super::graphql::engine::Engine;
use super::registry;
use super::rest::route::{Body, Param};

/// Arguments that need not be named, and why.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    ("sendEmail", "scene", "the schema checks it; no e-mail is sent in which it could show"),
    ("POST /api/v2/ad/sync", "connectionId", "the operation always refuses, by name"),
];

/// The key for what a file imports from others.
const IMPORTS: &str = "use";

/// The items of one file by name, each with its text.
type Items = BTreeMap<String, String>;

/// The name of the item that begins with this line, if one does.
fn item_of(line: &str) -> Option<String> {
    let line = line.strip_prefix("pub(crate) ").unwrap_or(line);
    let line = line.strip_prefix("const fn ").map_or(line.to_owned(), |rest| format!("fn {rest}"));
    let rest = ["fn ", "const ", "impl<'a> ", "impl "].iter().find_map(|word| line.strip_prefix(word))?;
    Some(rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default().to_owned())
}

fn items(source: &str) -> Items {
    let source = source.split("#[cfg(test)]").next().unwrap_or_default();
    let mut items = Items::new();
    let mut current: Option<String> = None;
    for line in source.lines().filter(|line| !line.trim_start().starts_with("//")) {
        if line.starts_with("use super::") {
            items.entry(IMPORTS.to_owned()).or_default().push_str(line);
        }
        if let Some(name) = item_of(line) {
            current = Some(name);
        }
        if let Some(name) = &current {
            let text = items.entry(name.clone()).or_default();
            text.push_str(line);
            text.push('\n');
        }
        if line.starts_with('}')
            || line.starts_with(']')
            || (current.is_some() && line.ends_with(';') && !line.starts_with(' '))
        {
            current = None;
        }
    }
    items
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

struct Code(BTreeMap<String, Items>);

impl Code {
    fn read() -> Self {
        let folder = format!("{}/src/emulator/operations", env!("CARGO_MANIFEST_DIR"));
        let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        Self(
            files
                .map(|path| {
                    let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
                    (name, items(&fs::read_to_string(path).unwrap()))
                })
                .collect(),
        )
    }

    /// The file and the function of a declaration such as `Route::get("/api/v2/users", Modelled, list)`.
    fn handler(&self, declarations: &[String]) -> (String, String) {
        for (file, items) in &self.0 {
            for text in ["FIELDS", "ROUTES"].iter().filter_map(|table| items.get(*table)) {
                let text: String = text.split_whitespace().collect();
                let after = declarations.iter().find_map(|declared| text.split_once(declared.as_str()));
                if let Some((_, after)) = after {
                    return (file.clone(), words(after).nth(1).unwrap().to_owned());
                }
            }
        }
        panic!("nothing is declared as {declarations:?}");
    }

    /// The texts and the stored fields that an item names, with those of the items that it mentions.
    fn names(&self, file: &str, item: &str, seen: &mut BTreeSet<(String, String)>) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let Some(text) = self.0.get(file).and_then(|items| items.get(item)) else { return found };
        if !seen.insert((file.to_owned(), item.to_owned())) {
            return found;
        }
        found.extend(text.split('"').skip(1).step_by(2).map(str::to_owned));
        if text.contains(".page()") {
            found.extend(["page".to_owned(), "limit".to_owned()]);
        }
        for field in text.split("UserField::").skip(1) {
            let name = words(field).next().unwrap_or_default();
            found.insert(format!("{}{}", name[..1].to_lowercase(), &name[1..]));
        }
        let imports = self.0.get(file).and_then(|items| items.get(IMPORTS)).map_or("", String::as_str);
        let imported: BTreeSet<&str> = words(imports).collect();
        for word in words(text).collect::<BTreeSet<_>>() {
            if self.0.get(file).is_some_and(|items| items.contains_key(word)) {
                found.extend(self.names(file, word, seen));
            } else if imported.contains(word) {
                let others = self.0.iter().filter(|(_, items)| items.contains_key(word));
                for (other, _) in others {
                    found.extend(self.names(other, word, seen));
                }
            }
        }
        found
    }
}

#[test]
fn no_argument_is_ignored() {
    let code = Code::read();
    let engine = Engine::get().unwrap();
    let mut operations: Vec<(String, Vec<String>, Vec<String>)> = Vec::new();
    for field in registry::fields() {
        let declared = engine.schema.type_field(field.parent, field.name).unwrap();
        let arguments = declared.arguments.iter().map(|argument| argument.name.to_string());
        let declaration = match field.parent {
            "Query" => format!("query(\"{}\",", field.name),
            "Mutation" => format!("mutation(\"{}\",", field.name),
            parent => format!("of(\"{parent}\",\"{}\",", field.name),
        };
        operations.push((field.name.to_owned(), vec![declaration], arguments.collect()));
    }
    for route in registry::routes() {
        let body: &[Param] = match route.body {
            Body::Fields(params) => params,
            _ => &[],
        };
        let params = route.query.iter().chain(body).map(|param| param.name.to_owned());
        let parts = route.path.split(['{', '}']).skip(1).step_by(2).map(str::to_owned);
        let name = format!("{} {}", route.method, route.path);
        let method = route.method.to_string().to_lowercase();
        let declared = |call: &str| format!("Route::{call}(\"{}\",", route.path);
        let mut declarations = vec![declared(&method)];
        if method == "post" {
            declarations.push(declared("ask"));
        }
        operations.push((name, declarations, params.chain(parts).collect()));
    }
    let mut ignored = Vec::new();
    let mut count = 0;
    for (operation, declarations, arguments) in operations {
        let (file, handler) = code.handler(&declarations);
        let names = code.names(&file, &handler, &mut BTreeSet::new());
        for argument in arguments {
            count += 1;
            let excepted = EXCEPTIONS.iter().any(|(own, name, _)| *own == operation && *name == argument);
            if !excepted && !names.contains(&argument) && !names.contains(&format!("body.{argument}")) {
                ignored.push(format!("{operation}: {argument}"));
            }
        }
    }
    assert!(count > 500, "only {count} arguments were looked at");
    assert!(ignored.is_empty(), "arguments that are taken and ignored: {ignored:#?}");
}
