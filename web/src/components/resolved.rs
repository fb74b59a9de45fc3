//! The pipeline as it would run, to be read: as a whole, or what differs from the text; or in the other schema.

use std::rc::Rc;

use deployline_inputs::resolved::{Line, LineKind, lines, resolved};
use yew::prelude::*;

use super::copy_button::CopyButton;
use super::migrated::{self, MigratedText};
use super::text_lines::TextLines;
use crate::debounce::use_unhurried;
use crate::derived::{Derived, Shared};

#[derive(Properties, PartialEq)]
pub(crate) struct ResolvedProps {
    pub(crate) derived: Shared<Derived>,
}

#[function_component(ResolvedPanel)]
pub(crate) fn resolved_panel(props: &ResolvedProps) -> Html {
    let derived = use_unhurried(&props.derived);
    if derived.analysis.is_broken {
        return html! {
            <p class="dl-beside-note">{"Fix the YAML errors first, to see what it comes to."}</p>
        };
    }
    html! { <ResolvedText {derived} /> }
}

/// View of the pipeline that the panel shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Diff,
    Whole,
    /// The other schema.
    Migrated,
}

#[function_component(ResolvedText)]
fn resolved_text(ResolvedProps { derived }: &ResolvedProps) -> Html {
    let mode = use_state_eq(|| Mode::Diff);
    let choice = |caption: &'static str, value: Mode| {
        let set = mode.setter();
        html! {
            <button type="button" class="dl-control" aria-pressed={(*mode == value).to_string()}
                onclick={move |_: MouseEvent| set.set(value)}>{caption}</button>
        }
    };
    let switch = html! {
        <span class="dl-switch" role="group" aria-label="Show">
            {choice("Diff", Mode::Diff)}
            {choice("Whole", Mode::Whole)}
            {choice(migrated::caption(derived), Mode::Migrated)}
        </span>
    };
    let derived = derived.clone();
    html! {
        <div class="dl-resolved">
            if *mode == Mode::Migrated {
                <MigratedText {derived} {switch} />
            } else {
                <OwnText {derived} {switch} is_whole={*mode == Mode::Whole} />
            }
        </div>
    }
}

/// Data that a resolved text is drawn from.
struct Shown {
    text: Rc<str>,
    is_cut: bool,
    /// The lines of both texts.
    both: Shared<Vec<Line>>,
    change_count: usize,
}

#[derive(Properties, PartialEq)]
struct OwnTextProps {
    derived: Shared<Derived>,
    switch: Html,
    is_whole: bool,
}

/// The resolved text in its own schema.
#[function_component(OwnText)]
fn own_text(OwnTextProps { derived, switch, is_whole }: &OwnTextProps) -> Html {
    let shown = use_memo(derived.clone(), |derived| shown(derived));
    html! {
        <>
            <header class="dl-open-head">
                <h2>{"As it would run"}</h2>
                <p class="dl-muted" role="status">{summary(&shown)}</p>
            </header>
            <div class="dl-given-actions">
                {switch.clone()}
                <CopyButton text={shown.text.clone()} />
            </div>
            <TextLines lines={shown.both.clone()} is_whole={*is_whole} label="Resolved YAML" />
        </>
    }
}

fn shown(derived: &Derived) -> Shown {
    let Derived { text, analysis, inputs, answers, .. } = derived;
    let resolved = resolved(text, &analysis.documents, inputs, answers);
    let both = lines(text, &resolved.edits);
    let change_count = both.iter().filter(|line| line.kind != LineKind::Same).count();
    let (text, is_cut) = (resolved.text.into(), resolved.is_cut);
    Shown { text, is_cut, both: Shared(Rc::new(both)), change_count }
}

fn summary(shown: &Shown) -> String {
    let count = |kind| shown.both.iter().filter(|line| line.kind == kind).count();
    let changed = match shown.change_count {
        0 => "The same as the text: nothing is looked up elsewhere.".to_owned(),
        _ => {
            let (added, removed) = (count(LineKind::Added), count(LineKind::Removed));
            format!("{added} lines added, {removed} removed")
        }
    };
    if shown.is_cut {
        return changed + ". Some of it is too large to be written out, and stays as it is.";
    }
    changed
}
