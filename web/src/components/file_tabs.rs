//! The open texts as tabs, where there are several.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::tabs;
use crate::context::use_act;
use crate::state::{Action, OpenedText};

#[derive(Properties, PartialEq)]
pub(crate) struct FileTabsProps {
    /// Number and name of each.
    pub(crate) names: Vec<(u32, Rc<str>)>,
    pub(crate) shown: u32,
}

#[function_component(FileTabs)]
pub(crate) fn file_tabs(FileTabsProps { names, shown }: &FileTabsProps) -> Html {
    let act = use_act();
    let list = use_node_ref();
    let renaming = use_state_eq(|| None::<u32>);
    // A key that closes or renames a tab leads back to the tabs.
    let wants_focus = use_mut_ref(|| false);
    let at = place_of(*shown, names);
    use_returned_focus(names, *shown, *renaming, &list, &wants_focus);
    let onkeydown = {
        let (names, act, list) = (names.clone(), act.clone(), list.clone());
        let (renaming, wants_focus) = (renaming.clone(), wants_focus.clone());
        move |event: KeyboardEvent| {
            let Some((number, _)) = names.get(at).filter(|_| renaming.is_none()) else { return };
            match event.key().as_str() {
                "F2" => renaming.set(Some(*number)),
                "Delete" => {
                    wants_focus.replace(true);
                    act.emit(Action::CloseTab(*number));
                }
                key => {
                    let Some(to) = tabs::after_key(key, at, names.len()) else { return };
                    tabs::focus(&list, to);
                    act.emit(Action::ShowTab(names[to].0));
                }
            }
            event.prevent_default();
        }
    };
    let rename = {
        let (act, renaming) = (act.clone(), renaming.clone());
        Callback::from(move |(number, name): (u32, Option<String>)| {
            renaming.set(None);
            if let Some(name) = name {
                act.emit(Action::RenameTab(number, name));
            }
        })
    };
    let items = names.iter().map(|(number, name)| {
        if *renaming != Some(*number) {
            return file_tab((*number, name), *number == *shown, &renaming, &act);
        }
        let (number, wants_focus) = (*number, wants_focus.clone());
        let on_done = rename.reform(move |(name, is_key): (Option<String>, bool)| {
            wants_focus.replace(is_key);
            (number, name)
        });
        html! { <NameField key={number} name={name.clone()} {on_done} /> }
    });
    // A field is no tab: while there is one, this is no row of tabs.
    let role = if renaming.is_some() { "group" } else { "tablist" };
    html! {
        <nav class="dl-files" aria-label="Texts">
            <div class="dl-file-tabs" {role} aria-label="Open texts" ref={list} {onkeydown}>{for items}</div>
            <button type="button" class="dl-file-new" aria-label="New text" title="New text"
                onclick={act.reform(|_| Action::Open(vec![OpenedText::untitled()], None))}>{"+"}</button>
        </nav>
    }
}

/// Focuses the shown tab, after a key has closed or renamed one. While one is renamed, its field has the
/// focus.
#[hook]
fn use_returned_focus(
    names: &[(u32, Rc<str>)],
    shown: u32,
    renaming: Option<u32>,
    list: &NodeRef,
    wants_focus: &Rc<RefCell<bool>>,
) {
    let (list, wants_focus) = (list.clone(), wants_focus.clone());
    use_effect_with((names.to_vec(), shown, renaming), move |(names, shown, renaming)| {
        if renaming.is_none() && wants_focus.take() {
            tabs::focus(&list, place_of(*shown, names));
        }
    });
}

fn place_of(shown: u32, names: &[(u32, Rc<str>)]) -> usize {
    names.iter().position(|(number, _)| *number == shown).unwrap_or(0)
}

fn file_tab(
    (number, name): (u32, &Rc<str>),
    is_shown: bool,
    renaming: &UseStateHandle<Option<u32>>,
    act: &Callback<Action>,
) -> Html {
    let ondblclick = {
        let renaming = renaming.clone();
        move |_| renaming.set(Some(number))
    };
    let onclose = act.reform(move |event: MouseEvent| {
        event.stop_propagation();
        Action::CloseTab(number)
    });
    html! {
        <div key={number} role={if renaming.is_some() { "button" } else { "tab" }} class="dl-file-tab"
            aria-selected={renaming.is_none().then(|| is_shown.to_string())}
            aria-keyshortcuts="F2 Delete" tabindex={tabs::tabindex(is_shown)} title={name.clone()}
            onclick={act.reform(move |_| Action::ShowTab(number))} {ondblclick}>
            <span class="dl-file-name">{&**name}</span>
            // For the pointer; the key is Delete.
            <span class="dl-file-close" aria-hidden="true" title="Close" onclick={onclose}>{"×"}</span>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct NameProps {
    name: Rc<str>,
    /// With the new name, if it is to be another, and whether a key ended it.
    on_done: Callback<(Option<String>, bool)>,
}

/// A field in the place of the tab that is renamed.
#[function_component(NameField)]
fn name_field(NameProps { name, on_done }: &NameProps) -> Html {
    let field = use_node_ref();
    let is_done = use_mut_ref(|| false);
    {
        let field = field.clone();
        use_effect_with((), move |()| {
            if let Some(field) = field.cast::<HtmlInputElement>() {
                // It has just been put there, so it can be focused.
                let _ = field.focus();
                field.select();
            }
        });
    }
    let end = {
        let (field, on_done) = (field.clone(), on_done.clone());
        // What takes the field away takes its focus, which would end it a second time.
        move |is_kept: bool, is_key: bool| {
            let name = field.cast::<HtmlInputElement>().filter(|_| is_kept).map(|it| it.value());
            if !is_done.replace(true) {
                on_done.emit((name, is_key));
            }
        }
    };
    let onkeydown = {
        let end = end.clone();
        move |event: KeyboardEvent| {
            event.stop_propagation();
            match event.key().as_str() {
                "Enter" => end(true, true),
                "Escape" => end(false, true),
                _ => {}
            }
        }
    };
    let onblur = move |_: FocusEvent| end(true, false);
    html! {
        <input ref={field} class="dl-file-rename" aria-label="Name of the text" value={name.to_string()}
            size={name.chars().count().clamp(8, 40).to_string()} {onkeydown} {onblur} />
    }
}
