//! Entities that the stages refer to and no text describes: how many there are is asked.

use deployline_planner::{RuntimeInput, StageView, View, flag, is_expression};
use deployline_span::Span;
use deployline_yaml::Node;

use super::Walk;
use crate::open_place::{AnswerTarget, CountOf, Filters};
use crate::path::in_words;
use crate::{Field, Origin};

impl<'a> Walk<'_, 'a> {
    /// Finds what the environments of a stage leave open.
    pub(super) fn entities(&mut self, view: &StageView<'a>, is_flat: bool) {
        if self.stage.is_gitops {
            return;
        }
        if is_flat {
            if let Some(environment) = view.stage.value("environment") {
                self.flat(&environment);
            }
            return;
        }
        match &view.targets {
            Some(("environment", environment)) => self.environment(environment),
            Some(("environments", list)) if list.value("filters").is_some() => {
                self.filters(list, Filters::default(), view);
            }
            Some(("environments", list)) => {
                let values = list.value("values");
                self.each(values.as_ref().unwrap_or(list));
            }
            Some(("environmentGroup", group)) => self.group(group, view),
            _ => {}
        }
    }

    fn each(&mut self, list: &View<'a>) {
        for item in list.items() {
            self.environment(&item);
        }
    }

    /// One environment of the older schema.
    fn environment(&mut self, view: &View<'a>) {
        let Some(name) = view.value("environmentRef").and_then(|name| known(&name)) else { return };
        if self.described.has_infrastructures(name) {
            return;
        }
        if view.value("filters").is_some() {
            let filters = Filters { environment: Some(name.to_owned()), ..Filters::default() };
            return self.filters_of(view, filters);
        }
        let listed = view.value("infrastructureDefinitions");
        let is_listed = listed.is_some_and(|list| list.node().items().len() > 0);
        if !is_listed && view.get("deployToAll").and_then(|all| flag(&all)) == Some(true) {
            self.all_of(name, value_span(view, "deployToAll"));
        }
    }

    fn all_of(&mut self, environment: &str, span: Span) {
        if self.described.has_infrastructures(environment) {
            return;
        }
        let question = format!("How many infrastructures has `{environment}`?");
        let of = CountOf::Infrastructures { environment: environment.to_owned() };
        self.count(format!("infrastructures of {environment}"), span, question, of, None);
    }

    fn group(&mut self, view: &View<'a>, stage: &StageView<'a>) {
        let name = view.value("envGroupRef").and_then(|name| known(&name));
        let is_to_all = view.get("deployToAll").and_then(|all| flag(&all)) == Some(true);
        let listed = view.value("environments").filter(|list| list.node().items().len() > 0);
        let has_filters = view.value("filters").is_some();
        let is_described = name.is_some_and(|name| self.described.members(name).is_some());
        let is_chosen_otherwise = has_filters && is_described;
        match (name, listed) {
            (_, Some(listed)) if !is_chosen_otherwise => self.each(&listed),
            (Some(name), _) if has_filters => {
                let filters = Filters { group: Some(name.to_owned()), ..Filters::default() };
                self.filters(view, filters, stage);
            }
            // Of one that is described, the stage must say which environments are meant.
            (Some(name), _) if is_to_all || !is_described => {
                let key = if is_to_all { "deployToAll" } else { "envGroupRef" };
                self.members(name, value_span(view, key));
            }
            _ => {}
        }
    }

    fn members(&mut self, group: &str, span: Span) {
        if let Some(members) = self.described.members(group) {
            return members.into_iter().for_each(|member| self.all_of(member, span));
        }
        let question = format!("How many environments has the group `{group}`?");
        let key = format!("environments of {group}");
        let is_answered = self.answers.contains_key(&key);
        self.count(key, span, question, CountOf::Members { group: group.to_owned() }, None);
        if is_answered {
            let question = format!("How many infrastructures has each environment of `{group}`?");
            let key = format!("infrastructures in each of {group}");
            self.count(key, span, question, CountOf::InEach { group: group.to_owned() }, Some("1"));
        }
    }

    /// The newer schema's `environment`.
    fn flat(&mut self, view: &View<'a>) {
        if let Some(group) = view.value("group") {
            if let Some(name) = flat_name(&group) {
                self.members(name, group.span());
            }
            return;
        }
        if view.value("filters").is_some() {
            return self.filters_of(view, Filters::default());
        }
        match view.value("items") {
            Some(items) => items.items().iter().for_each(|item| self.flat_environment(item)),
            None => self.flat_environment(view),
        }
    }

    fn flat_environment(&mut self, view: &View<'a>) {
        let Some(name) = flat_name(view) else { return };
        match view.value("deploy-to") {
            None => self.all_of(name, view.span()),
            Some(to) if known(&to) == Some("all") => self.all_of(name, to.span()),
            Some(_) => {}
        }
    }

    /// Filters that choose environments, maybe by the tags of the stage's services.
    fn filters(&mut self, view: &View<'a>, mut filters: Filters, stage: &StageView<'a>) {
        filters.services = services_of(stage);
        self.filters_of(view, filters);
    }

    fn filters_of(&mut self, view: &View<'a>, mut filters: Filters) {
        let Some(list) = view.value("filters") else { return };
        let are_services = std::mem::take(&mut filters.services);
        for filter in list.items() {
            read_filter(&filter, &mut filters, &are_services);
        }
        let is_described = filters.environment.is_none() && self.described.has_environments;
        let services_described =
            filters.services.iter().all(|name| self.described.has_service(name));
        if (is_described && services_described) || !self.filters.insert(list.span()) {
            return;
        }
        let question = match (&filters.environment, filters.services.is_empty()) {
            (Some(name), _) => {
                format!("How many infrastructures of `{name}` do the filters choose?")
            }
            (None, true) => "How many environments do the filters choose?".to_owned(),
            (None, false) => "How many places do the filters choose for each service?".to_owned(),
        };
        let of = filters.environment.as_ref().map(|name| format!(" of {name}")).unwrap_or_default();
        let key = format!("{}: filters{of}", self.stage.identifier);
        self.count(key, key_span(view, "filters"), question, CountOf::Chosen(filters), None);
    }

    fn count(
        &mut self,
        key: String,
        span: Span,
        question: String,
        of: CountOf,
        assumed: Option<&str>,
    ) {
        let answer = self.answers.get(&key).cloned();
        let (value, origin) = match (answer, assumed) {
            (Some(answer), _) => (Some(answer), Origin::Answer),
            (None, Some(assumed)) => (Some(assumed.to_owned()), Origin::Default),
            (None, None) => (None, Origin::Open),
        };
        let place = in_words(&self.path[self.stage.depth.min(self.path.len())..]);
        let input = self.input(key, span, question, Field::Count, place);
        self.add(input, value, origin, AnswerTarget::Count(of));
    }
}

/// Adds the tags that something needs to be chosen by a filter.
fn read_filter(filter: &View<'_>, filters: &mut Filters, services: &[String]) {
    let tags = filter.at(&["spec", "tags"]);
    let is_of_service =
        tags.as_ref().and_then(View::as_str).is_some_and(|text| text.contains("<+service.tags>"));
    let entities = filter.value("entities").map(|list| list.items()).unwrap_or_default();
    for entity in entities.iter().filter_map(View::as_str) {
        if is_of_service && matches!(entity, "environments" | "infrastructures") {
            filters.services = services.to_vec();
            filters.services_choose_environments |= entity == "environments";
            continue;
        }
        let of_kind = match entity {
            "environments" => &mut filters.environment_tags,
            "infrastructures" => &mut filters.infrastructure_tags,
            _ => continue,
        };
        if filter.str_of("type") == Some("tags") {
            let entries = tags.iter().flat_map(|tags| tags.node().entries());
            let text = |node: Node<'_>| node.as_str().unwrap_or_default().to_owned();
            of_kind.extend(entries.map(|(key, value)| (text(key), text(value))));
        }
    }
}

fn services_of(stage: &StageView<'_>) -> Vec<String> {
    let Some((_, view)) = &stage.services else { return Vec::new() };
    let values = view.value("values");
    let items = values.as_ref().unwrap_or(view).items();
    let items = if items.is_empty() { vec![view.clone()] } else { items };
    let name = |item: &View<'_>| {
        let reference = item.value("serviceRef");
        known(reference.as_ref().unwrap_or(item)).map(str::to_owned)
    };
    items.iter().filter_map(name).collect()
}

/// A name that no expression gives, or the default of an input.
fn known<'a>(view: &View<'a>) -> Option<&'a str> {
    let text = view.as_str()?;
    if !is_expression(text) {
        return Some(text);
    }
    RuntimeInput::from_text(text)?.default
}

fn flat_name<'a>(view: &View<'a>) -> Option<&'a str> {
    let inner = view.value("id");
    known(inner.as_ref().unwrap_or(view))
}

/// The place of a value as it is written: behind what asks for the value itself.
fn value_span(view: &View<'_>, key: &str) -> Span {
    let value = view.get(key);
    value.map_or(view.span(), |value| value.in_place_of().unwrap_or(value.node()).span())
}

fn key_span(view: &View<'_>, key: &str) -> Span {
    view.entry(key).map_or(view.span(), |(key, _)| key.span())
}
