//! A text of any length to be read: only the lines in sight are there.

use std::ops::Range;

use deployline_inputs::resolved::{Line, LineKind, Row, folded};
use web_sys::Element;
use yew::prelude::*;

use crate::derived::Shared;

/// Height of a line, as `web/style/open.css` has it.
const LINE_PX: usize = 20;
/// The part that is drawn: more lines than any screen shows, moved in steps.
const DRAWN: usize = 160;
const STEP: usize = 40;
/// Lines around a change.
const CONTEXT: usize = 3;

#[derive(Properties, PartialEq)]
pub(crate) struct TextLinesProps {
    pub(crate) lines: Shared<Vec<Line>>,
    /// Without the lines that are removed, and without marks.
    pub(crate) is_whole: bool,
    pub(crate) label: AttrValue,
}

/// The lines: only those in sight, and a few around them, are there.
#[function_component(TextLines)]
pub(crate) fn text_lines(props: &TextLinesProps) -> Html {
    let opened = use_state(Vec::<usize>::new);
    let first = use_state_eq(|| 0_usize);
    let scroller = use_node_ref();
    let rows = use_memo(
        (props.lines.clone(), props.is_whole, (*opened).clone()),
        |(lines, is_whole, opened)| rows(lines, *is_whole, opened),
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
            Row::Line(line) => line_row(&props.lines[*line], props.is_whole, place),
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
            aria-label={props.label.clone()} {onscroll}>
            <div role="list">
                <svg class="dl-spacer" width="1" height={height(range.start)} aria-hidden="true" />
                {for drawn}
                <svg class="dl-spacer" width="1" height={height(rows.len() - range.end)} aria-hidden="true" />
            </div>
        </div>
    }
}

fn rows(lines: &[Line], is_whole: bool, opened: &[usize]) -> Vec<Row> {
    if is_whole {
        let is_there = |index: &usize| lines[*index].kind != LineKind::Removed;
        return (0..lines.len()).filter(is_there).map(Row::Line).collect();
    }
    let open = |row: Row| match row {
        Row::Folded(lines) if opened.contains(&lines.start) => lines.map(Row::Line).collect(),
        row => vec![row],
    };
    folded(lines, CONTEXT).into_iter().flat_map(open).collect()
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
