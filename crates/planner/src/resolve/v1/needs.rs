//! `needs`: stages that must have ended. Stages of a list run one after the other all the same, so that it orders
//! the members of a `parallel` alone, in either direction.

use deployline_engine::Stage;
use deployline_map::Map;
use deployline_span::Span;
use deployline_yaml::NodeKind;

use super::waiting::Waiting;
use crate::resolve::budget::CountedList;
use crate::resolve::context::Reader;
use crate::resolve::found;
use crate::resolve::given_list::{self, GivenList};
use crate::resolve::scalar::{self, Scalar, expression};
use crate::resolve::view::View;
use crate::{fix, rules};

/// In how many stages a name is looked for that is spelt like another.
const MAX_STAGES: usize = 100;

/// `needs` of a stage, until all stages are read.
pub(super) struct Needs<'a> {
    pub(super) stage: usize,
    pub(super) view: View<'a>,
    pub(super) key: Span,
}

/// Lets each stage wait for those that it needs.
pub(super) fn apply<'a>(all: Vec<Needs<'a>>, stages: &mut [Stage], reader: &mut Reader<'_, 'a>) {
    if all.is_empty() {
        return;
    }
    let mut by_name: Map<String, usize> = Map::new();
    for (index, stage) in stages.iter().enumerate() {
        by_name.or_insert_with(stage.identifier.clone(), || index);
    }
    let mut waiting: Option<Waiting> = None;
    for needs in all {
        let of_entry = match waiting.take() {
            Some(waiting) if waiting.contains(needs.stage) => waiting,
            _ => Waiting::around(needs.stage, stages),
        };
        let list = names_in(&needs.view, reader);
        let counted =
            CountedList { name: "needs", of: None, count: list.len(), span: needs.view.span() };
        reader.cx.budget.inspect(of_entry.cost(needs.stage), &counted);
        if let Some(exceeded) = reader.cx.budget.end_stage() {
            let message = format!("{} From here on, no `needs` is read.", exceeded.message);
            reader.report(&rules::TOO_MANY_DEPLOYMENTS, needs.key, message);
            return;
        }
        let mut added = Vec::new();
        for item in &list {
            added.extend(needed(item, &needs, (&by_name, stages, &of_entry), reader));
        }
        let of_entry = waiting.insert(of_entry);
        if !added.is_empty() {
            of_entry.add(needs.stage, &added);
            let after = stages[needs.stage].after.iter().copied().chain(added);
            stages[needs.stage].after = after.collect();
        }
    }
}

/// The stage that an item names, where the stage would not wait for it without that.
fn needed(
    item: &Name<'_>,
    needs: &Needs<'_>,
    (by_name, stages, of_entry): (&Map<String, usize>, &[Stage], &Waiting),
    reader: &mut Reader<'_, '_>,
) -> Option<u32> {
    let name = &item.text;
    let Some(&index) = by_name.get(name) else {
        report_unknown(item, by_name, reader);
        return None;
    };
    let stage = needs.stage;
    // Entries run one after the other.
    let waits_for = |stage: usize, other: usize| match of_entry.contains(index) {
        true => of_entry.has(stage, other),
        false => stages[stage].entry > stages[other].entry,
    };
    if index == stage || waits_for(index, stage) {
        let what = match index {
            _ if index == stage => "this stage itself, which can't wait for its own end",
            _ if index > stage => "a later stage, which waits for this one",
            _ => "a stage that waits for this one",
        };
        let message = format!(
            "`{name}` is {what}. It is drawn without that. Name a stage before this one, or another member of its \
             `parallel`."
        );
        reader.report(&rules::NEEDS_INVALID, item.place.span(), message);
        return None;
    }
    if waits_for(stage, index) {
        let message = format!(
            "`{name}` has ended before this stage in any case, since stages of a list run one after the other: this \
             changes nothing. No public source says so; the assumption `needs-as-dag` changes it."
        );
        reader.report(&rules::NEEDS_IN_SEQUENCE, needs.key, message);
        return None;
    }
    u32::try_from(index).ok()
}

/// A stage that another one needs, by its name.
pub(super) struct Name<'a> {
    pub(super) text: String,
    /// Where it stands, or the expression that gives it.
    pub(super) place: View<'a>,
}

/// The names in a `needs`, which may be one, a list, or an expression that gives either; none where these are too
/// many.
pub(super) fn names_in<'a>(view: &View<'a>, reader: &mut Reader<'_, 'a>) -> Vec<Name<'a>> {
    let named = |text, place: &View<'a>| Name { text, place: place.clone() };
    if expression(view).is_some()
        && let GivenList::Known(texts) = given_list::read("needs", view, reader)
    {
        return texts.into_iter().map(|text| named(text, view)).collect();
    }
    let list = match view.kind() {
        NodeKind::Sequence => view.items(),
        _ => vec![view.clone()],
    };
    let counted = CountedList { name: "needs", of: None, count: list.len(), span: view.span() };
    if !reader.cx.budget.inspect(list.len(), &counted) {
        return Vec::new();
    }
    list.iter().filter_map(|item| Some(named(name_in(item, reader)?, item))).collect()
}

/// The name of a stage; `None` where there is none, or only a run knows it: reports that.
fn name_in(item: &View<'_>, reader: &mut Reader<'_, '_>) -> Option<String> {
    match scalar::read(item, reader) {
        Some(Scalar::Known(name)) if name.trim().is_empty() => {
            report_no_name(item, reader);
            None
        }
        Some(Scalar::Known(name)) => Some(name),
        Some(Scalar::Runtime(_)) => {
            let words = ("Which stage must have ended is", "It is drawn without it.");
            scalar::report_given(item.span(), words, scalar::written(item), reader);
            None
        }
        Some(Scalar::Several(_)) | None => {
            report_no_name(item, reader);
            None
        }
    }
}

fn report_no_name(item: &View<'_>, reader: &mut Reader<'_, '_>) {
    let expected = "Expected the `id` of one stage here; `needs` itself may be a list of them, as in `needs: [build]`. It \
                    is drawn without.";
    found::report(&rules::NEEDS_INVALID, item, expected, reader);
}

/// Reports a name that no stage has.
pub(super) fn report_unknown(
    Name { text, place }: &Name<'_>,
    by_name: &Map<String, usize>,
    reader: &mut Reader<'_, '_>,
) {
    let known = by_name.keys().filter(|_| by_name.len() <= MAX_STAGES);
    let fix = fix::spelling(place.node(), &mut known.map(String::as_str));
    let by = found::named_by(place);
    let message =
        format!("There is no stage `{text}`{by}. The stage is drawn as if it didn't need it.");
    reader.report_with_fix(&rules::NEEDS_INVALID, place.span(), message, fix);
}

#[cfg(test)]
mod tests {
    use deployline_engine::Assumptions;
    use deployline_yaml::Severity;

    use crate::{Inputs, analyze};

    /// The start of the last stage to start of so many side by side, each with `needs`, and the codes of errors.
    fn last_start(count: usize, needs: &dyn Fn(usize) -> Vec<usize>) -> (u64, Vec<String>) {
        let member = |index: usize| {
            let names: Vec<String> = needs(index).iter().map(|it| format!("s{it}")).collect();
            format!("    - {{id: s{index}, needs: [{}], steps: []}}\n", names.join(", "))
        };
        let members: String = (0..count).map(member).collect();
        let text = format!("version: 1\nstages:\n- parallel:\n    stages:\n{members}");
        let found = analyze(&[&text], &Inputs::default(), &Assumptions::default());
        let starts = found.schedule.stages.iter().map(|stage| stage.start.0 / 60_000);
        let errors = found.diagnostics.iter().filter(|it| it.severity == Severity::Error);
        let errors = errors.map(|it| it.code.to_string());
        (starts.max().unwrap_or_default(), errors.collect())
    }

    #[test]
    fn many_stages_that_need_each_other_are_in_order() {
        // Each after all before it, each after the next, and each after those two places before.
        assert_eq!(last_start(256, &|it| (0..it).collect()), (255, vec![]));
        assert_eq!(last_start(200, &|it| (it + 1..200).take(1).collect()), (199, vec![]));
        assert_eq!(last_start(90, &|it| it.checked_sub(2).into_iter().collect()), (44, vec![]));
    }

    #[test]
    fn a_name_that_is_spelt_like_another_is_looked_for_in_some_stages_alone() {
        let fixes = |count: usize| {
            let stages: String =
                (0..count).map(|it| format!("- {{id: s{it}, steps: []}}\n")).collect();
            let text =
                format!("version: 1\nstages:\n{stages}- {{id: last, needs: [s1_], steps: []}}\n");
            let found = analyze(&[&text], &Inputs::default(), &Assumptions::default());
            let found = found.diagnostics.into_iter().find(|it| it.code == "needs-invalid");
            found.and_then(|it| it.fix).is_some()
        };
        assert!(fixes(99));
        assert!(!fixes(100), "comparing each name with each takes the square of their number");
    }

    #[test]
    fn too_many_needs_are_one_error_that_says_so() {
        let (_, errors) = last_start(4_000, &|it| (it + 1..4_000).take(1).collect());
        assert_eq!(errors.iter().filter(|it| *it == "needs-invalid").count(), 0, "{errors:?}");
        assert_eq!(errors.iter().filter(|it| *it == "too-many-deployments").count(), 1);
    }
}
