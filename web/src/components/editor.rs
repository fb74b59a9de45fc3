//! The YAML. A plain text field until the editor is there, so that nothing waits for it.

use std::cell::RefCell;
use std::rc::Rc;

use deployline_planner::Analysis;
use yew::platform::spawn_local;
use yew::prelude::*;

use super::app::EditorLink;
use super::plain_field::{self, PlainField};
use crate::derived::{Derived, Shared};
use crate::editor_js::{self, Callbacks, ChangedBy, Editor};
use crate::settled::next_paint;
use crate::utf16::byte_offset;

#[derive(Properties, PartialEq)]
pub(crate) struct EditorProps {
    pub(crate) text: Rc<str>,
    /// Another number, another document.
    pub(crate) document: u32,
    pub(crate) derived: Shared<Derived>,
    pub(crate) on_type: Callback<Rc<str>>,
    /// With what was pasted in the place of all there was.
    pub(crate) on_paste: Callback<Rc<str>>,
    /// The text as the editor has it, and the byte its cursor is at.
    pub(crate) on_cursor: Callback<(Rc<str>, usize)>,
    pub(crate) link: Link,
}

/// [`EditorLink`] as a property: always the same one.
#[derive(Clone)]
pub(crate) struct Link(EditorLink);

impl PartialEq for Link {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl From<EditorLink> for Link {
    fn from(link: EditorLink) -> Self {
        Self(link)
    }
}

/// The text and document that the editor holds, as far as the page knows.
#[derive(Clone, Default)]
struct Held {
    text: Rc<str>,
    document: u32,
}

/// What callbacks find by the time they are called.
#[derive(Clone)]
struct Known {
    held: Rc<RefCell<Held>>,
    /// What the page shows.
    latest: Rc<RefCell<Held>>,
    planned: Rc<RefCell<Shared<Derived>>>,
}

#[function_component(EditorPane)]
pub(crate) fn editor_pane(props: &EditorProps) -> Html {
    let (host, field) = (use_node_ref(), use_node_ref());
    let state = use_state(|| Loading::Waiting);
    let held = use_mut_ref(Held::default);
    // What the editor starts with is what the page shows by then.
    let latest = use_mut_ref(Held::default);
    *latest.borrow_mut() = Held { text: props.text.clone(), document: props.document };

    // The plan that notes on hover are about.
    let planned = use_mut_ref(|| props.derived.clone());
    planned.replace(props.derived.clone());

    let known = Known { held: held.clone(), latest, planned };
    use_editor(&host, &field, &state, &known, props);
    let is_running = matches!(*state, Loading::Done(_));
    {
        let link = props.link.0.clone();
        let deps = (props.text.clone(), props.document, is_running);
        use_effect_with(deps, move |(text, document, _)| follow(&link, &held, text, *document));
    }
    {
        let link = props.link.0.clone();
        use_effect_with((props.derived.clone(), is_running), move |(derived, _)| {
            if let Some(editor) = link.borrow().clone() {
                editor.show_diagnostics(derived);
            }
        });
    }
    {
        let link = props.link.0.clone();
        use_effect_with(state.clone(), move |state| {
            let editor = link.borrow().clone();
            if let (Loading::Done(Some((from, to))), Some(editor)) = (&**state, editor) {
                editor.select(*from, *to);
            }
        });
    }
    html! {
        <div class="dl-editor">
            <div class="dl-editor-host" ref={host} hidden={!is_running}></div>
            if !is_running {
                <PlainField text={props.text.clone()} {field} on_type={props.on_type.clone()}
                    on_paste={props.on_paste.clone()} />
            }
            if let Loading::Failed(reason) = &*state {
                <p class="dl-editor-note" title={reason.clone()}>
                    {"The editor could not be loaded; this plain field works too."}
                </p>
            }
        </div>
    }
}

#[derive(Clone, PartialEq)]
enum Loading {
    Waiting,
    /// With what was selected in the plain field, where someone was typing in it.
    Done(Option<(u32, u32)>),
    Failed(String),
}

/// Loads the editor once, when the first picture has been painted.
#[hook]
fn use_editor(
    host: &NodeRef,
    field: &NodeRef,
    state: &UseStateHandle<Loading>,
    known: &Known,
    props: &EditorProps,
) {
    let Known { held, latest, planned } = known.clone();
    let on_cursor = props.on_cursor.clone();
    let (host, field, state) = (host.clone(), field.clone(), state.clone());
    let link = props.link.0.clone();
    let (on_type, on_paste) = (props.on_type.clone(), props.on_paste.clone());
    use_effect_with((), move |()| {
        // Owns the editor: it goes with the component.
        let owner: Rc<RefCell<Option<Editor>>> = Rc::default();
        let (keep, link_to_clear) = (owner.clone(), link.clone());
        spawn_local(async move {
            next_paint().await;
            let Some(host) = host.cast::<web_sys::Element>() else { return };
            let on_change = move |text, by| match by {
                ChangedBy::Page => {}
                ChangedBy::User => on_type.emit(text),
                ChangedBy::PastingAll => on_paste.emit(text),
            };
            let callbacks = callbacks(&held, planned, on_change, on_cursor);
            let start = || {
                let latest = latest.borrow().clone();
                *held.borrow_mut() = latest.clone();
                (latest.text.to_string(), latest.document)
            };
            match editor_js::create(&host, start, callbacks).await {
                Ok(editor) => {
                    *link.borrow_mut() = Some(editor.handle.clone());
                    *keep.borrow_mut() = Some(editor);
                    let typing = plain_field::selection(&field, &latest.borrow().text);
                    state.set(Loading::Done(typing));
                }
                Err(reason) => state.set(Loading::Failed(reason)),
            }
        });
        move || {
            link_to_clear.borrow_mut().take();
            owner.borrow_mut().take();
        }
    });
}

/// All that is asked is about the text that the editor holds by then.
fn callbacks(
    held: &Rc<RefCell<Held>>,
    planned: Rc<RefCell<Shared<Derived>>>,
    on_change: impl Fn(Rc<str>, ChangedBy) + 'static,
    on_cursor: Callback<(Rc<str>, usize)>,
) -> Callbacks {
    let (typed, moved, completed, hovered) =
        (held.clone(), held.clone(), held.clone(), held.clone());
    Callbacks {
        on_change: Box::new(move |text: String, by| {
            let text: Rc<str> = text.into();
            typed.borrow_mut().text = text.clone();
            on_change(text, by);
        }),
        on_selection: Box::new(move |offset| {
            let text = moved.borrow().text.clone();
            let at = byte_offset(&text, offset);
            on_cursor.emit((text, at));
        }),
        complete: Box::new(move |offset| {
            let text = completed.borrow().text.clone();
            editor_js::completions(&text, offset)
        }),
        hover: Box::new(move |offset| {
            let text = hovered.borrow().text.clone();
            let planned = planned.borrow().clone();
            // What is planned of another text is not said of this one.
            if planned.text == text {
                editor_js::note(&text, offset, &planned.analysis)
            } else {
                editor_js::note(&text, offset, &Analysis::default())
            }
        }),
    }
}

/// Brings the editor to the text that the page has, by a small edit or as another document.
fn follow(link: &EditorLink, held: &RefCell<Held>, text: &Rc<str>, document: u32) {
    let Some(editor) = link.borrow().clone() else { return };
    let before = held.replace(Held { text: text.clone(), document });
    if before.document != document {
        editor.open_document(document, text);
    } else if before.text != *text {
        editor.change(&before.text, text);
    }
}
