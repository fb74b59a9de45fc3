//! Lists of the services, environments and infrastructures of a stage, in either schema.

use deployline_engine::Schema;
use deployline_yaml::{Node, NodeKind};

use super::{EnvironmentsMode, ServicesMode};

/// A list, and how its items are named.
pub(crate) struct List<'a> {
    /// Keys from the holder to it.
    pub(crate) steps: Vec<&'static str>,
    /// The list, or the only item itself where it is none; nothing where it is missing.
    pub(crate) node: Option<Node<'a>>,
    /// True where `node` is the only item itself.
    pub(crate) is_one: bool,
    /// The key of an item's name.
    pub(crate) name_key: &'static str,
}

impl<'a> List<'a> {
    fn new(
        steps: &[&'static str],
        node: Option<Node<'a>>,
        is_one: bool,
        name_key: &'static str,
    ) -> Self {
        Self { steps: steps.to_vec(), node, is_one, name_key }
    }

    /// The items.
    pub(crate) fn items(&self) -> impl Iterator<Item = Node<'a>> {
        let one = self.node.filter(|_| self.is_one);
        let list = self.node.filter(|_| !self.is_one);
        one.into_iter().chain(list.into_iter().flat_map(Node::items))
    }
}

fn value<'a>(node: Node<'a>, key: &str) -> Option<Node<'a>> {
    node.get(key).filter(|value| !value.is_null())
}

/// The services below a spec.
pub(crate) fn services<'a>(spec: Node<'a>, schema: Schema) -> (ServicesMode, List<'a>) {
    if schema == Schema::V1 {
        return services_v1(spec);
    }
    let key = ["services", "service", "serviceConfig"]
        .into_iter()
        .find_map(|key| Some((key, value(spec, key)?)));
    let Some((key, node)) = key else {
        return (ServicesMode::Missing, List::new(&[], None, false, "serviceRef"));
    };
    let takes = value(node, "useFromStage").is_some();
    match key {
        _ if takes => (ServicesMode::FromStage, List::new(&[key], None, false, "serviceRef")),
        "services" if node.kind() == NodeKind::Mapping => {
            let list = List::new(&[key, "values"], value(node, "values"), false, "serviceRef");
            (ServicesMode::Many, list)
        }
        "services" => (ServicesMode::Many, List::new(&[key], Some(node), false, "serviceRef")),
        "service" => (ServicesMode::One, List::new(&[key], Some(node), true, "serviceRef")),
        _ => (ServicesMode::Older, List::new(&[key], None, false, "serviceRef")),
    }
}

fn services_v1(spec: Node<'_>) -> (ServicesMode, List<'_>) {
    let Some(node) = value(spec, "service") else {
        return (ServicesMode::Missing, List::new(&[], None, false, "id"));
    };
    match (node.kind(), value(node, "items")) {
        (NodeKind::Sequence, _) => {
            (ServicesMode::Many, List::new(&["service"], Some(node), false, "id"))
        }
        (_, Some(items)) => {
            (ServicesMode::Many, List::new(&["service", "items"], Some(items), false, "id"))
        }
        _ => (ServicesMode::One, List::new(&["service"], Some(node), true, "id")),
    }
}

/// The environments below a spec.
pub(crate) fn environments<'a>(spec: Node<'a>, schema: Schema) -> (EnvironmentsMode, List<'a>) {
    if schema == Schema::V1 {
        return environments_v1(spec);
    }
    const NAME: &str = "environmentRef";
    let key = ["environments", "environmentGroup", "environment", "infrastructure"]
        .into_iter()
        .find_map(|key| Some((key, value(spec, key)?)));
    let Some((key, node)) = key else {
        return (EnvironmentsMode::Missing, List::new(&[], None, false, NAME));
    };
    let takes = value(node, "useFromStage").is_some();
    match key {
        _ if takes => (EnvironmentsMode::FromStage, List::new(&[key], None, false, NAME)),
        "environments" if node.kind() == NodeKind::Mapping => {
            let list = List::new(&[key, "values"], value(node, "values"), false, NAME);
            (EnvironmentsMode::Many, list)
        }
        "environments" => (EnvironmentsMode::Many, List::new(&[key], Some(node), false, NAME)),
        "environmentGroup" => {
            let list = value(node, "environments");
            (EnvironmentsMode::Group, List::new(&[key, "environments"], list, false, NAME))
        }
        "environment" => (EnvironmentsMode::One, List::new(&[key], Some(node), true, NAME)),
        _ => (EnvironmentsMode::Older, List::new(&[key], None, false, NAME)),
    }
}

fn environments_v1(spec: Node<'_>) -> (EnvironmentsMode, List<'_>) {
    let Some(node) = value(spec, "environment") else {
        return (EnvironmentsMode::Missing, List::new(&[], None, false, "id"));
    };
    if value(node, "group").is_some() {
        return (EnvironmentsMode::Group, List::new(&["environment"], None, false, "id"));
    }
    match (value(node, "items"), value(node, "filters")) {
        (Some(items), _) => {
            (EnvironmentsMode::Many, List::new(&["environment", "items"], Some(items), false, "id"))
        }
        (None, Some(_)) => {
            (EnvironmentsMode::Many, List::new(&["environment", "items"], None, false, "id"))
        }
        _ => (EnvironmentsMode::One, List::new(&["environment"], Some(node), true, "id")),
    }
}

/// The infrastructures of an environment.
pub(crate) fn infrastructures<'a>(environment: Node<'a>, schema: Schema) -> List<'a> {
    if schema == Schema::V0 {
        let list = value(environment, "infrastructureDefinitions")
            .filter(|list| !stands_for_all(environment, *list));
        return List::new(&["infrastructureDefinitions"], list, false, "identifier");
    }
    let to = value(environment, "deploy-to").filter(|to| to.as_str() != Some("all"));
    let is_one = to.is_some_and(|to| to.kind() == NodeKind::Scalar);
    List::new(&["deploy-to"], to, is_one, "id")
}

/// Returns `true` for `<+input>` beside `deployToAll: true`, which the product reads as all infrastructures.
pub(crate) fn stands_for_all(environment: Node<'_>, list: Node<'_>) -> bool {
    let is_input = list.as_str().is_some_and(|text| text.starts_with("<+input>"));
    is_input && environment.get("deployToAll").and_then(Node::as_bool) == Some(true)
}

/// The node with the name of an item: the item itself, or the value of its name's key.
pub(crate) fn name_of<'a>(item: Node<'a>, name_key: &str) -> Node<'a> {
    item.get(name_key).unwrap_or(item)
}
