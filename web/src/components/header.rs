//! The top of the page: examples, files, light and dark.

use wasm_bindgen::JsCast;
use web_sys::{FileList, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::callbacks::emit_found;
use crate::browser;
use crate::examples::EXAMPLES;
use crate::state::{Action, Theme};

/// Under which name the browser keeps the choice of light and dark.
pub(crate) const THEME_KEY: &str = "deployline-theme";

/// Where the browser keeps choices; some browsers have none, or forbid it.
pub(crate) fn storage() -> Option<web_sys::Storage> {
    browser::window()?.local_storage().ok().flatten()
}

#[derive(Properties, PartialEq)]
pub(crate) struct HeaderProps {
    pub(crate) theme: Theme,
    pub(crate) act: Callback<Action>,
    pub(crate) on_files: Callback<FileList>,
}

#[function_component(Header)]
pub(crate) fn header(HeaderProps { theme, act, on_files }: &HeaderProps) -> Html {
    html! {
        <header class="dl-header">
            <h1 class="dl-brand">{"Deployline"}</h1>
            <p class="dl-tagline">{"See your pipeline's order before it runs"}</p>
            <div class="dl-tools">
                {examples(act)}
                {open_file(on_files)}
                {themes(*theme, act)}
            </div>
        </header>
    }
}

fn examples(act: &Callback<Action>) -> Html {
    let onchange = emit_found(act, |event: Event| {
        let select: HtmlSelectElement = event.target()?.dyn_into().ok()?;
        let example = EXAMPLES.get(usize::try_from(select.selected_index() - 1).ok()?)?;
        // Back to its caption, so that the same example can be chosen again.
        select.set_selected_index(0);
        Some(Action::Open(example.text.into()))
    });
    html! {
        <select class="dl-control" aria-label="Examples" {onchange}>
            <option selected=true>{"Examples…"}</option>
            { for EXAMPLES.iter().map(|example| html! { <option>{example.title}</option> }) }
        </select>
    }
}

fn open_file(on_files: &Callback<FileList>) -> Html {
    let onchange = emit_found(on_files, |event: Event| {
        let input: HtmlInputElement = event.target()?.dyn_into().ok()?;
        input.files().filter(|files| files.length() > 0)
    });
    // The label is the button; the input inside takes the focus and the keys.
    html! {
        <label class="dl-control dl-file">
            {"Open file…"}
            <input type="file" multiple=true accept=".yaml,.yml,.json,.txt" {onchange} />
        </label>
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
