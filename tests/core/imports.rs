//! Modules import in one direction: no two files import each other, be it by way of others.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Crates, by their folders.
const CRATES: &[&str] = &[
    "crates/assist",
    "crates/bench",
    "crates/cli",
    "crates/embed",
    "crates/engine",
    "crates/export",
    "crates/form",
    "crates/import",
    "crates/inputs",
    "crates/map",
    "crates/planner",
    "crates/schema",
    "crates/share",
    "crates/span",
    "crates/timeline",
    "crates/xtask",
    "crates/yaml",
    "web",
];

/// Lists all modules beside it.
const LIST_OF_RULES: &str = "rules::chapters";

/// `a::b` as its parts; the root of a crate has none.
type ModulePath = Vec<String>;

#[test]
fn modules_import_in_one_direction() {
    for name in CRATES {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name).join("src");
        let mut modules = BTreeMap::new();
        collect(&folder, &Vec::new(), &mut modules);
        modules.retain(|module, _| module.join("::") != LIST_OF_RULES);
        let mut imports: BTreeMap<&ModulePath, BTreeSet<&ModulePath>> = modules
            .iter()
            .map(|(module, text)| (module, imports_of(module, text, &modules)))
            .collect();
        // Whoever imports nothing that is left is in no circle.
        while let Some(leaf) = imports.iter().find(|(_, to)| to.is_empty()).map(|(of, _)| *of) {
            imports.remove(leaf);
            imports.values_mut().for_each(|to| _ = to.remove(leaf));
        }
        let left: Vec<String> = imports.keys().map(|module| module.join("::")).collect();
        assert!(left.is_empty(), "of the crate {name}, these import each other: {left:?}");
    }
}

#[test]
fn a_circle_is_found() {
    let module = |path: &str| path.split("::").map(str::to_owned).collect::<ModulePath>();
    let modules = BTreeMap::from([
        (module("a"), String::new()),
        (module("a::b"), "use super::c::{self, D};\nuse crate::x::Y;\n".to_owned()),
        (module("a::c"), "#[cfg(test)]\nuse super::b;\n".to_owned()),
        (module("a::d"), "pub(super) use super::{\n    b::{E, F},\n    G,\n};\n".to_owned()),
    ]);
    let imports = |of: &str| -> Vec<String> {
        let of = module(of);
        imports_of(&of, &modules[&of], &modules).iter().map(|to| to.join("::")).collect()
    };
    assert_eq!(imports("a::b"), ["a::c"]);
    assert_eq!(imports("a::c"), [""; 0]);
    assert_eq!(imports("a::d"), ["a", "a::b"]);
}

fn collect(folder: &Path, parent: &ModulePath, modules: &mut BTreeMap<ModulePath, String>) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        let name = path.file_stem().expect("it has a name").to_string_lossy().into_owned();
        let module = match name.as_str() {
            "lib" | "main" if parent.is_empty() => Vec::new(),
            "mod" => parent.clone(),
            _ => [&parent[..], &[name]].concat(),
        };
        if path.is_dir() {
            collect(&path, &module, modules);
        } else if path.extension().is_some_and(|it| it == "rs") {
            modules.insert(module, fs::read_to_string(path).expect("it can be read"));
        }
    }
}

/// The modules that a module imports, tests aside.
fn imports_of<'m>(
    module: &ModulePath,
    text: &str,
    modules: &'m BTreeMap<ModulePath, String>,
) -> BTreeSet<&'m ModulePath> {
    let text = format!("\n{}", text.split("#[cfg(test)]").next().unwrap_or_default());
    let statements = text.split("\nuse ").skip(1).chain(
        ["\npub use ", "\npub(super) use ", "\npub(crate) use "]
            .iter()
            .flat_map(|start| text.split(start).skip(1)),
    );
    let mut paths = Vec::new();
    for statement in statements {
        expand(&[], statement.split(';').next().unwrap_or_default(), &mut paths);
    }
    let of_path = |path: ModulePath| {
        let ups = path.iter().take_while(|part| *part == "super").count();
        let start = match path[0].as_str() {
            "crate" => Vec::new(),
            "super" => module[..module.len() - ups].to_vec(),
            _ => module.clone(),
        };
        let rest = path.into_iter().skip(if ups > 0 { ups } else { usize::from(start.is_empty()) });
        let path: ModulePath = start.into_iter().chain(rest).collect();
        let longest = (1..=path.len()).rev().find_map(|len| modules.get_key_value(&path[..len]));
        longest.map(|(found, _)| found).filter(|found| *found != module)
    };
    paths.into_iter().filter_map(of_path).collect()
}

/// `a::{b, c::d}` as `a::b` and `a::c::d`.
fn expand(prefix: &[String], tree: &str, paths: &mut Vec<ModulePath>) {
    let with = |path: &str| {
        let parts = path.split("::").map(str::trim).filter(|part| !part.is_empty());
        [prefix, &parts.map(str::to_owned).collect::<Vec<_>>()].concat()
    };
    let Some((before, inner)) = tree.split_once('{') else {
        return paths.push(with(tree));
    };
    let prefix = with(before);
    let mut depth = 0;
    let branches = inner.trim_end().trim_end_matches('}').split(|c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == ',' && depth == 0
    });
    for branch in branches.filter(|branch| !branch.trim().is_empty()) {
        expand(&prefix, branch, paths);
    }
}
