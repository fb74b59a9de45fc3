//! Values of input sets that no input of the pipeline has the name for.

use deployline_map::Set;

use crate::resolve::context::Reader;
use crate::resolve::view::View;
use crate::{fix, rules};

/// In how many inputs a name is looked for that is spelt like another.
const MAX_INPUTS: usize = 100;

/// Reports the values that `inputs` of the pipeline does not take.
pub(super) fn check<'a>(pipeline: &View<'a>, reader: &mut Reader<'_, 'a>) {
    let of_sets = std::mem::take(&mut reader.cx.entities.of_newer_sets);
    reader.add_diagnostics(of_sets);
    let given: Vec<_> = reader.cx.entities.newer_inputs.iter().map(|(_, (key, _))| *key).collect();
    if given.is_empty() {
        return;
    }
    let inputs = pipeline.value("inputs");
    let names = inputs.iter().flat_map(|inputs| inputs.node().entries());
    let names: Set<&str> = names.filter_map(|(key, _)| key.as_str()).collect();
    for key in given {
        let name = key.as_str().unwrap_or_default();
        if !names.contains(name) {
            let message = format!(
                "The pipeline has no input `{name}`, so this value is not used. Add it to `inputs` of the pipeline, or \
                 remove it here."
            );
            let mut known = names.iter().copied().filter(|_| names.len() <= MAX_INPUTS);
            let fix = fix::spelling(key, &mut known);
            reader.report_with_fix(&rules::UNUSED_INPUT, key.span(), message, fix);
        }
    }
}
