//! The page: editor beside picture, and what connects them.

use std::cell::RefCell;
use std::rc::Rc;

use deployline_engine::At;
use deployline_inputs::open_count;
use deployline_span::Span;
use deployline_yaml::{Fix, TextEdit};
use yew::platform::spawn_local;
use yew::prelude::*;

use super::assumptions::AssumptionsPanel;
use super::changes::Changes;
use super::compare::{BothFlags, Compare};
use super::details::SelectionDetails;
use super::editor::{EditorPane, Link};
use super::file_tabs::FileTabs;
use super::header::{self, Header};
use super::legend::Legend;
use super::notes::Notes;
use super::notice_bar::NoticeBar;
use super::order::OrderInWords;
use super::outline::Outline;
use super::panels::{PanelBeside, PanelTabs};
use super::play::Play;
use super::problems::Problems;
use super::stage_cards::{Flip, StageCards};
use super::status::Status;
use super::table::DeploymentTable;
use super::timeline::{KEYS, Timeline};
use super::toolbar::Toolbar;
use super::welcome::Welcome;
use crate::browser;
use crate::cursor::{AtCursor, use_cursor};
use crate::derived::{Derived, Shared};
use crate::editor_js::EditorHandle;
use crate::examples;
use crate::files::{self, Given};
use crate::flags;
use crate::last_visit::{self, use_kept};
use crate::moved::Moved;
use crate::settled::{next_paint, use_is_painted, use_quiet, use_settled};
use crate::share::{self, Arrived, Asked, use_address};
use crate::state::{Action, Panel, Source, State, Tab, Tabs, Theme, View};
use crate::utf16::Utf16Index;

/// Where the running editor is, once it runs.
pub(crate) type EditorLink = Rc<RefCell<Option<EditorHandle>>>;

/// How the page starts.
#[derive(Clone, Debug, Default, PartialEq, Properties)]
pub(crate) struct AppProps {
    /// What came by a link.
    pub(crate) arrived: Arrived,
    /// Whether the address is its own.
    pub(crate) is_first: bool,
}

#[function_component(App)]
pub(crate) fn app(props: &AppProps) -> Html {
    let state = use_reducer(|| first_state(props.arrived.clone()));
    let tab = &state.tabs.shown;
    let count = use_mut_ref(|| 0_usize);
    let planned = use_settled(tab, *count.borrow());
    let derived = use_derived(&planned, tab.view.is_waves);
    count.replace(derived.deployment_count());
    let shown = use_last_good(&derived, tab.number);
    let pinned = use_memo(tab.pinned.clone(), |pinned| {
        pinned.as_ref().map(|source| Shared(Rc::new(Derived::new(source, false))))
    });
    let is_stale = shown != derived;
    let (at_cursor, on_cursor) = use_cursor(&shown, is_stale);
    let editor: EditorLink = (*use_memo((), |()| EditorLink::default())).clone();
    let yaml = use_node_ref();
    let root = use_node_ref();

    let act = {
        let dispatch = state.dispatcher();
        use_callback((), move |action: Action, ()| dispatch.dispatch(action))
    };
    let now = use_now(Now {
        tab: tab.clone(),
        planned,
        shown: shown.clone(),
        derived: derived.clone(),
        is_stale,
        editor: editor.clone(),
    });
    use_kept(&state.tabs);
    use_address(tab, &act, props.is_first);
    let on_open_files = {
        let act = act.clone();
        use_callback((), move |given: Given, ()| files::open(given, act.clone()))
    };
    let on_type = {
        let act = act.clone();
        use_callback((), move |text, ()| act.emit(Action::Type(text)))
    };
    let on_paste = {
        let act = act.clone();
        use_callback((), move |text, ()| act.emit(Action::Paste(text)))
    };
    let on_look = {
        let act = act.clone();
        use_callback((), move |view, ()| act.emit(Action::Look(view)))
    };
    let on_pick = {
        let act = act.clone();
        use_callback((), move |panel, ()| act.emit(Action::ShowPanel(panel)))
    };
    let on_flip = {
        let act = act.clone();
        use_callback(now.clone(), move |flip: Flip, now| {
            act.emit(flags::flip(flip, &now.read().present()));
        })
    };
    let on_choose = {
        let act = act.clone();
        use_callback(now.clone(), move |both: BothFlags, now| {
            let actions = flags::set_both(both, &now.read().present());
            actions.into_iter().for_each(|action| act.emit(action));
        })
    };
    let on_go_to = {
        let (act, yaml) = (act.clone(), yaml.clone());
        use_callback(now.clone(), move |span: Span, now| {
            let now = now.read();
            let go = move || select_in_editor(&now.editor, &now.derived, span, None);
            if is_seen(&yaml) {
                go();
                return;
            }
            // A panel has taken its place: it comes back first.
            act.emit(Action::ShowPanel(Panel::Yaml));
            spawn_local(async move {
                next_paint().await;
                go();
            });
        })
    };
    let on_show = use_callback(now.clone(), move |span: Span, now| {
        let now = now.read();
        if let (false, Some(editor)) = (now.is_stale, now.editor.borrow().clone()) {
            let (from, to) = now.shown.utf16_range(span);
            editor.show(from, to);
        }
    });
    // The outline is made of the text as it is, planned or not.
    let on_jump = use_callback(now.clone(), move |span: Span, now| {
        let now = now.read();
        let text = &now.tab.source.text;
        let utf16 = Utf16Index::new(text);
        let offset = |at: u32| utf16.offset(text, at as usize);
        if let Some(editor) = now.editor.borrow().clone() {
            editor.select(offset(span.start), offset(span.end));
        }
    });
    let on_stage = use_callback(now.clone(), move |stage: usize, now| {
        let now = now.read();
        if let (false, Some(line)) = (now.is_stale, now.shown.line_of_stage(stage)) {
            select_in_editor(&now.editor, &now.shown, line, None);
        }
    });
    let on_fix = {
        let act = act.clone();
        use_callback(now.clone(), move |fix: Fix, now| {
            let now = now.read();
            // Of a text that has changed since, what is found is on its way.
            if now.derived.text == now.tab.source.text {
                let text = TextEdit::apply_all(&fix.edits, &now.tab.source.text);
                act.emit(Action::Rewrite(text.into()));
            }
        })
    };
    let on_reveal = {
        let act = act.clone();
        use_callback(now.clone(), move |at: At, now| {
            act.emit(Action::Select(Some(at)));
            let now = now.read();
            // The places of an old picture are not those of the text.
            if let (false, Some((from, also))) = (now.is_stale, now.shown.origins(at)) {
                select_in_editor(&now.editor, &now.shown, from, also);
            }
        })
    };
    // Counting them takes as long as planning: it waits for a pause where that is long.
    let open_count = open_count(use_quiet(&shown).open());
    let on_undo = {
        let editor = editor.clone();
        use_callback((), move |again: bool, ()| match (editor.borrow().clone(), again) {
            (Some(editor), true) => editor.redo(),
            (Some(editor), false) => editor.undo(),
            (None, _) => {}
        })
    };
    let on_share = {
        let (act, root) = (act.clone(), root.clone());
        use_callback(now, move |kind: share::Kind, now: &Latest| {
            let now = now.read();
            if let Some(root) = root.cast() {
                let asked = Asked { derived: now.of_text(), tab: now.tab };
                share::open(kind, root, asked, act.clone());
            }
        })
    };
    let has_beside = state.panel != Panel::Yaml;
    let is_empty = tab.source.text.trim().is_empty();
    let picture = if is_empty || !shown.has_stages() {
        html! { <Welcome {is_empty} on_open={act.reform(|opened| Action::Open(vec![opened], None))} /> }
    } else {
        html! {
            <Picture view={tab.view.clone()} selection={tab.selection} picks={state.picks}
                derived={shown.clone()} pinned={(*pinned).clone()} {is_stale} {at_cursor}
                act={act.clone()} {on_look} {on_reveal} {on_stage} {on_choose} />
        }
    };
    html! {
        <div class="dl" ref={root} data-theme={state.theme.as_str()}
            ondragover={|event: DragEvent| event.prevent_default()}
            ondrop={files::drop(on_open_files.clone())}>
            <Header theme={state.theme} act={act.clone()} on_files={on_open_files} {on_share} />
            <NoticeBar notice={state.notice.clone()} act={act.clone()} />
            if state.tabs.count() > 1 {
                <FileTabs names={names(&state.tabs)} shown={tab.number} act={act.clone()} />
            }
            <main class="dl-main">
                <section class="dl-source" aria-label="Pipeline">
                    <PanelTabs panel={state.panel} {open_count} {on_pick} />
                    <div class={classes!("dl-sides", has_beside.then_some("dl-has-beside"))}>
                        <div class="dl-yaml" ref={yaml}>
                            // The form has the same checkboxes.
                            if state.panel != Panel::Form {
                                <StageCards derived={shown.clone()} {is_stale}
                                    on_flip={on_flip.clone()} />
                            }
                            <Outline text={tab.source.text.clone()} on_go_to={on_jump} />
                            <EditorPane text={tab.source.text.clone()} document={tab.number}
                                derived={derived.clone()} link={Link::from(editor)} {on_type}
                                {on_paste} {on_cursor} />
                            <Problems derived={derived.clone()} on_go_to={on_go_to.clone()}
                                {on_fix} />
                        </div>
                        if has_beside {
                            <PanelBeside panel={state.panel} source={tab.source.clone()}
                                document={tab.number} derived={derived.clone()}
                                shown={shown.clone()} {is_stale} selection={tab.selection}
                                act={act.clone()} {on_go_to} {on_show} {on_flip} {on_undo} />
                        }
                    </div>
                </section>
                <section class={classes!("dl-picture", is_stale.then_some("dl-stale"))} aria-label="Timeline">
                    <Status derived={derived.clone()} shown={shown.clone()} />
                    <Changes derived={shown.clone()} document={tab.number} />
                    {picture}
                </section>
            </main>
        </div>
    }
}

/// What callbacks need of the page when they are called; they themselves stay the same, so that a key
/// draws nothing anew but the editor.
#[derive(Clone)]
struct Now {
    tab: Tab,
    planned: Source,
    shown: Shared<Derived>,
    derived: Shared<Derived>,
    is_stale: bool,
    editor: EditorLink,
}

impl Now {
    /// What was typed a moment ago is in the text, even where it is not planned yet.
    fn present(&self) -> Shared<Derived> {
        if self.tab.source == self.planned { self.shown.clone() } else { self.planned_anew() }
    }

    /// The plan of the text as it is, even where that is broken.
    fn of_text(&self) -> Shared<Derived> {
        if self.tab.source == self.planned { self.derived.clone() } else { self.planned_anew() }
    }

    fn planned_anew(&self) -> Shared<Derived> {
        Shared(Rc::new(Derived::new(&self.tab.source, false)))
    }
}

/// The latest [`Now`]: always the same place.
#[derive(Clone)]
struct Latest(Rc<RefCell<Now>>);

impl Latest {
    fn read(&self) -> Now {
        self.0.borrow().clone()
    }
}

impl PartialEq for Latest {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

#[hook]
fn use_now(now: Now) -> Latest {
    let place = use_mut_ref(|| now.clone());
    place.replace(now);
    Latest(place)
}

#[derive(Properties, PartialEq)]
struct PictureProps {
    view: View,
    selection: Option<At>,
    picks: u32,
    derived: Shared<Derived>,
    pinned: Option<Shared<Derived>>,
    is_stale: bool,
    at_cursor: AtCursor,
    act: Callback<Action>,
    on_look: Callback<View>,
    on_reveal: Callback<At>,
    on_stage: Callback<usize>,
    on_choose: Callback<BothFlags>,
}

/// Everything that shows or explains the run.
#[function_component(Picture)]
fn picture(props: &PictureProps) -> Html {
    let PictureProps { view, selection, picks, derived, pinned, is_stale, act, .. } = props;
    let PictureProps { at_cursor, on_look, on_reveal, on_stage, on_choose, .. } = props;
    let place = use_node_ref();
    let quiet = use_quiet(derived);
    let is_painted = use_is_painted();
    let moved = use_memo((derived.clone(), pinned.clone()), |(derived, pinned)| {
        pinned.as_ref().map(|pinned| Shared(Rc::new(Moved::new(pinned, derived))))
    });
    let moved = (*moved).clone();
    let change = |with: fn(View, bool) -> View| {
        let view = view.clone();
        on_look.reform(move |value: bool| with(view.clone(), value))
    };
    let on_move = {
        let view = view.clone();
        on_look.reform(move |playhead| View { playhead, ..view.clone() })
    };
    let on_full_screen = {
        let place = place.clone();
        Callback::from(move |_: MouseEvent| full_screen(&place))
    };
    html! {
        <>
            <div class="dl-stage" ref={place}>
                <Toolbar view={view.clone()} end={derived.analysis.schedule.end}
                    on_look={on_look.clone()} {on_full_screen} />
                <Legend derived={derived.clone()} color_by={view.arrangement.color_by} />
                <Timeline derived={derived.clone()} moved={moved.clone()} view={view.clone()}
                    selection={*selection} picks={*picks} at_cursor={at_cursor.clone()}
                    act={act.clone()} on_reveal={on_reveal.clone()} on_stage={on_stage.clone()} />
                <Play derived={derived.clone()} playhead={view.playhead} {on_move} />
                {keys()}
            </div>
            if is_painted {
                <Notes derived={quiet.clone()}
                    on_waves={change(|view, is_waves| View { is_waves, ..view })} />
                <SelectionDetails derived={derived.clone()} selection={*selection}
                    moved={moved.clone()} act={act.clone()} />
                <div class="dl-panels">
                    <AssumptionsPanel derived={derived.clone()} act={act.clone()} />
                    <Compare derived={quiet.clone()} {moved} is_stale={*is_stale}
                        on_choose={on_choose.clone()} on_pin={act.reform(Action::Pin)} />
                </div>
                <OrderInWords derived={quiet.clone()} />
                <DeploymentTable derived={quiet} on_select={on_reveal.clone()} />
            }
        </>
    }
}

fn keys() -> Html {
    html! {
        <details class="dl-keys">
            <summary>{"Keys"}</summary>
            <dl>
                { for KEYS.iter().map(|(key, does)| html! { <div><dt>{*key}</dt><dd>{*does}</dd></div> }) }
            </dl>
        </details>
    }
}

/// Shows the picture alone, or the page again.
fn full_screen(place: &NodeRef) {
    let document = gloo::utils::document();
    if document.fullscreen_element().is_some() {
        document.exit_fullscreen();
    } else if let Some(element) = place.cast::<web_sys::Element>() {
        // Where the browser refuses, the page stays as it is.
        let _ = element.request_fullscreen();
    }
}

#[hook]
fn use_derived(source: &Source, is_waves: bool) -> Shared<Derived> {
    let deps = (source.clone(), is_waves);
    Shared(use_memo(deps, |(source, is_waves)| Derived::new(source, *is_waves)))
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

fn select_in_editor(link: &EditorLink, derived: &Derived, span: Span, also: Option<Span>) {
    let Some(editor) = link.borrow().clone() else { return };
    let (from, to) = derived.utf16_range(span);
    editor.select(from, to);
    let (from, to) = also.map_or((0, 0), |span| derived.utf16_range(span));
    editor.highlight(from, to);
}

/// Whether there is room for an element.
fn is_seen(place: &NodeRef) -> bool {
    place.cast::<web_sys::Element>().is_some_and(|it| it.client_height() > 0)
}

/// What the page opens with: what a link carries, before what was open on the last visit, before the
/// example.
fn first_state(arrived: Arrived) -> State {
    let theme = saved_theme();
    let state = match last_visit::texts() {
        Some((texts, shown)) => State::recovered(texts, shown, theme),
        None => State::new(examples::first(), theme),
    };
    match arrived {
        None => state,
        Some(Ok(shared)) => state.reduce(Action::OpenLink(shared)),
        Some(Err(error)) => state.reduce(Action::Notify(error.to_string())),
    }
}

fn names(tabs: &Tabs) -> Vec<(u32, Rc<str>)> {
    tabs.iter().map(|tab| (tab.number, tab.name.clone())).collect()
}

fn saved_theme() -> Theme {
    let saved = browser::storage().and_then(|storage| storage.get_item(header::THEME_KEY).ok()?);
    saved.and_then(|name| Theme::from_text(&name)).unwrap_or_default()
}
