//! The names that the pipeline uses, to be offered where one is asked for.

use std::rc::Rc;

use deployline_form::{DeployForm, EnvironmentsMode, Form, ServicesMode, StageForm};
use deployline_map::{Map, Set};

/// Names, each once and in order.
#[derive(Default)]
pub(super) struct Known {
    pub(super) services: Rc<Vec<String>>,
    pub(super) environments: Rc<Vec<String>>,
    /// By environment.
    infrastructures: Map<String, Rc<Vec<String>>>,
}

impl Known {
    pub(super) fn new(form: &Form) -> Self {
        let (mut services, mut infrastructures) = (Set::new(), Map::new());
        for deploy in form.stages().filter_map(|stage| stage.deploy.as_ref()) {
            services.extend(deploy.services.items.iter().filter_map(|it| plain(&it.name.text)));
            for environment in &deploy.environments.items {
                let Some(name) = plain(&environment.item.name.text) else { continue };
                let of: &mut Set<String> = infrastructures.or_default(name);
                let names = environment.infrastructures.iter();
                of.extend(names.filter_map(|it| plain(&it.name.text)));
            }
        }
        let list = |names: Set<String>| Rc::new(names.iter().cloned().collect::<Vec<_>>());
        Self {
            services: list(services),
            environments: Rc::new(infrastructures.keys().cloned().collect()),
            infrastructures: infrastructures.into_iter().map(|(it, of)| (it, list(of))).collect(),
        }
    }

    /// The infrastructures of an environment.
    pub(super) fn infrastructures(&self, environment: Option<&str>) -> Rc<Vec<String>> {
        environment.and_then(|it| self.infrastructures.get(it)).cloned().unwrap_or_default()
    }
}

fn plain(text: &Option<String>) -> Option<String> {
    text.clone().filter(|text| !text.is_empty() && !text.contains("<+"))
}

/// The stages whose services `stage` can take: identifiers and names.
pub(super) fn lenders_of_services(form: &Form, stage: &StageForm) -> Vec<(String, String)> {
    lenders(form, stage, |deploy| {
        !matches!(deploy.services.mode, ServicesMode::FromStage | ServicesMode::Missing)
    })
}

/// The stages whose environment `stage` can take: the product lets one `environment` alone be taken.
pub(super) fn lenders_of_environments(form: &Form, stage: &StageForm) -> Vec<(String, String)> {
    lenders(form, stage, |deploy| {
        matches!(deploy.environments.mode, EnvironmentsMode::One | EnvironmentsMode::Older)
    })
}

/// The deployment stages of the same type that end before `stage` and have what they would lend.
fn lenders(
    form: &Form,
    stage: &StageForm,
    has_it: impl Fn(&DeployForm) -> bool,
) -> Vec<(String, String)> {
    let entry = stage.address.0.first();
    let before = form.stages().filter(|it| it.index < stage.index && it.address.0.first() != entry);
    let lends = |it: &&StageForm| {
        it.stage_type == stage.stage_type && it.deploy.as_ref().is_some_and(&has_it)
    };
    let named = before.filter(lends).filter_map(|it| {
        Some((plain(&it.identifier.text)?, super::places::stage_name(it).to_owned()))
    });
    named.collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    const TEXT: &str = "\
stages:
- stage:
    identifier: one
    type: Deployment
    spec:
      services: {values: [{serviceRef: web}, {serviceRef: <+input>}, {serviceRef: api}]}
      environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
- stage:
    identifier: two
    type: Deployment
    spec:
      service: {serviceRef: web}
      environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: us}]}
";

    #[test]
    fn names_are_those_of_all_stages_and_no_expressions() {
        let form = sample(TEXT);
        let known = Known::new(&form);
        assert_eq!(*known.services, ["api", "web"]);
        assert_eq!(*known.environments, ["prod"]);
        assert_eq!(*known.infrastructures(Some("prod")), ["eu", "us"]);
        assert!(known.infrastructures(None).is_empty());
    }

    #[test]
    fn a_stage_can_take_what_the_product_lets_be_taken() {
        let one =
            "environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}";
        let several = "environments: {values: [{environmentRef: prod, infrastructureDefinitions: \
                       [{identifier: eu}]}]}";
        let stage = |identifier: &str, service: &str, environment: &str| {
            format!(
                "stage: {{identifier: {identifier}, type: Deployment, spec: {{{service}, \
                 {environment}}}}}"
            )
        };
        let service = "service: {serviceRef: web}";
        let text = format!(
            "stages:\n- {}\n- {}\n- {}\n- parallel:\n  - {}\n  - {}\n",
            stage("one", service, one),
            stage("list", "services: {values: [{serviceRef: web}]}", several),
            stage("taker", "service: {useFromStage: {stage: one}}", one),
            stage("beside", service, one),
            stage("last", service, one),
        );
        let form = sample(&text);
        let names = |of: fn(&Form, &StageForm) -> Vec<(String, String)>, index| {
            let stage = form.stages().nth(index).expect("it is there");
            of(&form, stage).into_iter().map(|(identifier, _)| identifier).collect::<Vec<_>>()
        };
        assert!(names(lenders_of_services, 0).is_empty());
        assert_eq!(names(lenders_of_services, 4), ["one", "list"]);
        assert_eq!(names(lenders_of_environments, 4), ["one", "taker"]);
    }
}
