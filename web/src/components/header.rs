//! The top of the page: examples, files, light and dark.

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::platform::spawn_local;
use yew::prelude::*;

use super::callbacks::emit_found;
use crate::context::use_act;
use crate::examples::EXAMPLES;
use crate::state::{Action, Dialog, OpenedText, Theme};
use crate::{files, share, theme};

#[derive(Properties, PartialEq)]
pub(crate) struct HeaderProps {
    pub(crate) theme: Theme,
    /// The dialog that is being loaded.
    pub(crate) opening: Option<Dialog>,
}

#[function_component(Header)]
pub(crate) fn header(HeaderProps { theme, opening }: &HeaderProps) -> Html {
    let act = &use_act();
    let dialog = |dialog: Dialog| dialog_button(dialog, *opening == Some(dialog), act);
    html! {
        <header class="dl-header">
            <h1 class="dl-brand">{"Deployline"}</h1>
            <p class="dl-tagline">{"See your pipeline's order before it runs"}</p>
            <div class="dl-tools">
                {examples(act)}
                {open_file(act)}
                {open_folder(act)}
                {dialog(Dialog::Share)}
                {dialog(Dialog::Export)}
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
        let opened = EXAMPLES.get(number).map_or_else(OpenedText::untitled, OpenedText::example);
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

fn open_file(act: &Callback<Action>) -> Html {
    // The label is the button; the input inside takes the focus and the keys.
    html! {
        <label class="dl-control dl-file">
            {"Open file…"}
            <input type="file" multiple=true accept=".yaml,.yml,.json,.txt,.md" onchange={picked(act)} />
        </label>
    }
}

fn open_folder(act: &Callback<Action>) -> Html {
    html! {
        <label class="dl-control dl-file dl-folder" title="All pipelines of a folder, such as .harness">
            {"Open folder…"}
            <input type="file" webkitdirectory=true onchange={picked(act)} />
        </label>
    }
}

fn picked(act: &Callback<Action>) -> Callback<Event> {
    let act = act.clone();
    Callback::from(move |event: Event| {
        let input = event.target().and_then(|it| it.dyn_into::<HtmlInputElement>().ok());
        let Some(input) = input else { return };
        if let Some(files) = input.files().filter(|files| files.length() > 0) {
            files::open(files::Dropped::picked(&files), act.clone());
        }
        // So that the same files can be picked again; their list is the input's own.
        input.set_value("");
    })
}

fn dialog_button(dialog: Dialog, is_opening: bool, act: &Callback<Action>) -> Html {
    let caption = match dialog {
        Dialog::Share => "Share…",
        Dialog::Export => "Export…",
    };
    html! {
        <button type="button" class={classes!("dl-control", is_opening.then_some("dl-busy"))}
            aria-haspopup="dialog" aria-busy={is_opening.then_some("true")}
            onclick={act.reform(move |_: MouseEvent| Action::OpenDialog(dialog))}
            onpointerenter={|_| spawn_local(share::load_ahead())}
            onfocusin={|_| spawn_local(share::load_ahead())}>{caption}</button>
    }
}

fn themes(current: Theme, act: &Callback<Action>) -> Html {
    let onchange = emit_found(act, |event: Event| {
        let select: HtmlSelectElement = event.target()?.dyn_into().ok()?;
        let theme = Theme::from_text(&select.value())?;
        theme::keep(theme);
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
