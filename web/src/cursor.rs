//! Deployments that the line of the cursor makes.

use std::rc::Rc;

use deployline_assist::{StageDeployments, deployments_at};
use deployline_engine::DeploymentId;
use yew::prelude::*;

use crate::derived::{Derived, Shared};

/// Deployments at the line of the cursor: compared by value, so that moving along a line draws nothing.
pub(crate) type AtCursor = Rc<[StageDeployments]>;

/// Places at the cursor of the editor, and a callback for the byte it has moved to. Of a picture that is
/// older than the text there are none.
#[hook]
pub(crate) fn use_cursor(shown: &Shared<Derived>, is_stale: bool) -> (AtCursor, Callback<usize>) {
    let offset = use_state_eq(|| None::<usize>);
    let found = use_memo((shown.clone(), is_stale, *offset), |(shown, is_stale, offset)| {
        let at = offset.filter(|_| !is_stale);
        at.map(|at| look_up(shown, at)).unwrap_or_default()
    });
    let on_move = {
        let set = offset.setter();
        use_callback((), move |at: usize, ()| set.set(Some(at)))
    };
    ((*found).clone(), on_move)
}

fn look_up(shown: &Derived, at: usize) -> AtCursor {
    deployments_at(&shown.text, &shown.analysis.plan.pipeline, at).into()
}

/// Checks whether a deployment is one of those at the cursor.
pub(crate) fn is_at(places: &[StageDeployments], derived: &Derived, at: DeploymentId) -> bool {
    let stage = at.stage as usize;
    let Some(place) = places.iter().find(|place| place.stage == stage) else { return false };
    let deployments = derived.analysis.plan.stages.get(stage).map(|plan| &plan.deployments);
    let deployment = deployments.and_then(|list| list.get(at.index as usize));
    deployment.is_some_and(|deployment| place.holds(deployment))
}

/// Number of deployments at the cursor.
pub(crate) fn count(places: &[StageDeployments], derived: &Derived) -> usize {
    let stages = &derived.analysis.plan.stages;
    let of = |place: &StageDeployments| {
        let deployments = stages.get(place.stage).map_or(&[][..], |plan| &plan.deployments);
        deployments.iter().filter(|deployment| place.holds(deployment)).count()
    };
    places.iter().map(of).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    const TEXT: &str = "\
spec:
  services: {values: [{serviceRef: A}, {serviceRef: B}]}
  environments:
    values:
      - environmentRef: E
        infrastructureDefinitions:
          - identifier: I
          - identifier: J
";

    #[test]
    fn a_service_or_an_infrastructure_is_a_row_or_a_column() {
        let derived = Derived::new(&Source { text: TEXT.into(), ..Source::default() }, false);
        for (part, expected) in [
            ("{serviceRef: B", &[2, 3][..]),
            ("identifier: J", &[1, 3]),
            ("environmentRef", &[0, 1, 2, 3]),
        ] {
            let places = look_up(&derived, TEXT.find(part).expect("it is there"));
            let is_at =
                |index: &u32| is_at(&places, &derived, DeploymentId { stage: 0, index: *index });
            let mut found: Vec<u32> = (0..5).filter(is_at).collect();
            // Parallel lists go target by target: sorted by name they are a grid.
            let deployments = &derived.analysis.plan.stages[0].deployments;
            found.iter_mut().for_each(|index| {
                let deployment = &deployments[*index as usize];
                let (Some(service), Some(target)) = (deployment.service, deployment.target) else {
                    return;
                };
                *index = service * 2 + target;
            });
            found.sort_unstable();
            assert_eq!(found, expected, "{part}");
            assert_eq!(count(&places, &derived), expected.len(), "{part}");
        }
    }
}
