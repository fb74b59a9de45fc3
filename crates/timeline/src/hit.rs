//! From an element on the screen back to what it stands for.

use std::fmt;

use deployline_engine::DeploymentId;

/// Subject of a click on a shape, as a data attribute says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hit {
    /// A deployment.
    Deployment(DeploymentId),
    /// The end of a deployment's bar.
    BarEnd(DeploymentId),
    /// A stage by its index, to be folded.
    Stage(usize),
    /// A stage by its index, to be shown in the YAML.
    StageSource(usize),
    /// A group by its position in [`Scene::headers`](crate::Scene::headers), to be folded.
    Group(usize),
    /// A cluster by its position in [`Scene::clusters`](crate::Scene::clusters).
    Cluster(usize),
}

impl Hit {
    /// Names of all attributes; an element has one of them at most.
    pub const ATTRIBUTES: [&str; 6] =
        ["data-at", "data-end", "data-stage", "data-to-stage", "data-group", "data-cluster"];

    /// Selector of elements that have one of them.
    pub const SELECTOR: &str =
        "[data-at],[data-end],[data-stage],[data-to-stage],[data-group],[data-cluster]";

    /// Name of the attribute; its value is what [`fmt::Display`] writes.
    pub fn attribute(self) -> &'static str {
        match self {
            Self::Deployment(_) => "data-at",
            Self::BarEnd(_) => "data-end",
            Self::Stage(_) => "data-stage",
            Self::StageSource(_) => "data-to-stage",
            Self::Group(_) => "data-group",
            Self::Cluster(_) => "data-cluster",
        }
    }

    /// Reads an attribute back; `None` for what is none of these.
    pub fn parse(attribute: &str, value: &str) -> Option<Self> {
        let number = || value.parse().ok();
        Some(match attribute {
            "data-at" => Self::Deployment(parse_at(value)?),
            "data-end" => Self::BarEnd(parse_at(value)?),
            "data-stage" => Self::Stage(number()?),
            "data-to-stage" => Self::StageSource(number()?),
            "data-group" => Self::Group(number()?),
            "data-cluster" => Self::Cluster(number()?),
            _ => return None,
        })
    }
}

impl fmt::Display for Hit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Deployment(at) | Self::BarEnd(at) => write!(f, "{} {}", at.stage, at.index),
            Self::Stage(number)
            | Self::StageSource(number)
            | Self::Group(number)
            | Self::Cluster(number) => write!(f, "{number}"),
        }
    }
}

/// Reads `2 14`: deployment 14 of stage 2, both from 0.
fn parse_at(text: &str) -> Option<DeploymentId> {
    let (stage, index) = text.split_once(' ')?;
    Some(DeploymentId { stage: stage.parse().ok()?, index: index.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_lead_back() {
        let at = DeploymentId { stage: 2, index: 14 };
        let hits = [
            (Hit::Deployment(at), "2 14"),
            (Hit::BarEnd(at), "2 14"),
            (Hit::Stage(3), "3"),
            (Hit::StageSource(3), "3"),
            (Hit::Group(0), "0"),
            (Hit::Cluster(7), "7"),
        ];
        for ((hit, value), attribute) in hits.into_iter().zip(Hit::ATTRIBUTES) {
            assert_eq!((hit.attribute(), hit.to_string().as_str()), (attribute, value));
            assert_eq!(Hit::parse(attribute, value), Some(hit));
        }
        let selector = Hit::ATTRIBUTES.map(|name| format!("[{name}]")).join(",");
        assert_eq!(Hit::SELECTOR, selector);
        for (attribute, value) in
            [("data-at", "2"), ("data-at", "-1 0"), ("data-stage", ""), ("data-x", "1")]
        {
            assert_eq!(Hit::parse(attribute, value), None, "{attribute} {value}");
        }
    }
}
