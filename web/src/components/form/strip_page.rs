//! The page of a long row of the strip that is drawn: the one with the chosen entry. A button at either
//! end chooses the nearest entry of the next page.

use deployline_engine::format::number;
use deployline_form::Address;
use yew::prelude::*;

use super::places;
use super::strip_context::StripContext;

/// Entries of a page.
const PAGE: usize = 100;
/// Entries of the page of a group without the chosen entry: there may be a hundred such groups.
const PAGE_ELSEWHERE: usize = 30;

/// Indexes of the entries that are drawn, of a row or a stack of `count` entries.
pub(super) struct StripPage {
    pub(super) from: usize,
    pub(super) to: usize,
    count: usize,
}

impl StripPage {
    /// The page of the entries below `group` that has the chosen one, or the first.
    pub(super) fn new(drawing: &StripContext<'_>, count: usize, group: &[usize]) -> Self {
        let below = drawing.chosen.0.strip_prefix(group);
        match below.map(|rest| rest.first().copied().unwrap_or(0)) {
            Some(chosen) => Self::with(chosen, PAGE, count),
            None => Self::with(0, PAGE_ELSEWHERE, count),
        }
    }

    fn with(chosen: usize, size: usize, count: usize) -> Self {
        let from = chosen.min(count.saturating_sub(1)) / size * size;
        Self { from, to: (from + size).min(count), count }
    }

    /// Number of entries that are drawn.
    pub(super) fn len(&self) -> usize {
        self.to - self.from
    }

    /// The button that leads to the page before.
    pub(super) fn earlier(&self, at: &impl Fn(usize) -> Address) -> Html {
        let last = self.from.checked_sub(1).map(at);
        last.map(|to| button(&to, self.from, "earlier")).unwrap_or_default()
    }

    /// The button that leads to the page behind.
    pub(super) fn later(&self, at: &impl Fn(usize) -> Address) -> Html {
        let left = self.count - self.to;
        let first = (left > 0).then(|| at(self.to));
        first.map(|to| button(&to, left, "later")).unwrap_or_default()
    }
}

fn button(to: &Address, count: usize, word: &str) -> Html {
    html! {
        <button type="button" class="dl-control" data-choose={places::encode_address(to)}>
            {format!("{} {word}", number(count))}
        </button>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_the_chosen_entry() {
        for (chosen, count, expected) in [
            (0, 0, (0, 0)),
            (0, 3, (0, 3)),
            (99, 250, (0, 100)),
            (100, 250, (100, 200)),
            (249, 250, (200, 250)),
            (900, 250, (200, 250)),
            (0, 100, (0, 100)),
        ] {
            let page = StripPage::with(chosen, PAGE, count);
            assert_eq!((page.from, page.to), expected, "{chosen} of {count}");
        }
    }
}
