//! The pipeline as it would run, to be read: as a whole, or what differs from the text.

use std::ops::Range;

use deployline_inputs::resolved::{Line, LineKind, Resolved, Row, folded, lines, resolved};
use web_sys::Element;
use yew::prelude::*;

use crate::clipboard;
use crate::debounce::use_unhurried;
use crate::derived::{Derived, Shared};

/// Height of a line, as `web/style/open.css` has it.
const LINE_PX: usize = 20;
/// The part that is drawn: more lines than any screen shows, moved in steps.
const DRAWN: usize = 160;
const STEP: usize = 40;
/// Lines around a change.
const CONTEXT: usize = 3;

#[derive(Properties, PartialEq)]
pub(crate) struct ResolvedProps {
    pub(crate) derived: Shared<Derived>,
}

#[function_component(ResolvedPanel)]
pub(crate) fn resolved_panel(props: &ResolvedProps) -> Html {
    let derived = use_unhurried(&props.derived);
    if derived.analysis.is_broken {
        return html! {
            <p class="dl-beside-note">{"Fix the YAML errors first, to see what it comes to."}</p>
        };
    }
    html! { <ResolvedText {derived} /> }
}

/// Data that a resolved text is drawn from.
struct Shown {
    resolved: Resolved,
    /// The lines of both texts.
    both: Vec<Line>,
    change_count: usize,
}

#[function_component(ResolvedText)]
fn resolved_text(ResolvedProps { derived }: &ResolvedProps) -> Html {
    let is_whole = use_state_eq(|| false);
    let copied = use_state_eq(|| None::<bool>);
    let shown = Shared(use_memo(derived.clone(), |derived| shown(derived)));
    use_effect_with(shown.clone(), {
        let copied = copied.clone();
        move |_| copied.set(None)
    });
    let on_copy = {
        let (shown, copied) = (shown.clone(), copied.clone());
        Callback::from(move |_: MouseEvent| {
            let copied = copied.clone();
            let on_done = Callback::from(move |is_done| copied.set(Some(is_done)));
            clipboard::copy(&shown.resolved.text, on_done);
        })
    };
    let choice = |caption: &'static str, value: bool| {
        let set = is_whole.setter();
        html! {
            <button type="button" class="dl-control" aria-pressed={(*is_whole == value).to_string()}
                onclick={move |_: MouseEvent| set.set(value)}>{caption}</button>
        }
    };
    html! {
        <div class="dl-resolved">
            <header class="dl-open-head">
                <h2>{"As it would run"}</h2>
                <p class="dl-muted" role="status">{summary(&shown)}</p>
            </header>
            <div class="dl-given-actions">
                <span class="dl-switch" role="group" aria-label="Show">
                    {choice("Diff", false)}
                    {choice("Whole", true)}
                </span>
                <button type="button" class="dl-control" onclick={on_copy}>{"Copy"}</button>
                <span role="status">
                    { match *copied {
                        None => "",
                        Some(true) => "Copied.",
                        Some(false) => "The browser does not let it be copied.",
                    } }
                </span>
            </div>
            <Lines {shown} is_whole={*is_whole} />
        </div>
    }
}

fn shown(derived: &Derived) -> Shown {
    let Derived { text, analysis, inputs, answers, .. } = derived;
    let resolved = resolved(text, &analysis.documents, inputs, answers);
    let both = lines(text, &resolved.edits);
    let change_count = both.iter().filter(|line| line.kind != LineKind::Same).count();
    Shown { resolved, both, change_count }
}

fn summary(shown: &Shown) -> String {
    let count = |kind| shown.both.iter().filter(|line| line.kind == kind).count();
    let changed = match shown.change_count {
        0 => "The same as the text: nothing is looked up elsewhere.".to_owned(),
        _ => {
            let (added, removed) = (count(LineKind::Added), count(LineKind::Removed));
            format!("{added} lines added, {removed} removed")
        }
    };
    if shown.resolved.is_cut {
        return changed + ". Some of it is too large to be written out, and stays as it is.";
    }
    changed
}

#[derive(Properties, PartialEq)]
struct LinesProps {
    shown: Shared<Shown>,
    is_whole: bool,
}

/// The lines: only those in sight, and a few around them, are there.
#[function_component(Lines)]
fn lines_in_sight(props: &LinesProps) -> Html {
    let opened = use_state(Vec::<usize>::new);
    let first = use_state_eq(|| 0_usize);
    let scroller = use_node_ref();
    let rows = use_memo(
        (props.shown.clone(), props.is_whole, (*opened).clone()),
        |(shown, is_whole, opened)| rows(shown, *is_whole, opened),
    );
    let onscroll = {
        let (first, scroller) = (first.setter(), scroller.clone());
        Callback::from(move |_: Event| {
            let Some(element) = scroller.cast::<Element>() else { return };
            let top = usize::try_from(element.scroll_top()).unwrap_or(0) / LINE_PX;
            first.set(top / STEP * STEP);
        })
    };
    let range = in_sight(*first, rows.len());
    let height = |count: usize| (count * LINE_PX).to_string();
    let drawn = rows[range.clone()].iter().zip(range.clone()).map(|(row, index)| {
        let place = (index + 1, rows.len());
        match row {
            Row::Line(line) => line_row(&props.shown.both[*line], props.is_whole, place),
            Row::Folded(lines) => {
                let (start, opened) = (lines.start, opened.clone());
                let on_open = Callback::from(move |_: MouseEvent| {
                    let mut more = (*opened).clone();
                    more.push(start);
                    opened.set(more);
                });
                folded_row(lines, on_open, place)
            }
        }
    });
    html! {
        <div class="dl-lines" ref={scroller} tabindex="0" role="group"
            aria-label="Resolved YAML" {onscroll}>
            <div role="list">
                <svg class="dl-spacer" width="1" height={height(range.start)} aria-hidden="true" />
                {for drawn}
                <svg class="dl-spacer" width="1" height={height(rows.len() - range.end)} aria-hidden="true" />
            </div>
        </div>
    }
}

fn rows(shown: &Shown, is_whole: bool, opened: &[usize]) -> Vec<Row> {
    if is_whole {
        let is_there = |index: &usize| shown.both[*index].kind != LineKind::Removed;
        return (0..shown.both.len()).filter(is_there).map(Row::Line).collect();
    }
    let open = |row: Row| match row {
        Row::Folded(lines) if opened.contains(&lines.start) => lines.map(Row::Line).collect(),
        row => vec![row],
    };
    folded(&shown.both, CONTEXT).into_iter().flat_map(open).collect()
}

/// The rows that are there when one has scrolled to row `first`.
fn in_sight(first: usize, count: usize) -> Range<usize> {
    let start = first.saturating_sub(STEP).min(count.saturating_sub(DRAWN));
    start..(start + DRAWN).min(count)
}

fn line_row(line: &Line, is_whole: bool, (place, count): (usize, usize)) -> Html {
    let (class, sign, words) = match line.kind {
        _ if is_whole => ("", "", ""),
        LineKind::Same => ("", "", ""),
        LineKind::Removed => ("dl-goes", "−", "Removed: "),
        LineKind::Added => ("dl-comes", "+", "Added: "),
    };
    let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    html! {
        <div role="listitem" class={classes!("dl-line", class)} aria-posinset={place.to_string()}
            aria-setsize={count.to_string()}>
            if !is_whole {
                <span class="dl-line-number" aria-hidden="true">{number(line.old)}</span>
            }
            <span class="dl-line-number" aria-hidden="true">{number(line.new)}</span>
            if !is_whole {
                <span class="dl-line-sign" aria-hidden="true">{sign}</span>
            }
            <span class="dl-unseen">{words}</span>
            <code>{&line.text}</code>
        </div>
    }
}

fn folded_row(
    lines: &Range<usize>,
    on_open: Callback<MouseEvent>,
    (place, count): (usize, usize),
) -> Html {
    html! {
        <div role="listitem" class="dl-line dl-folded" aria-posinset={place.to_string()}
            aria-setsize={count.to_string()}>
            <button type="button" class="dl-link" onclick={on_open}>
                {format!("{} lines that stay", lines.len())}
            </button>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_rows_as_a_screen_shows_are_there() {
        for (first, count, expected) in [
            (0, 10, 0..10),
            (0, 1000, 0..160),
            (80, 1000, 40..200),
            (960, 1000, 840..1000),
            (960, 50, 0..50),
            (0, 0, 0..0),
        ] {
            assert_eq!(in_sight(first, count), expected, "{first} of {count}");
        }
    }
}
