//! Values of input sets that no input of the pipeline has the name for.

use crate::resolve::context::Reader;
use crate::resolve::view::View;
use crate::{fix, rules};

/// In how many inputs a name is looked for that is spelt like another.
const MAX_INPUTS: usize = 100;

/// Reports the values that `inputs` of the pipeline does not take.
pub(super) fn check<'a>(pipeline: &View<'a>, reader: &mut Reader<'_, 'a>) {
    let inputs = pipeline.value("inputs").map(|inputs| inputs.node());
    let count = inputs.map_or(0, |inputs| inputs.entries().len());
    let known = || {
        let entries = inputs.filter(|_| count <= MAX_INPUTS).into_iter();
        entries.flat_map(|inputs| inputs.entries()).filter_map(|(key, _)| key.as_str())
    };
    let given: Vec<_> = reader.cx.entities.newer_inputs.iter().map(|(_, (key, _))| *key).collect();
    for key in given {
        let name = key.as_str().unwrap_or_default();
        if inputs.is_none_or(|inputs| inputs.get(name).is_none()) {
            let message = format!(
                "The pipeline has no input `{name}`, so this value is not used. Add it to `inputs` of the pipeline, or \
                 remove it here."
            );
            let fix = fix::spelling(key, &mut known());
            reader.report_with_fix(&rules::UNUSED_INPUT, key.span(), message, fix);
        }
    }
}
