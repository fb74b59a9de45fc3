//! The YAML. A plain text field until the editor is there, so that nothing waits for it.

use std::cell::RefCell;
use std::rc::Rc;

use yew::platform::spawn_local;
use yew::prelude::*;

use super::plain_field::{self, PlainField};
use crate::context::{AppContext, use_app};
use crate::derived::{Derived, Shared};
use crate::editor::js::{self, Callbacks, ChangedBy, RunningEditor};
use crate::editor::{Document, Editor, assist};
use crate::paint::next_paint;
use crate::state::Action;
use crate::utf16::byte_offset;

#[derive(Properties, PartialEq)]
pub(crate) struct EditorPaneProps {
    pub(crate) text: Rc<str>,
    /// Another number, another document.
    pub(crate) document: u32,
    pub(crate) derived: Shared<Derived>,
    /// With the byte the cursor is at.
    pub(crate) on_cursor: Callback<usize>,
}

#[function_component(EditorPane)]
pub(crate) fn editor_pane(props: &EditorPaneProps) -> Html {
    let AppContext { editor, .. } = use_app();
    let field = use_node_ref();
    let loading = use_state(|| Loading::Pending);
    use_document(&editor, &props.text, props.document);
    let retry = use_running_editor(&field, &loading, &props.on_cursor);
    let is_running = matches!(*loading, Loading::Done(_));
    use_diagnostics(&editor, &props.derived, is_running);
    use_taken_focus(&editor, &loading);
    html! {
        <div class="dl-editor">
            <div class="dl-editor-host" ref={editor.host().clone()} hidden={!is_running}></div>
            if !is_running {
                <PlainField text={props.text.clone()} {field} />
            }
            if let Loading::Failed(reason) = &*loading {
                <p class="dl-editor-note" title={reason.clone()}>
                    {"The editor could not be loaded; this plain field works too. "}
                    <button type="button" class="dl-link" onclick={retry}>{"Try again"}</button>
                </p>
            }
        </div>
    }
}

#[derive(Clone, PartialEq)]
enum Loading {
    Pending,
    /// With the selection of who was typing in the plain field.
    Done(Option<(u32, u32)>),
    Failed(String),
}

/// Brings the editor to the text that the page has.
#[hook]
fn use_document(editor: &Editor, text: &Rc<str>, number: u32) {
    let editor = editor.clone();
    use_effect_with((text.clone(), number), move |(text, number)| {
        editor.open(Document { text: text.clone(), number: *number });
    });
}

/// Marks diagnostics in the text.
#[hook]
fn use_diagnostics(editor: &Editor, derived: &Shared<Derived>, is_running: bool) {
    let editor = editor.clone();
    use_effect_with((derived.clone(), is_running), move |(derived, is_running)| {
        editor.set_plan(derived.clone());
        if *is_running {
            spawn_local(assist::mark_diagnostics(editor));
        }
    });
}

/// Goes on where someone was typing in the plain field, once the editor is in its place.
#[hook]
fn use_taken_focus(editor: &Editor, loading: &UseStateHandle<Loading>) {
    let editor = editor.clone();
    use_effect_with(loading.clone(), move |loading| {
        if let Loading::Done(Some((from, to))) = **loading {
            editor.take_focus(from, to);
        }
    });
}

/// Loads the editor once, when the first picture has been painted. Gives a callback that tries again.
#[hook]
fn use_running_editor(
    field: &NodeRef,
    loading: &UseStateHandle<Loading>,
    on_cursor: &Callback<usize>,
) -> Callback<MouseEvent> {
    let app = use_app();
    // Owns the editor: it goes with the component.
    let owner = use_mut_ref(|| None::<RunningEditor>);
    let load = {
        let (app, owner, on_cursor) = (app.clone(), owner.clone(), on_cursor.clone());
        let (field, loading) = (field.clone(), loading.setter());
        use_callback((), move |(), ()| {
            loading.set(Loading::Pending);
            let (app, owner, on_cursor) = (app.clone(), owner.clone(), on_cursor.clone());
            let (field, loading) = (field.clone(), loading.clone());
            spawn_local(async move {
                next_paint().await;
                let started = start(&app, &owner, on_cursor, &field).await;
                loading.set(started.unwrap_or_else(Loading::Failed));
            });
        })
    };
    {
        let load = load.clone();
        use_effect_with((), move |()| {
            load.emit(());
            move || {
                app.editor.attach(None);
                owner.borrow_mut().take();
            }
        });
    }
    load.reform(|_: MouseEvent| ())
}

/// Starts the editor with the text there is by then, and with the selection of who is typing in the
/// plain field.
async fn start(
    app: &AppContext,
    owner: &RefCell<Option<RunningEditor>>,
    on_cursor: Callback<usize>,
    field: &NodeRef,
) -> Result<Loading, String> {
    let AppContext { act, editor } = app;
    let Some(host) = editor.host().cast::<web_sys::Element>() else {
        return Ok(Loading::Pending);
    };
    let callbacks = callbacks(act, editor, on_cursor);
    let running = js::create(&host, || editor.document(), callbacks).await?;
    let selection = plain_field::selection(field, &editor.text());
    editor.attach(Some(running.handle.clone()));
    *owner.borrow_mut() = Some(running);
    Ok(Loading::Done(selection))
}

/// Callbacks for the editor. Its offsets are those of the text that it holds by then.
fn callbacks(act: &Callback<Action>, editor: &Editor, on_cursor: Callback<usize>) -> Callbacks {
    let (act, on_refused) = (act.clone(), act.clone());
    let [typed, moved, completed, hovered] = [(); 4].map(|()| editor.clone());
    Callbacks {
        on_change: Box::new(move |text: String, by| {
            let text: Rc<str> = text.into();
            typed.set_text(text.clone());
            match by {
                ChangedBy::Page => {}
                ChangedBy::User => act.emit(Action::Type(text)),
                ChangedBy::PastingAll => act.emit(Action::Paste(text)),
            }
        }),
        on_selection: Box::new(move |offset| on_cursor.emit(byte_offset(&moved.text(), offset))),
        on_refused_paste: Box::new(move |characters| {
            on_refused.emit(Action::Notify(plain_field::refusal(characters as usize)));
        }),
        complete: Box::new(move |offset| assist::complete(&completed, offset)),
        hover: Box::new(move |offset| assist::hover(&hovered, offset)),
    }
}
