//! The documentation of all rules, in the order of a reader.

mod axes;
mod entities;
mod limits;
mod pipeline;
mod propagation;
mod strategies;

use deployline_yaml::RuleDocs;

/// Rules that belong together.
#[derive(Clone, Copy, Debug)]
pub struct Chapter {
    /// Its heading.
    pub title: &'static str,
    /// The rules in it.
    pub rules: &'static [RuleDocs],
}

/// All rules, those of YAML itself first.
pub fn chapters() -> Vec<Chapter> {
    vec![
        Chapter { title: "YAML", rules: &deployline_yaml::rules::DOCS },
        Chapter { title: "The text and its stages", rules: &pipeline::DOCS },
        Chapter { title: "Services and targets", rules: &axes::DOCS },
        Chapter { title: "Limits", rules: &limits::DOCS },
        Chapter { title: "Looping strategies", rules: &strategies::DOCS },
        Chapter { title: "Taken from another stage", rules: &propagation::DOCS },
        Chapter { title: "What other documents tell", rules: &entities::DOCS },
    ]
}
