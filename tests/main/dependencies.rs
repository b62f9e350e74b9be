//! How many crates the dependencies add to a build.

use std::collections::BTreeSet;
use std::process::Command;

/// How many crates the build has in addition to `ureq`, `serde` and `serde_json`: with the default transport
/// alone, and with password encryption as well.
const FIGURES: (usize, usize) = (7, 33);

/// The crates of a build with these features, as `name version`, and those among them that ureq, serde and
/// serde_json depend on.
fn tree(features: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--locked", "-e", "normal", "--prefix", "depth", "--no-dedupe"])
        .args(["--no-default-features", "--features", features])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let (mut all, mut baseline) = (BTreeSet::new(), BTreeSet::new());
    let mut is_baseline = false;
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let digits = line.find(|c: char| !c.is_ascii_digit()).unwrap();
        let (depth, name) = line.split_at(digits);
        let name = name.split(' ').take(2).collect::<Vec<_>>().join(" ");
        match depth.parse::<u32>().unwrap() {
            0 => continue,
            1 => is_baseline = ["ureq", "serde", "serde_json"].contains(&name.split(' ').next().unwrap()),
            _ => {}
        }
        if is_baseline {
            baseline.insert(name.clone());
        }
        all.insert(name);
    }
    (all, baseline)
}

#[test]
fn the_default_transport_brings_few_crates_and_no_runtime() {
    let (all, baseline) = tree("ureq");
    let ours: Vec<&String> = all.difference(&baseline).collect();
    let (with_password, _) = tree("ureq,password");
    let (default, _) = tree("default");
    println!("ureq, serde and serde_json: {} crates", baseline.len());
    println!("feature ureq: {} crates, {} of them ours: {ours:?}", all.len(), ours.len());
    println!(
        "features ureq and password: {} crates, {} more: {:?}",
        with_password.len(),
        with_password.difference(&all).count(),
        with_password.difference(&all).collect::<Vec<_>>()
    );
    assert_eq!(default, with_password, "these are the default features");
    assert!(baseline.len() > 20, "{baseline:?}");
    let figures = (ours.len(), with_password.difference(&baseline).count());
    assert_eq!(figures, FIGURES, "{ours:?}");
    let readme = include_str!("../../README.md");
    let stated = format!(
        "{} crates in addition to `ureq`, `serde` and `serde_json`; {} with password encryption",
        figures.0, figures.1
    );
    assert!(readme.contains(&stated), "the README does not say: {stated}");
    for name in &default {
        let name = name.split(' ').next().unwrap();
        let is_runtime = ["tokio", "hyper", "async-std", "smol", "futures", "reqwest", "url", "openssl"]
            .iter()
            .any(|unwanted| {
                name == *unwanted
                    || name.strip_prefix(unwanted).is_some_and(|rest| rest.starts_with(['-', '_']))
            });
        assert!(!is_runtime, "{name} is in the default build");
    }
}
