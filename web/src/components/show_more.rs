//! A long list of which the first items are drawn, and more of them when somebody asks.

use deployline_engine::format::number;
use yew::prelude::*;

/// Number of items of a list that are drawn.
pub(super) struct ShownItems {
    most: UseStateHandle<usize>,
    step: usize,
}

/// Draws `step` items at first.
#[hook]
pub(super) fn use_shown_items(step: usize) -> ShownItems {
    ShownItems { most: use_state(|| step), step }
}

impl ShownItems {
    /// The most items that are drawn now.
    pub(super) fn most(&self) -> usize {
        *self.most
    }

    /// The button that draws more of `count` items; nothing where all are drawn.
    pub(super) fn button(&self, count: usize) -> Html {
        let hidden = count.saturating_sub(*self.most);
        if hidden == 0 {
            return Html::default();
        }
        let (most, step) = (self.most.clone(), self.step);
        let onclick = Callback::from(move |_: MouseEvent| most.set(*most + step));
        html! {
            <button type="button" class="dl-control" {onclick}>
                {format!("Show more of {}", number(hidden))}
            </button>
        }
    }
}
