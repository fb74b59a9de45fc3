//! The types that readers give to scalars without quotes, by the published expressions.
//!
//! Sources: `https://yaml.org/type/` for YAML 1.1 and section 10.3.2 of `https://yaml.org/spec/1.2.2/`
//! for the core schema of YAML 1.2.

use regex_lite::Regex;

/// Types of YAML 1.1 and their expressions.
const YAML_1_1: [(&str, &[&str]); 7] = [
    (
        "bool",
        &[
            "y|Y|yes|Yes|YES|n|N|no|No|NO",
            "true|True|TRUE|false|False|FALSE",
            "on|On|ON|off|Off|OFF",
        ],
    ),
    ("null", &["~", "null|Null|NULL", ""]),
    (
        "int",
        &[
            "[-+]?0b[0-1_]+",
            "[-+]?0[0-7_]+",
            "[-+]?(?:0|[1-9][0-9_]*)",
            "[-+]?0x[0-9a-fA-F_]+",
            "[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+",
        ],
    ),
    (
        "float",
        &[
            r"[-+]?(?:[0-9][0-9_]*)?\.[0-9.]*(?:[eE][-+][0-9]+)?",
            r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*",
            r"[-+]?\.(?:inf|Inf|INF)",
            r"\.(?:nan|NaN|NAN)",
        ],
    ),
    (
        "timestamp",
        &[
            "[0-9]{4}-[0-9]{2}-[0-9]{2}",
            r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?",
        ],
    ),
    ("merge", &["<<"]),
    ("value", &["="]),
];

/// Types of the core schema of YAML 1.2 and their expressions.
const YAML_1_2: [(&str, &[&str]); 4] = [
    ("null", &["null|Null|NULL|~", ""]),
    ("bool", &["true|True|TRUE|false|False|FALSE"]),
    ("int", &["[-+]?[0-9]+", "0o[0-7]+", "0x[0-9a-fA-F]+"]),
    (
        "float",
        &[
            r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?",
            r"[-+]?(?:\.inf|\.Inf|\.INF)",
            r"\.nan|\.NaN|\.NAN",
        ],
    ),
];

/// The types of scalars without quotes.
pub(crate) struct ScalarTypes(Vec<(&'static str, Regex)>);

impl ScalarTypes {
    pub(crate) fn new() -> Self {
        let compile = |(name, patterns): &(&'static str, &[&str])| {
            let pattern = format!("^(?:{})$", patterns.join("|"));
            (*name, Regex::new(&pattern).expect("it is an expression"))
        };
        Self(YAML_1_1.iter().chain(&YAML_1_2).map(compile).collect())
    }

    /// The type other than text that some version of YAML gives to a scalar without quotes.
    pub(crate) fn other_than_text(&self, scalar: &str) -> Option<&'static str> {
        self.0.iter().find(|(_, pattern)| pattern.is_match(scalar)).map(|(name, _)| *name)
    }
}
