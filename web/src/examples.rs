//! Pipelines to begin with.

/// A pipeline to begin with.
pub(crate) struct Example {
    pub(crate) title: &'static str,
    text: &'static str,
}

/// The six scenarios of the product's documentation, and a pipeline of a realistic size.
pub(crate) static EXAMPLES: [Example; 7] = [
    Example {
        title: "Scenario 1: one after the other",
        text: include_str!("../examples/scenario-1.yaml"),
    },
    Example {
        title: "Scenario 2: services in parallel",
        text: include_str!("../examples/scenario-2.yaml"),
    },
    Example {
        title: "Scenario 3: infrastructures in parallel",
        text: include_str!("../examples/scenario-3.yaml"),
    },
    Example {
        title: "Scenario 4: everything in parallel",
        text: include_str!("../examples/scenario-4.yaml"),
    },
    Example {
        title: "Scenario 5: services in parallel, two environments",
        text: include_str!("../examples/scenario-5.yaml"),
    },
    Example {
        title: "Scenario 6: infrastructures in parallel, two environments",
        text: include_str!("../examples/scenario-6.yaml"),
    },
    Example {
        title: "Shop release: 16 services, 3 environments",
        text: include_str!("../examples/shop.yaml"),
    },
];

/// Number of the example that the page opens with: small, and with more than one round to see.
const FIRST: usize = 4;

/// The example that the page opens with.
pub(crate) fn first() -> &'static Example {
    &EXAMPLES[FIRST]
}

impl Example {
    /// Short name: `Scenario 1`.
    pub(crate) fn name(&self) -> &'static str {
        self.title.split(':').next().unwrap_or_default()
    }

    pub(crate) fn text(&self) -> &'static str {
        self.text
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
            let analysis = analyze(&[example.text], &Inputs::default(), &Assumptions::default());
            assert_eq!(analysis.diagnostics, [], "{}", example.title);
        }
    }
}
