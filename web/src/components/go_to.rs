//! The way from a part of the page to its place in the YAML.

use std::rc::Rc;

use deployline_span::Span;
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::context::{AppContext, use_app};
use crate::paint::next_paint;
use crate::state::{Action, Panel};

/// Callback that selects a place of `text` in the YAML. Where a panel has taken the place of that, it
/// comes back first.
#[hook]
pub(crate) fn use_go_to(text: &Rc<str>) -> Callback<Span> {
    let app = use_app();
    use_callback((app, text.clone()), |span: Span, (AppContext { act, editor }, text)| {
        if editor.is_visible() {
            editor.select(text, span, None);
            return;
        }
        act.emit(Action::ShowPanel(Panel::Yaml));
        let (editor, text) = (editor.clone(), text.clone());
        spawn_local(async move {
            next_paint().await;
            editor.select(&text, span, None);
        });
    })
}
