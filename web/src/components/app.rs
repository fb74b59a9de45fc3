//! The page: editor beside picture, around one reducer.

use std::rc::Rc;

use yew::platform::spawn_local;
use yew::prelude::*;

use super::changes::Changes;
use super::file_tabs::FileTabs;
use super::header::Header;
use super::migrated;
use super::notice_bar::NoticeBar;
use super::panels;
use super::picture::Picture;
use super::source_pane::SourcePane;
use super::status::Status;
use super::welcome::Welcome;
use crate::browser;
use crate::context::AppContext;
use crate::cursor::use_cursor;
use crate::editor::assist;
use crate::files;
use crate::last_visit::{self, use_kept_texts};
use crate::paint::{idle, next_paint};
use crate::plan::{Planned, use_plan};
use crate::reading;
use crate::share::{self, ReadLink, use_address, use_dialogs};
use crate::state::{Action, OpenedText, State, Tabs};
use crate::theme;

/// Start of the page.
#[derive(Clone, Debug, Default, PartialEq, Properties)]
pub(crate) struct AppProps {
    /// The link that the page was opened with.
    pub(crate) link: ReadLink,
    /// `true` where the address is its own.
    pub(crate) is_first: bool,
}

#[function_component(App)]
pub(crate) fn app(props: &AppProps) -> Html {
    let state = use_reducer(|| first_state(props.link.clone()));
    let tab = &state.tabs.shown;
    let context = use_app_context(state.dispatcher());
    let plan = use_plan(tab, &context.act);
    let (at_cursor, on_cursor) = use_cursor(&plan.shown, plan.is_stale);
    let root = use_node_ref();
    use_kept_texts(&state.tabs, &context.act);
    use_address(tab, &context.act, props.is_first);
    use_dialogs(state.dialog, &root, tab, &plan, &context.act);
    let (is_loading_ahead, are_panels_loaded) = use_loading_in_background();

    let on_drop = files::on_drop(&context.act);
    let opening = state.dialog.filter(|request| request.is_pending).map(|request| request.dialog);
    html! {
        <ContextProvider<AppContext> {context}>
            <div class="dl" ref={root} data-theme={state.theme.as_str()}
                ondragover={|event: DragEvent| event.prevent_default()} ondrop={on_drop}>
                <Header theme={state.theme} {opening} />
                <NoticeBar notice={state.notice.clone()} />
                if state.tabs.count() > 1 {
                    <FileTabs names={names(&state.tabs)} shown={tab.number} />
                }
                <main class="dl-main">
                    <SourcePane panel={state.panel} source={tab.source.clone()}
                        document={tab.number} selection={tab.selection} derived={plan.derived.clone()}
                        shown={plan.shown.clone()} is_stale={plan.is_stale} {is_loading_ahead}
                        {are_panels_loaded} {on_cursor} />
                    {timeline(&state, &plan, at_cursor)}
                </main>
            </div>
        </ContextProvider<AppContext>>
    }
}

fn timeline(state: &State, plan: &Planned, at_cursor: crate::cursor::AtCursor) -> Html {
    let tab = &state.tabs.shown;
    let is_empty = tab.source.text.trim().is_empty();
    let Planned { derived, shown, pinned, is_stale, .. } = plan;
    let bytes_in_reading = state.announced_bytes.or(plan.bytes_in_reading);
    let is_old = *is_stale || plan.bytes_in_reading.is_some();
    html! {
        <section class={classes!("dl-picture", is_old.then_some("dl-stale"))} aria-label="Timeline">
            <Status derived={derived.clone()} shown={shown.clone()} {bytes_in_reading} />
            <Changes derived={shown.clone()} document={plan.document} />
            if is_empty || !shown.has_stages() {
                <Welcome {is_empty} />
            } else {
                <Picture view={tab.view.clone()} selection={tab.selection} picks={state.picks}
                    derived={shown.clone()} pinned={pinned.clone()} is_stale={*is_stale} {at_cursor} />
            }
        </section>
    }
}

#[hook]
fn use_app_context(dispatcher: UseReducerDispatcher<State>) -> AppContext {
    let context = use_memo((), |()| AppContext {
        act: Callback::from(move |action| dispatcher.dispatch(action)),
        ..AppContext::default()
    });
    (*context).clone()
}

/// Loads all that a visit may need, once the picture stands: one part after the other, so that the next
/// is there the sooner. Gives `true` once it has begun, and once the panels are there.
#[hook]
fn use_loading_in_background() -> (bool, UseStateHandle<bool>) {
    let has_begun = use_state_eq(|| false);
    let are_panels_loaded = use_state_eq(|| false);
    let begun = has_begun.setter();
    let set = are_panels_loaded.setter();
    use_effect_with((), move |()| {
        spawn_local(async move {
            next_paint().await;
            // Its component loads it as well; this one waits for it.
            let _ = browser::load("editor").await;
            idle().await;
            begun.set(true);
            reading::load_ahead().await;
            assist::load_ahead().await;
            idle().await;
            if panels::load_ahead().await {
                set.set(true);
            }
            idle().await;
            share::load_ahead().await;
            idle().await;
            migrated::load_ahead().await;
        });
    });
    (*has_begun, are_panels_loaded)
}

/// State that the page opens with: of a link, before the texts of the last visit, before the example.
fn first_state(link: ReadLink) -> State {
    let theme = theme::kept();
    let state = match last_visit::texts() {
        Some((texts, shown)) => State::restored(texts, shown, theme),
        None => State::new(OpenedText::first_example(), theme),
    };
    match link {
        None => state,
        Some(Ok(shared)) => state.reduce(Action::OpenLink(shared)),
        Some(Err(problem)) => state.reduce(Action::Notify(problem)),
    }
}

fn names(tabs: &Tabs) -> Vec<(u32, Rc<str>)> {
    tabs.iter().map(|tab| (tab.number, tab.name.clone())).collect()
}
