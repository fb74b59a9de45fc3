//! What each crate may depend on: data flows one way, and no crate imports from one above it.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use serde::Deserialize;

/// Crates from the bottom up, each with the crates of the workspace that it may depend on. Tests may use
/// more: dev-dependencies are not looked at.
const LAYERS: &[(&str, &[&str])] = &[
    ("map", &[]),
    ("span", &[]),
    ("schema", &[]),
    ("yaml", &["map", "span"]),
    ("engine", &["map", "span"]),
    ("planner", &["engine", "map", "schema", "span", "yaml"]),
    ("timeline", &["engine", "map"]),
    ("assist", &["engine", "map", "planner", "schema", "span", "yaml"]),
    ("form", &["engine", "map", "planner", "schema", "span", "yaml"]),
    ("inputs", &["engine", "map", "planner", "span", "yaml"]),
    ("migrate", &["engine", "map", "planner", "schema", "span", "yaml"]),
    ("import", &["planner", "yaml"]),
    ("share", &["engine", "map", "planner", "timeline"]),
    ("export", &["engine", "map", "planner", "timeline", "yaml"]),
    ("embed", &["engine", "export", "map", "planner", "share", "timeline"]),
    (
        CLI,
        &[
            "assist", "engine", "export", "import", "map", "migrate", "planner", "share", "span",
            "timeline", "yaml",
        ],
    ),
    (
        "bench",
        &[
            "assist", "engine", "export", "form", "import", "inputs", "map", "migrate", "planner",
            "schema", "timeline", "yaml",
        ],
    ),
    (
        "web",
        &[
            "assist", "engine", "export", "form", "import", "inputs", "map", "migrate", "planner",
            "share", "span", "timeline", "yaml",
        ],
    ),
    ("tests", &[]),
    ("xtask", &[]),
];

/// The package on the command line is named like the product.
const CLI: &str = "cli";

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    /// `None` for a plain dependency, else `dev` or `build`.
    kind: Option<String>,
    /// Folder of a dependency in the workspace.
    path: Option<String>,
}

#[test]
fn no_crate_imports_from_one_above_it() {
    let found = dependencies();
    let allowed: BTreeMap<&str, &[&str]> = LAYERS.iter().copied().collect();
    let names: Vec<&str> = found.keys().map(String::as_str).collect();
    assert_eq!(names, allowed.keys().copied().collect::<Vec<_>>(), "each crate is in the table");
    for (name, dependencies) in &found {
        let allowed = allowed[name.as_str()];
        let upward: Vec<&String> =
            dependencies.iter().filter(|it| !allowed.contains(&it.as_str())).collect();
        assert!(upward.is_empty(), "`{name}` may depend on {allowed:?}, not on {upward:?}");
    }
}

#[test]
fn the_table_goes_from_the_bottom_up() {
    for (at, (name, allowed)) in LAYERS.iter().enumerate() {
        let below: Vec<&str> = LAYERS[..at].iter().map(|(name, _)| *name).collect();
        assert!(
            allowed.iter().all(|it| below.contains(it)),
            "`{name}` stands above what it may use"
        );
    }
}

/// The crates of the workspace by name, each with those that it depends on.
fn dependencies() -> BTreeMap<String, Vec<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(root)
        .output()
        .expect("cargo can be started");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Metadata = serde_json::from_slice(&output.stdout).expect("it is metadata");
    let of = |package: Package| {
        let inside = package.dependencies.into_iter().filter(|dependency| {
            dependency.path.is_some() && dependency.kind.as_deref() != Some("dev")
        });
        (short(&package.name), inside.map(|dependency| short(&dependency.name)).collect())
    };
    metadata.packages.into_iter().map(of).collect()
}

fn short(name: &str) -> String {
    if name == "deployline" { CLI } else { name.trim_start_matches("deployline-") }.to_owned()
}
