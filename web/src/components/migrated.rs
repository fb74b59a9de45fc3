//! The pipeline in the other schema, to be read: below what differs there.

use std::rc::Rc;

use deployline_engine::{Schema, format};
use deployline_inputs::resolved::{Line, LineKind};
use deployline_migrate::{Migrated, Note, NoteKind, migrated};
use deployline_span::{SourceId, Span};
use deployline_yaml::{LineIndex, first_line};
use yew::prelude::*;

use super::copy_button::CopyButton;
use super::go_to::use_go_to;
use super::rich_text::rich_text;
use super::text_lines::TextLines;
use crate::chunk::{Loading, chunk, use_chunk};
use crate::context::use_act;
use crate::derived::{Derived, Shared};
use crate::state::{Action, OpenedText};

/// Number of notes that are listed.
const MAX_ITEMS: usize = 100;

/// Caption of the schema that a plan is not in.
pub(crate) fn caption(derived: &Derived) -> &'static str {
    match derived.analysis.plan.pipeline.schema {
        Schema::V0 => "As v1",
        Schema::V1 => "As v0",
    }
}

#[derive(Properties, PartialEq)]
pub(crate) struct MigratedTextProps {
    pub(crate) derived: Shared<Derived>,
    /// The buttons that choose what is shown.
    pub(crate) switch: Html,
}

/// The place of it, until what writes the other schema is there.
#[function_component(MigratedText)]
pub(crate) fn migrated_text(props: &MigratedTextProps) -> Html {
    let chunk = use_chunk(load_draw);
    html! {
        <>
            if !matches!(chunk.loading, Loading::Ready(_)) {
                <div class="dl-given-actions">{props.switch.clone()}</div>
            }
            {chunk.draw(|draw| draw(props))}
        </>
    }
}

chunk!(migration: load_draw -> fn(&MigratedTextProps) -> Html = draw);

fn draw(props: &MigratedTextProps) -> Html {
    html! { <Written derived={props.derived.clone()} switch={props.switch.clone()} /> }
}

/// Loads what writes the other schema.
pub(crate) async fn load_ahead() {
    // Where that fails, its place says so.
    let _ = load_draw().await;
}

/// Data that it is drawn from.
struct Shown {
    text: Rc<str>,
    notes: Vec<Note>,
    lines: Shared<Vec<Line>>,
}

#[function_component(Written)]
fn written(MigratedTextProps { derived, switch }: &MigratedTextProps) -> Html {
    let shown = use_memo(derived.clone(), |derived| shown(derived));
    let act = use_act();
    let Some(Shown { text, notes, lines }) = &*shown else {
        return html! {
            <>
                <div class="dl-given-actions">{switch.clone()}</div>
                <p class="dl-beside-note">{"There is no pipeline here."}</p>
            </>
        };
    };
    let caption = caption(derived);
    let on_open = {
        let name = derived.analysis.plan.pipeline.name.as_deref().unwrap_or("Pipeline");
        let opened = OpenedText {
            name: format!("{name} ({})", caption.to_lowercase()).into(),
            text: text.clone(),
            is_example: false,
        };
        act.reform(move |_: MouseEvent| Action::Open(vec![opened.clone()], None))
    };
    html! {
        <>
            <header class="dl-open-head">
                <h2>{caption}</h2>
                <p class="dl-muted" role="status">{summary(notes)}</p>
            </header>
            <div class="dl-given-actions">
                {switch.clone()}
                <CopyButton text={text.clone()} />
                <button type="button" class="dl-control" onclick={on_open}>{"Open in a new tab"}</button>
            </div>
            <Notes derived={derived.clone()} notes={Shared(Rc::new(notes.clone()))} />
            <TextLines lines={lines.clone()} is_whole={true} label="YAML in the other schema" />
        </>
    }
}

fn shown(derived: &Derived) -> Option<Shown> {
    let Derived { text, analysis, inputs, assumptions, .. } = derived;
    let Migrated { text, notes, .. } = migrated(text, &analysis.documents, inputs, assumptions)?;
    let line = |(number, text): (u32, &str)| Line {
        kind: LineKind::Same,
        text: text.to_owned(),
        old: None,
        new: Some(number),
    };
    let lines = (1..).zip(text.lines()).map(line).collect();
    Some(Shown { text: text.into(), notes, lines: Shared(Rc::new(lines)) })
}

fn summary(notes: &[Note]) -> String {
    let is_plan = |note: &&Note| note.kind == NoteKind::Plan;
    let plan = match notes.iter().filter(is_plan).count() {
        0 => "The same plan".to_owned(),
        count => format!("Another plan in {}", format::count(count, "stage")),
    };
    match notes.iter().filter(|note| !is_plan(note)).count() {
        0 => plan,
        count => format!("{plan}, {}", format::count(count, "note")),
    }
}

#[derive(Properties, PartialEq)]
struct NotesProps {
    derived: Shared<Derived>,
    notes: Shared<Vec<Note>>,
}

/// List of the differences, each with the way to its place.
#[function_component(Notes)]
fn notes(NotesProps { derived, notes }: &NotesProps) -> Html {
    let go_to = use_go_to(&derived.text);
    let index = LineIndex::new(&derived.text);
    // What the plan does comes first; the rest is in the order of the text.
    let (plan, others): (Vec<&Note>, Vec<&Note>) =
        notes.iter().partition(|note| note.kind == NoteKind::Plan);
    let items = plan.into_iter().chain(others).take(MAX_ITEMS);
    let items = items.map(|note| note_item(derived, note, &index, &go_to));
    let more = notes.len().saturating_sub(MAX_ITEMS);
    html! {
        if !notes.is_empty() {
            <section class="dl-problems dl-differences" aria-label="Differences" tabindex="0">
                <ul>
                    {for items}
                    if more > 0 { <li class="dl-muted">{format!("and {more} more")}</li> }
                </ul>
            </section>
        }
    }
}

fn note_item(derived: &Derived, note: &Note, index: &LineIndex, go_to: &Callback<Span>) -> Html {
    let (class, word) = match note.kind {
        NoteKind::Plan => ("dl-problem dl-warning", "plan"),
        NoteKind::NoCounterpart => ("dl-problem dl-warning", "left out"),
        NoteKind::Differs => ("dl-problem dl-info", "differs"),
    };
    // What answers made has no place in the text.
    let span = (note.span.source == SourceId(0)).then(|| first_line(&derived.text, note.span));
    let place = span.map(|span| {
        let at = index.line_column(&derived.text, span.start as usize);
        format!("{}:{}", at.line, at.column)
    });
    let onclick = span.map(|span| go_to.reform(move |_: MouseEvent| span));
    html! {
        <li {class}>
            <button type="button" class="dl-problem-place" {onclick} title="Show in the YAML">
                <span class="dl-severity">{word}</span>
                <span class="dl-place">{place.unwrap_or_default()}</span>
                <span>{rich_text(&note.message)}</span>
            </button>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_counts_plans_and_notes() {
        let note = |kind| Note { kind, span: Span::default(), message: "".into() };
        for (notes, expected) in [
            (&[][..], "The same plan"),
            (&[NoteKind::Differs], "The same plan, 1 note"),
            (&[NoteKind::Plan, NoteKind::NoCounterpart], "Another plan in 1 stage, 1 note"),
        ] {
            let notes: Vec<Note> = notes.iter().map(|kind| note(*kind)).collect();
            assert_eq!(summary(&notes), expected);
        }
    }
}
