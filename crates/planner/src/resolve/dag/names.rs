//! The names in `dependsOn`, and the stages that they mean.

use deployline_map::Map;
use deployline_span::Span;
use deployline_yaml::{Fix, NodeKind};

use crate::resolve::context::Reader;
use crate::resolve::found;
use crate::resolve::given_list::{self, GivenList};
use crate::resolve::item::Item;
use crate::resolve::scalar::{self, Scalar, expression};
use crate::resolve::view::View;
use crate::{fix, rules};

/// In how many stages a name is looked for that is spelt like another.
const MAX_STAGES: usize = 100;

/// The key of the dependencies.
pub(super) const KEY: &str = "dependsOn";

/// A stage that another one names.
pub(in crate::resolve) struct Dependency {
    pub(in crate::resolve) stage: usize,
    /// Its name in the list.
    pub(in crate::resolve) span: Span,
}

/// The stages by their identifiers, and by their names.
pub(super) struct Names<'a> {
    identifiers: Vec<Option<&'a str>>,
    by_identifier: Map<&'a str, usize>,
    by_name: Map<&'a str, usize>,
}

impl<'a> Names<'a> {
    pub(super) fn of(items: &[Item<'a>]) -> Self {
        let (mut by_identifier, mut by_name) = (Map::new(), Map::new());
        let mut identifiers = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            let stage = item.view.value("stage");
            let text = |key| stage.as_ref().and_then(|stage| stage.str_of(key));
            let (identifier, name) = (text("identifier"), text("name"));
            // What several stages have stands for the first.
            identifier
                .or(name)
                .into_iter()
                .for_each(|it| _ = by_identifier.or_insert_with(it, || index));
            name.into_iter().for_each(|it| _ = by_name.or_insert_with(it, || index));
            identifiers.push(identifier.or(name));
        }
        Self { identifiers, by_identifier, by_name }
    }

    /// The identifier of a stage, or its place where it has none.
    pub(super) fn name(&self, stage: usize) -> String {
        self.identifiers[stage].map_or_else(|| format!("stage {}", stage + 1), str::to_owned)
    }

    /// The stage with an identifier, or with this name and no identifier.
    pub(super) fn index_of(&self, identifier: &str) -> Option<usize> {
        self.by_identifier.get(identifier).copied()
    }

    /// The stages that one waits for, each once.
    pub(super) fn dependencies(
        &self,
        item: &Item<'a>,
        reader: &mut Reader<'_, 'a>,
    ) -> Vec<Dependency> {
        let Some(stage) = item.view.value("stage") else { return Vec::new() };
        let Some((_, list)) = stage.entry(KEY) else {
            report_missing(&stage, reader);
            return Vec::new();
        };
        let names = names_in(&list, reader);
        let mut first_places: Map<usize, Span> = Map::new();
        let mut found = Vec::new();
        for (name, place) in names {
            let Some(stage) = self.look_up(&name, &place, reader) else { continue };
            let span = place.span();
            match first_places.get(&stage) {
                Some(first) => report_twice(&self.name(stage), span, *first, reader),
                None => found.push(Dependency { stage, span }),
            }
            first_places.or_insert_with(stage, || span);
        }
        found
    }

    fn look_up(&self, text: &str, name: &View<'a>, reader: &mut Reader<'_, 'a>) -> Option<usize> {
        let found = self.index_of(text);
        if found.is_none() {
            let by = found::named_by(name);
            let message = format!(
                "There is no stage `{text}` to wait for{by}. Expected the `identifier` of a stage of this pipeline; the \
                 stage is drawn without this dependency."
            );
            let fix = self.meant(name, text);
            reader.report_with_fix(&rules::DEPENDENCY_UNKNOWN, name.span(), message, fix);
        }
        found
    }

    /// The stage that a name was to mean: one whose `name` it is, or that is spelt like it.
    fn meant(&self, name: &View<'a>, text: &str) -> Option<Fix> {
        if let Some(identifier) = self.by_name.get(text).and_then(|it| self.identifiers[*it]) {
            return fix::text(name.node(), identifier);
        }
        let known = self.identifiers.iter().filter(|_| self.identifiers.len() <= MAX_STAGES);
        fix::spelling(name.node(), &mut known.flatten().copied())
    }
}

/// The names in a list, or those that an expression gives, each with its place.
fn names_in<'a>(list: &View<'a>, reader: &mut Reader<'_, 'a>) -> Vec<(String, View<'a>)> {
    if expression(list).is_some()
        && let GivenList::Known(texts) = given_list::read(KEY, list, reader)
    {
        return texts.into_iter().map(|text| (text, list.clone())).collect();
    }
    let items = match list.kind() {
        NodeKind::Sequence => list.items(),
        NodeKind::Scalar | NodeKind::Mapping => vec![list.clone()],
        NodeKind::Null => Vec::new(),
    };
    let named = |item: &View<'a>| Some((name_in(item, reader)?, item.clone()));
    let names: Vec<_> = items.iter().filter_map(named).collect();
    if list.kind() == NodeKind::Scalar && !names.is_empty() {
        report_no_list(list, reader);
    }
    names
}

/// The name of a stage; `None` where there is none, or only a run knows it: reports that.
fn name_in(item: &View<'_>, reader: &mut Reader<'_, '_>) -> Option<String> {
    match scalar::read(item, reader) {
        Some(Scalar::Known(text)) if !text.trim().is_empty() => Some(text),
        Some(Scalar::Runtime(_)) => {
            let subject = ("What this stage waits for is", "It is drawn without this dependency.");
            scalar::report_given(item.span(), subject, scalar::written(item), reader);
            None
        }
        _ => {
            report_no_name(item, reader);
            None
        }
    }
}

fn report_missing(stage: &View<'_>, reader: &mut Reader<'_, '_>) {
    let text = |key| stage.str_of(key);
    let name = text("identifier").or_else(|| text("name")).unwrap_or("without a name");
    let message = format!(
        "The stage `{name}` has no `dependsOn`, so in a DAG it starts at once, where in an ordinary pipeline it would \
         wait for the one before it. Write `dependsOn: []` if that is meant."
    );
    reader.report(&rules::DEPENDS_ON_MISSING, stage.first_key_span(), message);
}

fn report_no_name(item: &View<'_>, reader: &mut Reader<'_, '_>) {
    let expected = "Expected a list of identifiers of stages here, as in `dependsOn: [build, test]`. The stage is drawn \
                   without this dependency.";
    found::report(&rules::DEPENDS_ON_INVALID, item, expected, reader);
}

fn report_no_list(text: &View<'_>, reader: &mut Reader<'_, '_>) {
    let message = "Expected a list here, as in `dependsOn: [build]`. It is read as a list with this one name.";
    let fix = fix::in_brackets(text.node());
    reader.report_with_fix(&rules::DEPENDS_ON_INVALID, text.span(), message, fix);
}

fn report_twice(name: &str, span: Span, first: Span, reader: &mut Reader<'_, '_>) {
    let message = format!("`{name}` is named twice here. It counts once; remove this one.");
    let found = rules::DEPENDENCY_TWICE.at(span, message);
    reader.add(found.with_related(first, format!("`{name}` appears here first")));
}
