//! Tags of services, of the pipeline and of entities, which filters compare.

use deployline_engine::Service;
use deployline_yaml::Node;

use crate::resolve::context::Context;

/// Tags by name; a tag without a value has an empty one.
pub(super) type Tags = Vec<(String, String)>;

/// The tags of a mapping.
pub(super) fn tags(node: Option<Node<'_>>) -> Tags {
    let entries = node.into_iter().flat_map(Node::entries);
    let text = |node: Node<'_>| node.as_str().unwrap_or_default().to_owned();
    entries.map(|(key, value)| (text(key), text(value))).collect()
}

/// The tags of a service, for filters that name `<+service.tags>`.
pub(super) struct ServiceTags {
    pub(super) name: String,
    /// `None` where the text has no document of the service.
    pub(super) tags: Option<Tags>,
}

impl ServiceTags {
    pub(super) fn of(service: &Service, cx: &Context<'_>) -> Self {
        let entity = cx.entities.service(&service.name.text);
        let tags = entity.map(|entity| tags(entity.get("tags")));
        Self { name: service.name.text.clone(), tags }
    }
}

/// The tags that expressions in filters stand for.
pub(super) struct GivenTags<'t> {
    pub(super) of_service: &'t [(String, String)],
    pub(super) of_pipeline: Option<Node<'t>>,
}

/// Returns `true` for a text that stands for the tags of each service.
pub(super) fn is_tags_of_service(text: &str) -> bool {
    text.contains("<+service.tags>")
}

/// Returns `true` for a text that stands for the tags of the pipeline.
pub(super) fn is_tags_of_pipeline(text: &str) -> bool {
    text.trim() == "<+pipeline.tags>"
}
