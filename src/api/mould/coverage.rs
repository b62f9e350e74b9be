//! Generates the documentation page that lists the operations from their files.
//!
//! `src/guide/operations.tsv` contains the names of an operation in the SDKs of other languages, and the
//! operation of this crate. The rest of the page comes from the file of the operation, from its document, and
//! from the table of the emulator. The test checks the page against all of them; run it with
//! `UPDATE_FIXTURES=1` to regenerate the page.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// Prefixes of ids, with the title of the section and the number of operations that the other SDKs have.
const SECTIONS: [(&str, &str, usize); 16] = [
    ("U", "Users", 51),
    ("R", "Roles", 20),
    ("G", "Groups", 10),
    ("P", "Policies", 11),
    ("A", "Access", 30),
    ("F", "Custom fields", 5),
    ("O", "Organisations", 31),
    ("AP", "Applications", 13),
    ("UP", "User pool", 5),
    ("W", "Allow lists", 5),
    ("S", "Audit log", 1),
    ("PA", "Principal authentication", 2),
    ("M", "Authentication", 3),
    ("X", "Second factors", 3),
    ("T", "Tenants", 11),
    ("I", "Identity providers", 11),
];

/// The facts in the file of an operation.
struct Operation {
    handle: String,
    method: String,
    builder: String,
    effect: String,
    wire: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Returns the text between the first `from` and the next `to`.
fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<&'a str> {
    text.split_once(from)?.1.split_once(to).map(|(found, _)| found)
}

impl Operation {
    fn of(path: &str) -> Self {
        let (resource, file) = path.split_once('/').unwrap();
        let source = read(&format!("src/api/{path}.rs"));
        let declared =
            source.split_once("\nrequest! {").unwrap_or_else(|| panic!("{path} declares nothing")).1;
        let body: Vec<&str> = declared
            .lines()
            .map(str::trim)
            .filter(|line| !line.starts_with("//") && !line.starts_with("#["))
            .collect();
        let body = body.join(" ");
        let builder = between(&body, "=> ", " ->").unwrap().split('<').next().unwrap().to_owned();
        let method = between(&body, "::", "(").unwrap().to_owned();
        let effect = between(&body, "effect ", ";").unwrap().to_owned();
        let wire = match between(&body, "graphql \"", ";") {
            Some(graphql) => {
                let name = graphql.split('"').next().unwrap();
                let document = between(graphql, " in \"", "\"").unwrap();
                let document =
                    fs::read_to_string(root().join("src/api").join(resource).join(document)).unwrap();
                let kind = document.split_whitespace().next().unwrap().to_owned();
                let at = between(graphql, "at \"", "\"").unwrap_or(name);
                format!("{kind} `{}`", at.split('.').next().unwrap())
            }
            None => {
                let rest = between(&body, "rest ", ";").unwrap();
                let verb = rest.split(' ').next().unwrap().to_uppercase();
                let path = rest.split('"').nth(3).unwrap();
                format!("`{verb} {path}`")
            }
        };
        assert!(body.contains("effect "), "{path}: {file}");
        Self { handle: resource.to_owned(), method, builder, effect, wire }
    }

    /// Returns what the table of the emulator says about the operation.
    fn in_pool(&self, fidelity: &BTreeMap<String, String>) -> String {
        let name = self.wire.rsplit_once('`').and_then(|(name, _)| name.split_once('`')).unwrap().1;
        fidelity.get(&without_names(name)).cloned().unwrap_or_else(|| "no".to_owned())
    }
}

/// Returns a path without the names of its parameters, which differ between the two sides.
fn without_names(path: &str) -> String {
    let mut parts = path.split('{');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str("{}");
        out.push_str(part.split_once('}').map_or("", |(_, rest)| rest));
    }
    out
}

fn fidelity() -> BTreeMap<String, String> {
    let table = read("src/emulator/fidelity.md");
    let rows = table.lines().filter_map(|line| {
        let mut cells = line.trim_matches('|').split('|').map(str::trim);
        let name = cells.next()?.strip_prefix('`')?.strip_suffix('`')?.to_owned();
        let words = if cells.next()?.starts_with("not supported") { "refuses" } else { "yes" };
        Some((without_names(&name), words.to_owned()))
    });
    rows.collect()
}

/// The calls of the official SDKs with whose requests ours are compared.
struct Compared {
    python: String,
    javascript: String,
}

impl Compared {
    fn read() -> Self {
        let calls = |file: &str| read(&format!("tests/conformance/bytes/{file}"));
        Self { python: calls("python.py"), javascript: calls("javascript.mjs") }
    }

    fn with(&self, path: &str) -> String {
        let python = self.python.contains(&format!("\n    \"{path}\": (")).then_some("Python");
        let javascript = self.javascript.contains(&format!("\n  '{path}': [")).then_some("JavaScript");
        let both: Vec<&str> = python.into_iter().chain(javascript).collect();
        if both.is_empty() { "–".to_owned() } else { both.join(", ") }
    }
}

fn page() -> String {
    let rows: Vec<Vec<String>> = read("src/guide/operations.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split('\t').map(str::to_owned).collect())
        .collect();
    let (fidelity, compared) = (fidelity(), Compared::read());
    let mut page = String::from(
        "Every operation of the official SDKs, with its equivalent in this crate.\n\n\
         The names are those of the management clients of the other SDKs. A dash means that an SDK lacks the \
         operation. The column *Compared* names the SDKs whose requests are compared with those of this \
         crate in `tests/conformance/bytes`. The column *Pool* shows whether the emulator supports it.\n\n",
    );
    let mut seen = BTreeSet::new();
    for (prefix, title, count) in SECTIONS {
        let is_here = |row: &&Vec<String>| row[0].trim_end_matches(|c: char| c.is_ascii_digit()) == prefix;
        let section: Vec<&Vec<String>> = rows.iter().filter(is_here).collect();
        assert_eq!(section.len(), count, "{title}");
        let here = section.iter().filter(|row| row[5] != "-").count();
        writeln!(page, "# {title}\n\n{here} of {count}.\n").unwrap();
        page.push_str(
            "| | This crate | Python | JavaScript | Java | Go | On the wire | Effect | Compared | Pool |\n\
             |---|---|---|---|---|---|---|---|---|---|\n",
        );
        for row in section {
            let [id, python, javascript, java, go, ours] = row.as_slice() else { panic!("{row:?}") };
            if ours == "-" {
                writeln!(page, "| {id} | not covered | {python} | {javascript} | {java} | {go} | | | | |")
                    .unwrap();
                continue;
            }
            for path in ours.split(' ') {
                seen.insert(path.to_owned());
                let own = Operation::of(path);
                let (handle, method, builder) = (&own.handle, &own.method, &own.builder);
                let link = format!("[`{handle}().{method}`](crate::{handle}::{builder})");
                let (wire, effect, pool) = (&own.wire, &own.effect, own.in_pool(&fidelity));
                let names = format!("{python} | {javascript} | {java} | {go}");
                let compared = compared.with(path);
                writeln!(page, "| {id} | {link} | {names} | {wire} | {effect} | {compared} | {pool} |")
                    .unwrap();
            }
        }
        page.push('\n');
    }
    page.push_str(
        "# Not covered\n\n\
         - A21 `authorizedTargetsCode` is not in any known schema, nor in the Python and JavaScript SDKs; only the Go \
         SDK sends it. Use [`list_authorized_targets`](crate::access::ListAuthorizedTargets) instead.\n\
         - Events and devices are not operations on a user pool.\n",
    );
    let all: BTreeSet<String> = super::fixtures::operations();
    let missing: Vec<&String> = all.difference(&seen).collect();
    assert!(missing.is_empty(), "operations without a row in src/guide/operations.tsv: {missing:?}");
    page
}

#[test]
fn the_page_of_operations_is_what_the_code_says() {
    let file = root().join("src/guide/coverage.md");
    let page = page();
    if std::env::var_os("UPDATE_FIXTURES").is_some() {
        fs::write(&file, &page).unwrap();
    }
    let refused: Vec<&str> = page.lines().filter(|line| line.ends_with("| no |")).collect();
    assert!(refused.is_empty(), "operations that the emulator does not know: {refused:#?}");
    assert_eq!(fs::read_to_string(file).unwrap_or_default(), page, "run with UPDATE_FIXTURES=1");
    println!("{} rows", page.lines().filter(|line| line.contains("](crate::")).count());
}
