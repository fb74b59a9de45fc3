//! Placeholders for entities that no text describes: as many as the answers ask for.
//!
//! All stages share them: what one filter chooses, another may choose as well. So filters that want the
//! most tags come first, and each adds only what is missing to its number. Where there is any environment,
//! every filter of environments needs some: one, where no answer gives a number.

use deployline_planner::unscoped;
use deployline_yaml::write::Value;

use super::document::{PlaceholderDocument, answer};
use crate::count;
use crate::open_place::{AnswerTarget, CountOf, Filters, OpenPlace};
use crate::order;

type Tags = Vec<(String, String)>;

#[derive(Default)]
struct PlaceholderEntities {
    groups: Vec<(String, Vec<String>)>,
    environments: Vec<(String, Tags)>,
    infrastructures: Vec<Infrastructure>,
    services: Vec<(String, Tags)>,
}

struct Infrastructure {
    environment: String,
    identifier: String,
    tags: Tags,
}

/// A question and its answer, how many there are.
struct CountQuestion<'f> {
    of: &'f CountOf,
    count: Option<usize>,
    key: &'f str,
}

/// Documents of all placeholders.
pub(super) fn documents(found: &[OpenPlace<'_>]) -> Vec<PlaceholderDocument<'static>> {
    let questions: Vec<CountQuestion<'_>> = found.iter().filter_map(count_question).collect();
    let mut included: Vec<String> =
        questions.iter().filter(|it| it.count.is_some()).map(|it| it.key.to_owned()).collect();
    let mut placeholders = PlaceholderEntities::default();
    placeholders.choose_environments(&questions);
    placeholders.add_members(&questions);
    placeholders.choose_infrastructures(&questions);
    let documents = placeholders.into_documents();
    documents.into_iter().map(|document| (document, std::mem::take(&mut included))).collect()
}

fn count_question<'f>(found: &'f OpenPlace<'_>) -> Option<CountQuestion<'f>> {
    let AnswerTarget::Count(of) = &found.target else { return None };
    let count = answer(found).and_then(count).map(|count| count as usize);
    Some(CountQuestion { of, count, key: &found.input.key })
}

impl PlaceholderEntities {
    /// Environments for filters that look at all of them, or at those of a group.
    fn choose_environments(&mut self, questions: &[CountQuestion<'_>]) {
        let chosen: Vec<(&Filters, Option<usize>)> = questions
            .iter()
            .filter_map(|it| match it.of {
                CountOf::Chosen(filters) if filters.environment.is_none() => {
                    Some((filters, it.count))
                }
                _ => None,
            })
            .collect();
        if chosen.iter().all(|(_, count)| count.is_none()) {
            return;
        }
        let chosen = order::by_key(chosen, &|(filters, _)| heaviest_first(weight(filters)));
        for (filters, count) in chosen {
            let count = count.unwrap_or(1);
            if filters.services.is_empty() {
                self.choose(filters, count);
            } else {
                self.choose_for_services(filters, count);
            }
        }
    }

    fn choose(&mut self, filters: &Filters, count: usize) {
        let group = filters.group.as_deref().map(unscoped);
        let stem = group.unwrap_or("environment").to_owned();
        let mut members: Vec<String> = match group {
            // A group's environments are its own.
            Some(_) => Vec::new(),
            None => self.environments_with(&filters.environment_tags),
        };
        while members.len() < count {
            members.push(self.add_environment(&stem, &filters.environment_tags));
        }
        for name in &members {
            self.ensure_infrastructures(name, 1, &filters.infrastructure_tags, "all_of");
        }
        if let Some(group) = group {
            self.groups.push((group.to_owned(), members));
        }
    }

    /// Gives each service a tag of its own, and the same tag to `count` infrastructures or environments.
    fn choose_for_services(&mut self, filters: &Filters, count: usize) {
        let stem = filters.group.as_deref().map_or("environment", unscoped).to_owned();
        let shared = (!filters.services_choose_environments)
            .then(|| self.add_environment(&stem, &filters.environment_tags));
        let mut members: Vec<String> = shared.iter().cloned().collect();
        for service in &filters.services {
            let own = vec![("deploys".into(), unscoped(service).to_owned())];
            if !self.services.iter().any(|(name, _)| name == unscoped(service)) {
                self.services.push((unscoped(service).to_owned(), own.clone()));
            }
            match &shared {
                Some(environment) => {
                    let stem = format!("for_{}", unscoped(service));
                    self.ensure_infrastructures(environment, count, &own, &stem);
                }
                None => {
                    let tags = [own, filters.environment_tags.clone()].concat();
                    for _ in 0..count {
                        let name = self.add_environment(&stem, &tags);
                        self.ensure_infrastructures(
                            &name,
                            1,
                            &filters.infrastructure_tags,
                            "all_of",
                        );
                        members.push(name);
                    }
                }
            }
        }
        if let Some(group) = &filters.group {
            self.groups.push((unscoped(group).to_owned(), members));
        }
    }

    fn environments_with(&self, tags: &Tags) -> Vec<String> {
        let has_all = |own: &Tags| tags.iter().all(|tag| own.contains(tag));
        self.environments
            .iter()
            .filter(|(_, own)| has_all(own))
            .map(|(name, _)| name.clone())
            .collect()
    }

    fn add_environment(&mut self, stem: &str, tags: &Tags) -> String {
        let start = format!("{}_", identifier(stem));
        let taken = self.environments.iter().filter(|(name, _)| name.starts_with(&start)).count();
        let name = format!("{start}{}", taken + 1);
        self.environments.push((name.clone(), tags.clone()));
        name
    }

    /// The environments of groups, as many infrastructures in each.
    fn add_members(&mut self, questions: &[CountQuestion<'_>]) {
        for it in questions {
            let (CountOf::Members { group }, Some(count)) = (it.of, it.count) else { continue };
            let is_of_it = |other: &&CountQuestion<'_>| matches!(other.of, CountOf::InEach { group: of } if of == group);
            let in_each =
                questions.iter().find(is_of_it).and_then(|other| other.count).unwrap_or(1);
            let group = unscoped(group);
            let names: Vec<String> =
                (1..=count).map(|number| format!("{}_{number}", identifier(group))).collect();
            for name in &names {
                self.ensure_infrastructures(name, in_each, &Vec::new(), "all_of");
            }
            self.groups.push((group.to_owned(), names));
        }
    }

    /// Infrastructures of environments that the text names.
    fn choose_infrastructures(&mut self, questions: &[CountQuestion<'_>]) {
        let of = |of: &CountOf| match of {
            CountOf::Infrastructures { environment } => Some((environment.clone(), None)),
            CountOf::Chosen(filters) => Some((filters.environment.clone()?, Some(filters.clone()))),
            _ => None,
        };
        let mut of_environments: Vec<(String, Option<Filters>, Option<usize>)> = questions
            .iter()
            .filter_map(|it| of(it.of).map(|(name, filters)| (name, filters, it.count)))
            .collect();
        let answered: Vec<String> = of_environments
            .iter()
            .filter(|(_, _, count)| count.is_some())
            .map(|(name, ..)| unscoped(name).to_owned())
            .collect();
        of_environments.retain(|(name, filters, count)| {
            count.is_some() || (filters.is_some() && answered.iter().any(|it| it == unscoped(name)))
        });
        let of_environments = order::by_key(of_environments, &|(_, filters, _)| {
            heaviest_first(filters.as_ref().map_or(0, |it| weight(it) + 1))
        });
        for (name, filters, count) in of_environments {
            let (name, count) = (unscoped(&name), count.unwrap_or(1));
            match filters {
                Some(filters) => {
                    self.ensure_infrastructures(
                        name,
                        count,
                        &filters.infrastructure_tags,
                        "chosen_of",
                    );
                }
                None => self.ensure_infrastructures(name, count, &Vec::new(), "all_of"),
            }
        }
    }

    /// Adds infrastructures with these tags to an environment, up to so many.
    fn ensure_infrastructures(&mut self, environment: &str, count: usize, tags: &Tags, stem: &str) {
        let of_it = |it: &&Infrastructure| it.environment == environment;
        let has_all = |it: &&Infrastructure| tags.iter().all(|tag| it.tags.contains(tag));
        let there = self.infrastructures.iter().filter(of_it).filter(has_all).count();
        for number in there + 1..=count {
            let stem = format!("{stem}_{}", identifier(environment));
            let identifier = if count == 1 { stem } else { format!("{stem}_{number}") };
            self.infrastructures.push(Infrastructure {
                environment: environment.to_owned(),
                identifier,
                tags: tags.clone(),
            });
        }
    }

    fn into_documents(self) -> Vec<(&'static str, Value)> {
        let named = |name: &str| {
            vec![("name".into(), Value::text(name)), ("identifier".into(), Value::text(name))]
        };
        let with = |mut entries: Vec<_>, key: &'static str, value: Value| {
            entries.push((key.into(), value));
            entries
        };
        let group = |(name, members): &(String, Vec<String>)| {
            let members = members.iter().map(Value::text).collect();
            (
                "environmentGroup",
                Value::Map(with(named(name), "envIdentifiers", Value::List(members))),
            )
        };
        let environment = |(name, tags): &(String, Tags)| {
            ("environment", Value::Map(with(named(name), "tags", tags_tree(tags))))
        };
        let infrastructure = |it: &Infrastructure| {
            let entries =
                with(named(&it.identifier), "environmentRef", Value::text(&it.environment));
            let entries = if it.tags.is_empty() {
                entries
            } else {
                with(entries, "tags", tags_tree(&it.tags))
            };
            ("infrastructureDefinition", Value::Map(entries))
        };
        let service = |(name, tags): &(String, Tags)| {
            ("service", Value::Map(with(named(name), "tags", tags_tree(tags))))
        };
        let groups = self.groups.iter().map(group);
        let environments = self.environments.iter().map(environment);
        let infrastructures = self.infrastructures.iter().map(infrastructure);
        let services = self.services.iter().map(service);
        services.chain(groups).chain(environments).chain(infrastructures).collect()
    }
}

fn tags_tree(tags: &Tags) -> Value {
    Value::Map(tags.iter().map(|(key, value)| (key.clone().into(), Value::text(value))).collect())
}

fn heaviest_first(weight: usize) -> u64 {
    u64::MAX - weight as u64
}

/// Number of tags and services that filters ask for.
fn weight(filters: &Filters) -> usize {
    filters.environment_tags.len() + filters.infrastructure_tags.len() + filters.services.len()
}

/// A name as an identifier may be written.
fn identifier(name: &str) -> String {
    name.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect()
}
