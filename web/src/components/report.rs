//! The report below the picture: how the picked deployment fails and what its stage depends on, notes, assumptions,
//! comparisons, the order and the table.
//!
//! Its code is loaded once the picture has been painted, and its content follows when nothing has
//! changed for a moment.

use std::rc::Rc;

use deployline_engine::DeploymentId;
use yew::prelude::*;

use super::assumptions::AssumptionsPanel;
use super::compare::Compare;
use super::dependencies::Dependencies;
use super::failure_fields::FailureFields;
use super::notes::Notes;
use super::order::OrderInWords;
use super::stage_choice::PickedStage;
use super::steps::StepList;
use super::table::DeploymentTable;
use crate::chunk::{chunk, use_chunk};
use crate::comparison::PinnedComparison;
use crate::derived::{Derived, Shared};

#[derive(Properties, PartialEq)]
pub(crate) struct ReportProps {
    pub(crate) derived: Shared<Derived>,
    /// The same, or while it changes often, the one before.
    pub(crate) unhurried: Shared<Derived>,
    /// Against the pinned plan, if there is one.
    pub(crate) comparison: Option<Shared<PinnedComparison>>,
    /// `true` where the picture is older than the text.
    pub(crate) is_stale: bool,
    /// Key of the assumption whose bars are marked.
    pub(crate) dependents_of: Option<Rc<str>>,
    /// Picked deployment.
    pub(crate) selection: Option<DeploymentId>,
    pub(crate) on_select: Callback<DeploymentId>,
}

chunk!(report: load_report -> fn(&ReportProps) -> Html = report);

/// The place of the report, whether it is loaded or not.
#[function_component(ReportPlace)]
pub(crate) fn report_place(props: &ReportProps) -> Html {
    use_chunk(load_report).draw(|report| report(props))
}

fn report(props: &ReportProps) -> Html {
    let ReportProps {
        derived,
        unhurried,
        comparison,
        is_stale,
        dependents_of,
        selection,
        on_select,
    } = props;
    html! {
        <>
            if let Some(at) = *selection {
                <FailureFields derived={derived.clone()} {at} />
                <StepList derived={derived.clone()} {at} />
                <Dependencies derived={derived.clone()} stage={at.stage} />
                <PickedStage derived={derived.clone()} stage={at.stage} />
            }
            <Notes derived={unhurried.clone()} />
            <div class="dl-panels">
                <AssumptionsPanel derived={derived.clone()} unhurried={unhurried.clone()}
                    dependents_of={dependents_of.clone()} />
                <Compare derived={unhurried.clone()} comparison={comparison.clone()} is_stale={*is_stale} />
            </div>
            <OrderInWords derived={unhurried.clone()} />
            <DeploymentTable derived={unhurried.clone()} on_select={on_select.clone()} />
        </>
    }
}
