//! Pipelines to begin with.

use crate::state::Opened;

/// A pipeline to begin with.
pub(crate) struct Example {
    pub(crate) title: &'static str,
    /// Called when it is opened: the page loads the text then.
    text: fn() -> &'static str,
}

/// The six scenarios of the product's documentation, and a pipeline of a realistic size.
pub(crate) const EXAMPLES: [Example; 7] = [
    Example {
        title: "Scenario 1: one after the other",
        text: || include_str!("../examples/scenario-1.yaml"),
    },
    Example {
        title: "Scenario 2: services in parallel",
        text: || include_str!("../examples/scenario-2.yaml"),
    },
    Example {
        title: "Scenario 3: infrastructures in parallel",
        text: || include_str!("../examples/scenario-3.yaml"),
    },
    Example {
        title: "Scenario 4: everything in parallel",
        text: || include_str!("../examples/scenario-4.yaml"),
    },
    Example {
        title: "Scenario 5: services in parallel, two environments",
        text: || include_str!("../examples/scenario-5.yaml"),
    },
    Example {
        title: "Scenario 6: infrastructures in parallel, two environments",
        text: || include_str!("../examples/scenario-6.yaml"),
    },
    Example {
        title: "Shop release: 16 services, 3 environments",
        text: || include_str!("../examples/shop.yaml"),
    },
];

/// What the page opens with: small, and with more than one round to see.
const FIRST: usize = 4;

pub(crate) fn first() -> Opened {
    EXAMPLES[FIRST].opened()
}

impl Example {
    pub(crate) fn opened(&self) -> Opened {
        let name = self.title.split(':').next().unwrap_or_default();
        Opened { name: name.into(), text: (self.text)().into(), is_example: true }
    }
}

#[cfg(test)]
mod tests {
    use deployline_engine::Assumptions;
    use deployline_planner::{Inputs, analyze};

    use super::*;

    #[test]
    fn examples_have_nothing_to_complain_about() {
        for example in &EXAMPLES {
            let analysis =
                analyze(&[(example.text)()], &Inputs::default(), &Assumptions::default());
            assert_eq!(analysis.diagnostics, [], "{}", example.title);
        }
    }
}
