//! A field for a duration: `90s`, `5m`, `1h 30m`.

use deployline_engine::Ms;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::rich_text::rich_text;

#[derive(Properties, PartialEq)]
pub(crate) struct DurationFieldProps {
    pub(crate) label: AttrValue,
    /// Duration in the field; `None` for an empty one.
    pub(crate) value: Option<Ms>,
    pub(crate) placeholder: AttrValue,
    /// With `None` where the field was emptied.
    pub(crate) on_change: Callback<Option<Ms>>,
}

#[function_component(DurationField)]
pub(crate) fn duration_field(props: &DurationFieldProps) -> Html {
    let error = use_state_eq(|| None::<String>);
    let value = props.value.map(|value| value.to_string()).unwrap_or_default();
    let onchange = {
        let (error, on_change, shown) = (error.clone(), props.on_change.clone(), value.clone());
        Callback::from(move |event: Event| {
            let Some(input) = event.target().and_then(|it| it.dyn_into::<HtmlInputElement>().ok())
            else {
                return;
            };
            let text = input.value();
            let read = match text.trim() {
                "" => Ok(None),
                text => text.parse::<Ms>().map(Some),
            };
            match read {
                Ok(duration) => {
                    error.set(None);
                    // The same duration in other words: the field shows it as the page writes it.
                    input.set_value(&duration.map(|it| it.to_string()).unwrap_or_default());
                    if input.value() != shown {
                        on_change.emit(duration);
                    }
                }
                Err(reason) => error.set(Some(reason.to_string())),
            }
        })
    };
    html! {
        <label class="dl-field">
            <span>{&props.label}</span>
            <input class="dl-control dl-duration" type="text" inputmode="text" autocomplete="off"
                spellcheck="false" {value} placeholder={props.placeholder.clone()}
                aria-invalid={error.is_some().then_some("true")} {onchange} />
            if let Some(error) = &*error {
                <small class="dl-field-error" role="alert">{rich_text(error)}</small>
            }
        </label>
    }
}
