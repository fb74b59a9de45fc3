//! Reducer and editor, within reach of every component of a page.

use yew::prelude::*;

use crate::editor::Editor;
use crate::state::Action;

/// Context of a page's components. It never changes, so that nobody who uses it is drawn anew for it.
#[derive(Clone, PartialEq)]
pub(crate) struct AppContext {
    /// Dispatches an action to the reducer.
    pub(crate) act: Callback<Action>,
    pub(crate) editor: Editor,
}

/// Outside of a page, as in tests of one component, actions lead to nothing.
impl Default for AppContext {
    fn default() -> Self {
        Self { act: Callback::noop(), editor: Editor::default() }
    }
}

#[hook]
pub(crate) fn use_app() -> AppContext {
    use_context().unwrap_or_default()
}

/// Callback that dispatches actions; always the same one.
#[hook]
pub(crate) fn use_act() -> Callback<Action> {
    use_app().act
}
