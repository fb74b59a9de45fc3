//! The two checkboxes of a deployment stage: their state, and the effect of changing it.

use deployline_engine::{AxisName, ParallelSource, Stage, Work};

/// One checkbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toggle {
    /// `true` where the axis is drawn as parallel.
    pub is_checked: bool,
    /// Effect of changing it.
    pub effect: ToggleEffect,
    /// Reason for its state, where the text doesn't simply say so.
    pub note: Option<&'static str>,
}

/// Effect of changing a [`Toggle`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToggleEffect {
    /// It changes the YAML.
    EditsText,
    /// It changes the viewer's assumption: the YAML holds an expression.
    ChoosesAssumption,
    /// Nothing: it can't be changed.
    Nothing,
}

/// The checkbox "Deploy services in parallel" or "Deploy to environments or infrastructures in
/// parallel" of a stage; `None` where the stage deploys nothing.
pub fn toggle(stage: &Stage, axis: AxisName) -> Option<Toggle> {
    let Work::Deploy(deploy) = &stage.work else { return None };
    if stage.looping.is_some() {
        return Some(disabled("The looping strategy decides how many run at once."));
    }
    let Some(parallel) = deploy.parallel(axis) else {
        return Some(disabled(match axis {
            AxisName::Services => "One service: nothing to run in parallel.",
            AxisName::Targets if deploy.is_gitops => {
                "GitOps: each deployment handles its environments and clusters itself."
            }
            AxisName::Targets => "One infrastructure: nothing to run in parallel.",
        }));
    };
    let (effect, note) = match parallel.source {
        ParallelSource::AlwaysForGroup => (
            ToggleEffect::Nothing,
            Some("An environment group beside a list of services is always parallel."),
        ),
        ParallelSource::Expression(_) => (
            ToggleEffect::ChoosesAssumption,
            Some("An expression decides this. The choice here changes the picture only."),
        ),
        _ if deploy.flag_place(axis).is_none() => (
            ToggleEffect::Nothing,
            Some(
                "This list is not written in one place of its own: change `parallel` in the YAML.",
            ),
        ),
        ParallelSource::Written(_) => (ToggleEffect::EditsText, None),
        ParallelSource::Default if parallel.value => {
            (ToggleEffect::EditsText, Some("The default: parallel where `metadata` says nothing."))
        }
        ParallelSource::Default => (
            ToggleEffect::EditsText,
            Some("Sequential: `metadata` is there, but `parallel` is missing in it."),
        ),
        ParallelSource::Rejected(_) => (
            ToggleEffect::EditsText,
            Some("The product rejects `metadata` without `parallel`; choose one."),
        ),
    };
    Some(Toggle { is_checked: parallel.value, effect, note })
}

fn disabled(note: &'static str) -> Toggle {
    Toggle { is_checked: false, effect: ToggleEffect::Nothing, note: Some(note) }
}
