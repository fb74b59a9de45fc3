//! A button that copies a text, and says whether that was done.

use std::rc::Rc;

use yew::prelude::*;

use crate::clipboard;

#[derive(Properties, PartialEq)]
pub(crate) struct CopyButtonProps {
    pub(crate) text: Rc<str>,
    #[prop_or("Copy")]
    pub(crate) caption: &'static str,
    #[prop_or_default]
    pub(crate) disabled: bool,
    /// Further buttons, between the one that copies and what it says.
    #[prop_or_default]
    pub(crate) children: Html,
}

#[function_component(CopyButton)]
pub(crate) fn copy_button(props: &CopyButtonProps) -> Html {
    let CopyButtonProps { text, caption, disabled, children } = props;
    let copied = use_state_eq(|| None::<bool>);
    // What was copied is no longer what is there.
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
            <button type="button" class="dl-control" disabled={*disabled} {onclick}>{*caption}</button>
            {children.clone()}
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
