//! A button that copies a text, and says whether that was done.

use std::rc::Rc;

use yew::prelude::*;

use crate::clipboard;

#[derive(Properties, PartialEq)]
pub(crate) struct CopyButtonProps {
    pub(crate) text: Rc<str>,
}

#[function_component(CopyButton)]
pub(crate) fn copy_button(CopyButtonProps { text }: &CopyButtonProps) -> Html {
    let copied = use_state_eq(|| None::<bool>);
    use_effect_with(text.clone(), {
        let copied = copied.clone();
        move |_| copied.set(None)
    });
    let onclick = {
        let (text, copied) = (text.clone(), copied.clone());
        Callback::from(move |_: MouseEvent| {
            let copied = copied.clone();
            let on_done = Callback::from(move |is_done| copied.set(Some(is_done)));
            clipboard::copy(&text, on_done);
        })
    };
    html! {
        <>
            <button type="button" class="dl-control" {onclick}>{"Copy"}</button>
            <span role="status">
                { match *copied {
                    None => "",
                    Some(true) => "Copied.",
                    Some(false) => "The browser does not let it be copied.",
                } }
            </span>
        </>
    }
}
