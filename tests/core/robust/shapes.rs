//! Valid YAML of the wrong shape: known keys of both schemas with anything below them, in lines, in
//! brackets, or in both.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

const KEYS: [&str; 40] = [
    "service",
    "services",
    "serviceRef",
    "values",
    "items",
    "metadata",
    "parallel",
    "environment",
    "environments",
    "environmentRef",
    "environmentGroup",
    "envGroupRef",
    "infrastructureDefinitions",
    "identifier",
    "deployToAll",
    "deploy-to",
    "filters",
    "on-failure",
    "strategy",
    "matrix",
    "exclude",
    "repeat",
    "times",
    "parallelism",
    "maxConcurrency",
    "max-parallel",
    "for",
    "useFromStage",
    "stage",
    "stages",
    "group",
    "spec",
    "type",
    "name",
    "id",
    "when",
    "condition",
    "template",
    "templateRef",
    "? odd",
];

const SCALARS: [&str; 14] = [
    "a",
    "b",
    "",
    "~",
    "true",
    "3",
    "<+input>",
    "'it''s'",
    "\"x: y\"",
    "Deployment",
    "Custom",
    "all",
    "<+matrix.a>",
    "&x a",
];

#[derive(Clone, Debug)]
enum Tree {
    Scalar(&'static str),
    Map(Vec<(&'static str, Tree)>, Style),
    List(Vec<Tree>, Style),
}

/// In brackets; a comment in each line; lists no deeper than their key.
#[derive(Clone, Copy, Debug)]
struct Style {
    is_flow: bool,
    has_comments: bool,
    is_flat: bool,
}

fn style() -> impl Strategy<Value = Style> {
    (0..3usize, any::<bool>(), any::<bool>()).prop_map(|(flow, has_comments, is_flat)| Style {
        is_flow: flow == 0,
        has_comments,
        is_flat,
    })
}

fn entries(tree: BoxedStrategy<Tree>) -> impl Strategy<Value = Vec<(&'static str, Tree)>> {
    vec((select(&KEYS), tree), 0..5).prop_map(|entries| {
        let mut kept: Vec<(&str, Tree)> = Vec::new();
        for (key, tree) in entries {
            if kept.iter().all(|(other, _)| *other != key) {
                kept.push((key, tree));
            }
        }
        kept
    })
}

fn tree() -> impl Strategy<Value = Tree> {
    select(&SCALARS).prop_map(Tree::Scalar).prop_recursive(5, 40, 5, |inner| {
        prop_oneof![
            2 => (entries(inner.clone().boxed()), style()).prop_map(|(it, style)| Tree::Map(it, style)),
            1 => (vec(inner, 0..4), style()).prop_map(|(it, style)| Tree::List(it, style)),
        ]
    })
}

/// Two stages of either schema.
pub(crate) fn stages() -> impl Strategy<Value = String> {
    let stage = || entries(tree().boxed());
    (stage(), stage(), any::<bool>(), style()).prop_map(|(first, second, is_v1, style)| {
        let style = Style { is_flow: false, ..style };
        let stage = |id: &'static str, entries: Vec<(&'static str, Tree)>| {
            if is_v1 {
                let id = [("id", Tree::Scalar(id))].into_iter();
                return Tree::Map(
                    id.chain(entries.into_iter().filter(|it| it.0 != "id")).collect(),
                    style,
                );
            }
            let spec = Tree::Map(entries, style);
            let entries = vec![
                ("identifier", Tree::Scalar(id)),
                ("type", Tree::Scalar("Deployment")),
                ("spec", spec),
            ];
            Tree::Map(vec![("stage", Tree::Map(entries, style))], style)
        };
        let stages = Tree::List(vec![stage("a", first), stage("b", second)], style);
        let mut text = String::new();
        write(&Tree::Map(vec![("stages", stages)], style), 0, &mut text);
        text + "\n"
    })
}

/// Writes a tree behind what is there: lines start at `column`.
fn write(tree: &Tree, column: usize, out: &mut String) {
    let new_line = |column: usize, style: &Style, out: &mut String| {
        *out += if style.has_comments { " # c\n" } else { "\n" };
        *out += &" ".repeat(column);
    };
    match tree {
        Tree::Map(entries, style) if !style.is_flow && !entries.is_empty() => {
            for (at, (key, value)) in entries.iter().enumerate() {
                if at > 0 {
                    new_line(column, style, out);
                }
                *out += &format!("{key}:");
                let is_list = matches!(value, Tree::List(..));
                let below = if is_list && style.is_flat { column } else { column + 2 };
                if is_block(value) {
                    new_line(below, style, out);
                } else {
                    out.push(' ');
                }
                write(value, below, out);
            }
        }
        Tree::List(items, style) if !style.is_flow && !items.is_empty() => {
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    new_line(column, style, out);
                }
                *out += "- ";
                write(item, column + 2, out);
            }
        }
        _ => *out += &flow(tree),
    }
}

fn is_block(tree: &Tree) -> bool {
    match tree {
        Tree::Map(entries, style) => !style.is_flow && !entries.is_empty(),
        Tree::List(items, style) => !style.is_flow && !items.is_empty(),
        Tree::Scalar(_) => false,
    }
}

fn flow(tree: &Tree) -> String {
    match tree {
        Tree::Scalar(text) => (*text).to_owned(),
        Tree::Map(entries, _) => {
            let entries = entries.iter().map(|(key, value)| format!("{key}: {}", flow(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
        Tree::List(items, _) => {
            format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", "))
        }
    }
}
