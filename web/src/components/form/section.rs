//! Sections of the form of an entry, and the data that all of them are drawn from.

use deployline_form::Form;
use yew::prelude::*;

use super::known::Known;
use super::wire::Wire;
use crate::derived::Derived;
use crate::flags::Flip;

/// Data that the form of an entry is drawn from.
pub(super) struct EntryContext<'a> {
    pub(super) form: &'a Form,
    pub(super) derived: &'a Derived,
    pub(super) known: &'a Known,
    pub(super) wire: &'a Wire,
    pub(super) is_stale: bool,
    pub(super) on_flip: &'a Callback<Flip>,
}

/// A part of the form, with its heading and what stands beside that.
pub(super) fn section(title: &'static str, head: Html, body: Html) -> Html {
    html! {
        <section class="dl-form-section" aria-label={title}>
            <div class="dl-form-head"><h2>{title}</h2>{head}</div>
            {body}
        </section>
    }
}
