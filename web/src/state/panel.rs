//! Ways to edit the pipeline.

/// A way to edit the pipeline. The YAML is always there; any other stands beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Panel {
    /// The text alone.
    #[default]
    Yaml,
    /// Stages, services and targets as fields.
    Form,
    /// Everything that the YAML leaves open.
    Inputs,
    /// The pipeline as it would run.
    Resolved,
}

impl Panel {
    /// In the order of their tabs.
    pub(crate) const ALL: [Self; 4] = [Self::Yaml, Self::Form, Self::Inputs, Self::Resolved];

    pub(crate) fn caption(self) -> &'static str {
        match self {
            Self::Yaml => "YAML",
            Self::Form => "Form",
            Self::Inputs => "Inputs",
            Self::Resolved => "Resolved",
        }
    }
}
