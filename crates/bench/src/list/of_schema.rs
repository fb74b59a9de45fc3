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
        for (name, spec) in specs(kind) {
            let before = format!("{{name: s, identifier: s, type: {name}, spec: ");
            open.push_back((*spec, around.inside(&before, "}")));
        }
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

/// The kinds of `spec` that depend on the type beside it.
fn specs(kind: MappingKind) -> &'static [(&'static str, MappingKind)] {
    match kind {
        MappingKind::Stage => &[
            ("Custom", MappingKind::CustomSpec),
            ("Pipeline", MappingKind::ChainedSpec),
            ("Dynamic", MappingKind::DynamicSpec),
        ],
        MappingKind::Step => &[
            ("Wait", MappingKind::WaitSpec),
            ("Barrier", MappingKind::BarrierSpec),
            ("Queue", MappingKind::QueueSpec),
        ],
        _ => &[],
    }
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
            | MappingKind::InputSet
            | MappingKind::Overlay,
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
        list(name("texts that are names"), around, |i| format!("n{i}")),
        list(name("one text"), around, |_| "n".into()),
        list(name("texts that are inputs"), around, |_| "<+input>".into()),
        list(name("mappings"), around, |_| "{}".into()),
    ]
}

/// The keys of a mapping themselves: unknown ones, misspelt ones, one key again and again, axes of a matrix.
fn keys_of(kind: MappingKind, around: &Around) -> Vec<List> {
    let name = |keys: &str| format!("{kind:?}: {keys}");
    let first = kind.keys().first().map_or("x", |key| key.name);
    // Of a shorter one, only one letter may be wrong.
    let long = kind.keys().iter().map(|key| key.name).find(|key| key.len() >= 6).unwrap_or(first);
    let around = around.inside(&format!("{{{}", beside(kind, first)), "}");
    let mut lists = vec![
        list(name("unknown keys"), &around, |i| format!("k{i}: 1")),
        list(name("misspelt keys"), &around, move |i| format!("{long}{}: 1", two_letters(i))),
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

/// Two letters, others for each number up to 400 million: as many as may be wrong in a word that is known.
fn two_letters(i: usize) -> String {
    const HAN: u32 = 0x4e00;
    const COUNT: usize = 20_000;
    let letter = |i: usize| u32::try_from(i % COUNT).ok().and_then(|i| char::from_u32(HAN + i));
    [letter(i / COUNT), letter(i)].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_mapping_and_every_list_of_the_schema_is_among_them() {
        let names: BTreeSet<String> = lists().into_iter().map(|list| list.name).collect();
        let missing = |name: String| (!names.contains(&name)).then_some(name);
        let mut all = Vec::new();
        for kind in MappingKind::ALL {
            all.extend(missing(format!("{kind:?}: unknown keys")));
            for key in kind.keys() {
                for takes in key.takes {
                    let items = match takes {
                        Takes::List(_) => "names",
                        Takes::Texts | Takes::References(_) => "one text",
                        _ => continue,
                    };
                    all.extend(missing(format!("{kind:?}.{}: {items}", key.name)));
                }
            }
        }
        assert_eq!(all, [""; 0], "no text with these lists");
    }

    #[test]
    fn each_list_has_a_name_of_its_own_and_the_longer_text_has_more_of_it() {
        let lists = crate::lists();
        let names: BTreeSet<&str> = lists.iter().map(|list| list.name.as_str()).collect();
        assert_eq!(names.len(), lists.len());
        for list in &lists {
            let [none, some, more] = [0, 100, 400].map(|n| list.text(n).len());
            assert!(none < some && some < more, "{}", list.name);
        }
    }
}
