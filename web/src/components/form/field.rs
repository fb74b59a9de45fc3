//! Fields of one value. The text decides what they show: what is typed is asked for, and shown when
//! it is done.

use deployline_form::Field;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::wire::lock_title;
use crate::components::callbacks::emit_found;
use crate::components::rich_text::rich_text;

#[derive(Properties, PartialEq)]
pub(super) struct TextFieldProps {
    pub(super) label: AttrValue,
    pub(super) field: Field,
    #[prop_or_default]
    pub(super) placeholder: AttrValue,
    /// Least value, where only a whole number makes sense.
    #[prop_or_default]
    pub(super) least: Option<u32>,
    /// `true` where it can't be emptied.
    #[prop_or_default]
    pub(super) is_needed: bool,
    #[prop_or_default]
    pub(super) class: Option<&'static str>,
    /// With `None` where it was emptied.
    pub(super) on_change: Callback<Option<String>>,
}

/// A line of text, or a number.
#[function_component(TextField)]
pub(super) fn text_field(props: &TextFieldProps) -> Html {
    // A wrong value stays to be corrected, with the reason.
    let wrong = use_state_eq(|| None::<(AttrValue, String)>);
    let shown: AttrValue = props.field.text.clone().unwrap_or_default().into();
    let onchange = {
        let (wrong, shown, on_change) = (wrong.setter(), shown.clone(), props.on_change.clone());
        let (least, is_needed) = (props.least, props.is_needed);
        Callback::from(move |event: Event| {
            let Some(input) = input_of(&event) else { return };
            let typed = input.value().trim().to_owned();
            if typed == *shown {
                wrong.set(None);
            } else if let Some(reason) = complaint(&typed, least, is_needed) {
                wrong.set(Some((typed.into(), reason)));
            } else {
                wrong.set(None);
                input.set_value(&shown);
                on_change.emit((!typed.is_empty()).then_some(typed));
            }
        })
    };
    let onkeydown = {
        let (wrong, shown) = (wrong.setter(), shown.clone());
        Callback::from(move |event: KeyboardEvent| {
            if let (true, Some(input)) = (event.key() == "Escape", input_of(&event)) {
                input.set_value(&shown);
                wrong.set(None);
            }
        })
    };
    let value = wrong.as_ref().map_or(shown.clone(), |(typed, _)| typed.clone());
    let lock = props.field.lock.as_ref();
    html! {
        <label class={classes!("dl-field", props.class)}>
            <span>{&props.label}</span>
            <input class="dl-control dl-form-input" type="text" autocomplete="off" spellcheck="false"
                inputmode={props.least.map(|_| "numeric")} {value} data-text={shown}
                placeholder={props.placeholder.clone()} disabled={lock.is_some()}
                title={lock_title(lock)} aria-invalid={wrong.is_some().then_some("true")}
                {onchange} {onkeydown} />
            if let Some((_, reason)) = &*wrong {
                <small class="dl-field-error" role="alert">{rich_text(reason)}</small>
            }
        </label>
    }
}

fn complaint(typed: &str, least: Option<u32>, is_needed: bool) -> Option<String> {
    if typed.is_empty() {
        return is_needed.then(|| "It needs a text.".to_owned());
    }
    let least = least?;
    let is_fine = typed.parse::<u32>().is_ok_and(|number| number >= least);
    (!is_fine).then(|| format!("Expected a whole number of at least {least}."))
}

/// A checkbox.
pub(super) fn check(label: &'static str, field: &Field, on_check: Callback<bool>) -> Html {
    let is_checked = field.is_true();
    let onchange = emit_found(&on_check, move |event: Event| {
        let input = input_of(&event)?;
        let wanted = input.checked();
        input.set_checked(is_checked);
        Some(wanted)
    });
    let lock = field.lock.as_ref();
    html! {
        <label class={classes!("dl-check", lock.map(|_| "dl-disabled"))} title={lock_title(lock)}>
            <input type="checkbox" checked={is_checked} disabled={lock.is_some()} {onchange} />
            <span>{label}</span>
        </label>
    }
}

/// The input that an event is about.
pub(super) fn input_of(event: &Event) -> Option<HtmlInputElement> {
    event.target()?.dyn_into().ok()
}

/// A choice of few: values and how they are called. What is written but is none of them is one more.
pub(super) fn choice(
    label: &'static str,
    field: &Field,
    choices: &[(&'static str, &'static str)],
    on_change: Callback<Option<String>>,
) -> Html {
    let written = field.text.clone().unwrap_or_default();
    let is_known = choices.iter().any(|(value, _)| *value == written);
    let options = choices.iter().map(|(value, caption)| {
        html! { <option value={*value} selected={*value == written}>{*caption}</option> }
    });
    let other = (!is_known).then(|| {
        html! { <option value={written.clone()} selected=true>{written.clone()}</option> }
    });
    let onchange = on_change.reform(|event: Event| {
        let select: Option<HtmlSelectElement> = event.target().and_then(|it| it.dyn_into().ok());
        select.map(|select| select.value()).filter(|value| !value.is_empty())
    });
    let lock = field.lock.as_ref();
    html! {
        <label class="dl-field">
            <span>{label}</span>
            <select class="dl-control dl-form-input" disabled={lock.is_some()}
                title={lock_title(lock)} {onchange}>
                { for options }
                { for other }
            </select>
        </label>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_whole_and_not_too_small() {
        for (typed, least, is_needed, is_fine) in [
            ("", Some(1), false, true),
            ("", None, true, false),
            ("3", Some(1), false, true),
            ("0", Some(1), false, false),
            ("0", Some(0), false, true),
            ("2.5", Some(1), false, false),
            ("any text", None, true, true),
        ] {
            assert_eq!(complaint(typed, least, is_needed).is_none(), is_fine, "{typed:?}");
        }
    }
}
