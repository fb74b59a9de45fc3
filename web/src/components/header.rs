//! The top of the page: examples, files, light and dark.

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::callbacks::emit_found;
use crate::browser::storage;
use crate::examples::{EXAMPLES, Example};
use crate::files::Given;
use crate::share::Kind;
use crate::state::{Action, Opened, Theme};

/// Under which name the browser keeps the choice of light and dark.
pub(crate) const THEME_KEY: &str = "deployline-theme";

#[derive(Properties, PartialEq)]
pub(crate) struct HeaderProps {
    pub(crate) theme: Theme,
    pub(crate) act: Callback<Action>,
    pub(crate) on_files: Callback<Given>,
    pub(crate) on_share: Callback<Kind>,
}

#[function_component(Header)]
pub(crate) fn header(HeaderProps { theme, act, on_files, on_share }: &HeaderProps) -> Html {
    html! {
        <header class="dl-header">
            <h1 class="dl-brand">{"Deployline"}</h1>
            <p class="dl-tagline">{"See your pipeline's order before it runs"}</p>
            <div class="dl-tools">
                {examples(act)}
                {open_file(on_files)}
                {open_folder(on_files)}
                {opens(on_share, Kind::Share, "Share…")}
                {opens(on_share, Kind::Export, "Export…")}
                {themes(*theme, act)}
            </div>
        </header>
    }
}

fn examples(act: &Callback<Action>) -> Html {
    let onchange = emit_found(act, |event: Event| {
        let select: HtmlSelectElement = event.target()?.dyn_into().ok()?;
        let number = usize::try_from(select.selected_index() - 1).ok()?;
        // Back to its caption, so that the same example can be chosen again.
        select.set_selected_index(0);
        let opened = EXAMPLES.get(number).map_or_else(Opened::untitled, Example::opened);
        Some(Action::Open(vec![opened], None))
    });
    html! {
        <select class="dl-control" aria-label="Examples" {onchange}>
            <option selected=true>{"Examples…"}</option>
            { for EXAMPLES.iter().map(|example| html! { <option>{example.title}</option> }) }
            <option>{"Empty, to paste into"}</option>
        </select>
    }
}

fn open_file(on_files: &Callback<Given>) -> Html {
    // The label is the button; the input inside takes the focus and the keys.
    html! {
        <label class="dl-control dl-file">
            {"Open file…"}
            <input type="file" multiple=true accept=".yaml,.yml,.json,.txt,.md" onchange={picked(on_files)} />
        </label>
    }
}

fn open_folder(on_files: &Callback<Given>) -> Html {
    html! {
        <label class="dl-control dl-file dl-folder" title="All pipelines of a folder, such as .harness">
            {"Open folder…"}
            <input type="file" webkitdirectory=true onchange={picked(on_files)} />
        </label>
    }
}

fn picked(on_files: &Callback<Given>) -> Callback<Event> {
    emit_found(on_files, |event: Event| {
        let input: HtmlInputElement = event.target()?.dyn_into().ok()?;
        let given = Given::picked(&input.files().filter(|files| files.length() > 0)?);
        // So that the same files can be picked again; their list is the input's own.
        input.set_value("");
        Some(given)
    })
}

fn opens(on_share: &Callback<Kind>, kind: Kind, caption: &'static str) -> Html {
    html! {
        <button type="button" class="dl-control" aria-haspopup="dialog"
            onclick={on_share.reform(move |_: MouseEvent| kind)}>{caption}</button>
    }
}

fn themes(current: Theme, act: &Callback<Action>) -> Html {
    let onchange = emit_found(act, |event: Event| {
        let select: HtmlSelectElement = event.target()?.dyn_into().ok()?;
        let theme = Theme::from_text(&select.value())?;
        if let Some(storage) = storage() {
            // A full storage keeps nothing: then the choice lasts as long as the page.
            let _ = storage.set_item(THEME_KEY, theme.as_str());
        }
        Some(Action::SetTheme(theme))
    });
    let caption = |theme| match theme {
        Theme::System => "System theme",
        Theme::Light => "Light",
        Theme::Dark => "Dark",
    };
    html! {
        <select class="dl-control" aria-label="Theme" {onchange}>
            { for Theme::ALL.into_iter().map(|theme| html! {
                <option value={theme.as_str()} selected={theme == current}>{caption(theme)}</option>
            }) }
        </select>
    }
}
