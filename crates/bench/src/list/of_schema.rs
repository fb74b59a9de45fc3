//! Lists of the schema: for each mapping and each of its keys that takes a list.

use std::rc::Rc;

use deployline_schema::{MappingKind, Takes};

use super::{List, repeat};

/// The text around a mapping.
#[derive(Clone)]
struct Around {
    before: String,
    after: String,
}

impl Around {
    fn inside(&self, before: &str, after: &str) -> Self {
        Self { before: format!("{}{before}", self.before), after: format!("{after}{}", self.after) }
    }
}

/// Every list below a whole document, by the shortest way to it.
pub(super) fn lists() -> Vec<List> {
    let mut lists = Vec::new();
    let mut seen = Vec::new();
    let root = Around { before: String::new(), after: "\n".into() };
    let mut open = std::collections::VecDeque::from([
        (MappingKind::Document, root.clone()),
        (MappingKind::V1Document, root),
    ]);
    while let Some((kind, around)) = open.pop_front() {
        if seen.contains(&kind) {
            continue;
        }
        seen.push(kind);
        lists.extend(keys_of(kind, &around));
        for key in kind.keys() {
            let beside = beside(kind, key.name);
            for takes in key.takes {
                let (before, after) = (format!("{{{beside}{}: ", key.name), "}");
                match takes {
                    Takes::Mapping(below) => {
                        open.push_back((*below, around.inside(&before, after)));
                    }
                    Takes::List(below) => {
                        let list = around.inside(&format!("{before}["), &format!("]{after}"));
                        open.push_back((*below, list.clone()));
                        lists.extend(items_of(kind, key.name, *below, &list));
                    }
                    Takes::Texts | Takes::References(_) => {
                        let list = around.inside(&format!("{before}["), &format!("]{after}"));
                        lists.extend(texts_of(kind, key.name, &list));
                    }
                    _ => {}
                }
            }
        }
    }
    lists
}

/// The keys that a mapping needs beside `key` to be read.
fn beside(kind: MappingKind, key: &str) -> &'static str {
    match (kind, key) {
        (MappingKind::V1Document, _) => "version: 1, ",
        (MappingKind::Pipeline, _) => "name: p, identifier: p, ",
        (MappingKind::Stage, "spec") => "name: s, identifier: s, type: Deployment, ",
        (MappingKind::Stage, _) => "name: s, identifier: s, type: Deployment, spec: {}, ",
        (MappingKind::TemplateEntity, _) => "identifier: t, versionLabel: v, type: Stage, ",
        (MappingKind::InfrastructureEntity, _) => "identifier: i, environmentRef: e, ",
        (
            MappingKind::ServiceEntity
            | MappingKind::EnvironmentEntity
            | MappingKind::GroupEntity
            | MappingKind::InputSet,
            _,
        ) => "identifier: x, ",
        (MappingKind::Environment, "environmentRef") | (MappingKind::Group, "envGroupRef") => "",
        (MappingKind::Environment, _) => "environmentRef: e, ",
        (MappingKind::Group, _) => "envGroupRef: g, ",
        (MappingKind::Filter, _) => "identifier: f, type: tags, ",
        _ => "",
    }
}

fn list(name: String, around: &Around, item: impl Fn(usize) -> String + 'static) -> List {
    let around = Rc::new(around.clone());
    List::new(name, move |n| {
        format!("{}\n{}{}", around.before, repeat(n, |i| format!(" {},\n", item(i))), around.after)
    })
}

/// A list of mappings: with names of their own, with one name, without, with a wrong key, with inputs.
fn items_of(kind: MappingKind, key: &str, below: MappingKind, around: &Around) -> Vec<List> {
    let name = |items: &str| format!("{kind:?}.{key}: {items}");
    let item = move |text: &str| match below {
        MappingKind::Entry => {
            format!("{{stage: {{identifier: {text}, name: {text}, type: Approval}}}}")
        }
        MappingKind::V1Stage => format!("{{id: {text}, steps: []}}"),
        _ => match below.first_key() {
            Some(key) => format!("{{{key}: {text}}}"),
            None => format!("{{x: {text}}}"),
        },
    };
    vec![
        list(name("names"), around, move |i| item(&format!("n{i}"))),
        list(name("one name"), around, move |_| item("n")),
        list(name("empty"), around, |_| "{}".into()),
        list(name("wrong keys"), around, |_| "{zzz: 1}".into()),
        list(name("inputs"), around, move |_| item("<+input>")),
        list(name("texts"), around, |i| format!("t{i}")),
    ]
}

fn texts_of(kind: MappingKind, key: &str, around: &Around) -> Vec<List> {
    let name = |items: &str| format!("{kind:?}.{key}: {items}");
    vec![
        list(name("names"), around, |i| format!("n{i}")),
        list(name("one name"), around, |_| "n".into()),
        list(name("inputs"), around, |_| "<+input>".into()),
        list(name("mappings"), around, |_| "{}".into()),
    ]
}

/// The keys of a mapping themselves: unknown ones, one key again and again, axes of a matrix.
fn keys_of(kind: MappingKind, around: &Around) -> Vec<List> {
    let name = |keys: &str| format!("{kind:?}: {keys}");
    let first = kind.keys().first().map_or("x", |key| key.name);
    let around = around.inside(&format!("{{{}", beside(kind, first)), "}");
    let mut lists = vec![
        list(name("unknown keys"), &around, |i| format!("k{i}: 1")),
        list(name("one key again"), &around, move |_| format!("{first}: 1")),
    ];
    if kind.is_open() {
        lists.push(list(name("axes"), &around, |i| format!("k{i}: [a]")));
        lists.push(list(name("values of an axis"), &around.inside("a: [", "]"), |i| {
            format!("v{i}")
        }));
    }
    lists
}
