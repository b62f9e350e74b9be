//! Every GraphQL document that the crate sends, held against the schema, with the variables that go with it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use apollo_compiler::request::coerce_variable_values;
use apollo_compiler::response::JsonMap;
use apollo_compiler::{ExecutableDocument, Schema};
use authing::transport::Response;
use serde_json::Value;

use crate::samples::SAMPLES;
use crate::support::{Log, answering};

const SDL: &str = "src/emulator/authing-v2.graphql";

/// What the GraphQL samples and the fetching of the token send: operation name, document, variables.
fn sent() -> BTreeMap<String, (String, Value)> {
    let log = Log::default();
    let client = answering(&log, |_| Response::new(200, "{}")).build().unwrap();
    for sample in SAMPLES {
        (sample.send_raw)(&client).unwrap_or_else(|error| panic!("{}: {error}", sample.folder));
    }
    let (graphql, rest): (Vec<_>, Vec<_>) =
        log.requests().into_iter().partition(|request| request.url().ends_with("/graphql/v2"));
    assert_eq!(graphql.len() + rest.len(), SAMPLES.len() + 1, "one request each, and the token");
    let count = graphql.len();
    let documents: BTreeMap<_, _> = graphql
        .into_iter()
        .map(|request| {
            let mut body: Value = serde_json::from_slice(request.body().unwrap()).unwrap();
            let name = body["operationName"].as_str().unwrap().to_owned();
            assert_eq!(name, request.operation());
            (name, (body["query"].as_str().unwrap().to_owned(), body["variables"].take()))
        })
        .collect();
    assert_eq!(documents.len(), count, "two operations have one name");
    documents
}

fn graphql_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| match path.is_dir() {
            true => graphql_files(&path),
            false => vec![path],
        })
        .filter(|path| {
            path.extension().is_some_and(|extension| extension == "graphql") && !path.ends_with(SDL)
        })
        .collect()
}

#[test]
fn every_document_and_its_variables_are_valid() {
    let sdl = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(SDL)).unwrap();
    let schema = Schema::parse_and_validate(&sdl, SDL).unwrap_or_else(|invalid| panic!("{}", invalid.errors));
    let sent = sent();
    for (name, (document, variables)) in &sent {
        let document = ExecutableDocument::parse_and_validate(&schema, document, format!("{name}.graphql"))
            .unwrap_or_else(|invalid| panic!("{name}: {}", invalid.errors));
        let operation =
            document.operations.get(Some(name)).unwrap_or_else(|_| panic!("{name}: no such operation"));
        let values: JsonMap = serde_json::from_value(variables.clone()).unwrap();
        coerce_variable_values(&schema, operation, &values)
            .unwrap_or_else(|refused| panic!("{name}: {}", refused.message()));
        for given in variables.as_object().unwrap().keys() {
            let is_declared = operation.variables.iter().any(|variable| variable.name == given.as_str());
            assert!(is_declared, "{name}: ${given} is sent and not declared");
        }
    }
    println!("{} documents are valid, with their variables", sent.len());
}

#[test]
fn a_document_that_the_schema_does_not_know_would_be_found() {
    let sdl = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(SDL)).unwrap();
    let schema = Schema::parse_and_validate(sdl, SDL).unwrap();
    for wrong in
        ["query { users { totalCount lost } }", "query ($id: Int) { user(id: $id) { id } }", "query {"]
    {
        assert!(ExecutableDocument::parse_and_validate(&schema, wrong, "wrong.graphql").is_err(), "{wrong}");
    }
}

/// A file that no document is made of is dead, or was forgotten in a `request!`.
#[test]
fn every_graphql_file_is_named_by_the_source_beside_it() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = graphql_files(&source);
    assert!(files.len() > SAMPLES.len());
    for file in files {
        let folder = file.parent().unwrap();
        let name = file.file_name().unwrap().to_str().unwrap();
        let beside = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        // Or by its path from the folder of another resource.
        let others = fs::read_dir(source.join("api")).unwrap().map(|entry| entry.unwrap().path());
        let others = others.filter(|path| path.is_dir()).flat_map(|folder| fs::read_dir(folder).unwrap());
        let path_from_others = format!("../{}/{name}\"", folder.file_name().unwrap().to_str().unwrap());
        let mut sources = beside
            .chain([folder.with_extension("rs")])
            .chain(others.map(|entry| entry.unwrap().path()))
            .filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
        let is_named = sources.any(|path| {
            let text = fs::read_to_string(&path).unwrap();
            let is_beside = path.parent() == Some(folder) || path == folder.with_extension("rs");
            is_beside && (text.contains(&format!("\"{name}\"")) || text.contains(&format!("/{name}\"")))
                || text.contains(&path_from_others)
        });
        assert!(is_named, "{} is not used", file.display());
    }
}
