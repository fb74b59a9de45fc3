//! Tags of services, of the pipeline and of entities, which filters compare.

use deployline_engine::Service;
use deployline_yaml::Node;

use crate::resolve::context::Context;
use crate::resolve::view::View;

/// Tags by name; a tag without a value has an empty one.
pub(super) type Tags = Vec<(String, String)>;

/// The tags of a mapping.
pub(super) fn tags(node: Option<Node<'_>>) -> Tags {
    let entries = node.into_iter().flat_map(Node::entries);
    let text = |node: Node<'_>| node.as_str().unwrap_or_default().to_owned();
    entries.map(|(key, value)| (text(key), text(value))).collect()
}

/// The tags of a mapping with what fills it.
pub(super) fn tags_of_view(view: &View<'_>) -> Tags {
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    view.entries().iter().map(|(key, value)| (text(key.as_str()), text(value.as_str()))).collect()
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

/// Start of an expression that stands for one tag of each service.
const TAG_OF_SERVICE: &str = "<+service.tags.";

/// Returns `true` for a text that names single tags of each service.
pub(super) fn names_tags_of_service(text: &str) -> bool {
    text.contains(TAG_OF_SERVICE)
}

/// The text with the values of the tags that it names of a service; those that this has not stay.
pub(super) fn with_tags_of_service(text: &str, of_service: &[(String, String)]) -> String {
    let (mut replaced, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once(TAG_OF_SERVICE) {
        let named = after.split_once('>').and_then(|(name, behind)| {
            let (_, value) = of_service.iter().find(|(other, _)| other == name.trim())?;
            Some((value, behind))
        });
        replaced.push_str(before);
        match named {
            Some((value, behind)) => {
                replaced.push_str(value);
                rest = behind;
            }
            None => {
                replaced.push_str(TAG_OF_SERVICE);
                rest = after;
            }
        }
    }
    replaced + rest
}

/// Returns `true` for a text that stands for the tags of the pipeline.
pub(super) fn is_tags_of_pipeline(text: &str) -> bool {
    text.trim() == "<+pipeline.tags>"
}
