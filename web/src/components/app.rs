//! The page: editor beside picture, and what connects them.

use std::cell::RefCell;
use std::rc::Rc;

use deployline_planner::{Span, edit};
use yew::prelude::*;

use super::details::SelectionDetails;
use super::editor::EditorPane;
use super::header::{self, Header};
use super::legend::Legend;
use super::order::OrderInWords;
use super::problems::Problems;
use super::stage_cards::{Flip, StageCards};
use super::status::Status;
use super::table::DeploymentTable;
use super::timeline::Timeline;
use super::welcome::Welcome;
use crate::derived::{Derived, Shared};
use crate::editor_js::EditorHandle;
use crate::examples::{EXAMPLES, FIRST};
use crate::files;
use crate::state::{Action, Selection, State, Theme};

/// Where the running editor is, once it runs.
pub(crate) type EditorLink = Rc<RefCell<Option<EditorHandle>>>;

#[function_component(App)]
pub(crate) fn app() -> Html {
    let state = use_reducer(|| State::new(EXAMPLES[FIRST].text, saved_theme()));
    let derived = use_memo((state.text.clone(), state.inputs.clone()), |(text, inputs)| {
        Derived::new(text.clone(), inputs)
    });
    let derived = Shared(derived);
    let shown = use_last_good(&derived, state.document);
    let is_stale = shown != derived;
    let editor: EditorLink = (*use_memo((), |()| EditorLink::default())).clone();
    let dispatch = state.dispatcher();

    let act = {
        let dispatch = dispatch.clone();
        Callback::from(move |action: Action| dispatch.dispatch(action))
    };
    let on_open_files = Callback::from(move |list: web_sys::FileList| {
        files::open(list, dispatch.clone());
    });
    let on_type = act.reform(Action::Type);
    let on_flip = {
        let (act, shown) = (act.clone(), shown.clone());
        Callback::from(move |flip: Flip| act.emit(action_of(flip, &shown)))
    };
    let on_go_to = {
        let (editor, derived) = (editor.clone(), derived.clone());
        Callback::from(move |span: Span| select_in_editor(&editor, &derived, span, None))
    };
    let on_select = {
        let (act, editor, shown) = (act.clone(), editor.clone(), shown.clone());
        Callback::from(move |selection: Selection| {
            act.emit(Action::Select(Some(selection)));
            // The places of an old picture are not those of the text.
            if let (false, Some((from, also))) = (is_stale, shown.origins(selection)) {
                select_in_editor(&editor, &shown, from, also);
            }
        })
    };
    let is_empty = state.text.trim().is_empty();
    let picture = if is_empty || !shown.has_stages() {
        html! { <Welcome {is_empty} on_open={act.reform(Action::Open)} /> }
    } else {
        html! {
            <>
                <Legend derived={shown.clone()} />
                <Timeline derived={shown.clone()} selection={state.selection} on_select={on_select.clone()} />
                <SelectionDetails derived={shown.clone()} selection={state.selection} />
                <OrderInWords derived={shown.clone()} />
                <DeploymentTable derived={shown.clone()} on_select={on_select} />
            </>
        }
    };
    html! {
        <div class="dl" data-theme={state.theme.as_str()}
            ondragover={|event: DragEvent| event.prevent_default()}
            ondrop={files::drop(on_open_files.clone())}>
            <Header theme={state.theme} act={act.clone()} on_files={on_open_files} />
            if let Some(notice) = &state.notice {
                <p class="dl-notice" role="alert">
                    {notice}
                    <button type="button" onclick={act.reform(|_| Action::DismissNotice)}>{"Close"}</button>
                </p>
            }
            <main class="dl-main">
                <section class="dl-source" aria-label="Pipeline">
                    <StageCards derived={shown.clone()} {is_stale} {on_flip} />
                    <EditorPane text={state.text.clone()} document={state.document}
                        derived={derived.clone()} link={editor} {on_type} />
                    <Problems derived={derived.clone()} {on_go_to} />
                </section>
                <section class={classes!("dl-picture", is_stale.then_some("dl-stale"))} aria-label="Timeline">
                    <Status derived={derived.clone()} shown={shown.clone()} />
                    {picture}
                </section>
            </main>
        </div>
    }
}

/// While the YAML is broken, the last picture of the same document stays.
#[hook]
fn use_last_good(derived: &Shared<Derived>, document: u32) -> Shared<Derived> {
    let last = use_mut_ref(|| None::<(u32, Shared<Derived>)>);
    let mut last = last.borrow_mut();
    let kept = last.as_ref().filter(|(of, _)| *of == document).map(|(_, good)| good.clone());
    match kept {
        Some(good) if derived.analysis.is_broken => good,
        _ => {
            *last = (!derived.analysis.is_broken).then(|| (document, derived.clone()));
            derived.clone()
        }
    }
}

fn action_of(flip: Flip, shown: &Derived) -> Action {
    let Flip { stage, axis, parallel, is_choice } = flip;
    let pipeline = &shown.analysis.plan.pipeline;
    if is_choice {
        let stage = pipeline.stages[stage].identifier.clone();
        return Action::Choose { stage, axis, parallel };
    }
    let documents = &shown.analysis.documents;
    match edit::set_parallel(&shown.text, documents, pipeline, stage, axis, parallel) {
        Ok(edit) => Action::Edit(edit),
        Err(refusal) => Action::Notify(refusal.reason.to_owned()),
    }
}

fn select_in_editor(link: &EditorLink, derived: &Derived, span: Span, also: Option<Span>) {
    let Some(editor) = link.borrow().clone() else { return };
    let (from, to) = derived.utf16_range(span);
    editor.select(from, to);
    let (from, to) = also.map_or((0, 0), |span| derived.utf16_range(span));
    editor.highlight(from, to);
}

fn saved_theme() -> Theme {
    let saved = header::storage().and_then(|storage| storage.get_item(header::THEME_KEY).ok()?);
    saved.and_then(|name| Theme::from_text(&name)).unwrap_or_default()
}
