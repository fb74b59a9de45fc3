//! Problems that were found in the text, each with the way to its place and its fixes.

use deployline_engine::format;
use deployline_span::Span;
use deployline_yaml::{Diagnostic, Fix, LineIndex, Severity, TextEdit, first_line};
use yew::platform::spawn_local;
use yew::prelude::*;

use super::go_to::use_go_to;
use super::rich_text::rich_text;
use crate::chunk::{Loading, chunk, use_chunk};
use crate::context::{use_act, use_app};
use crate::derived::{Derived, Shared};
use crate::editor::assist;
use crate::state::Action;

/// Number of problems that are listed; the editor marks all of them.
const MAX_ITEMS: usize = 100;

#[derive(Properties, PartialEq)]
pub(crate) struct ProblemsProps {
    pub(crate) derived: Shared<Derived>,
    /// `true` once the page loads what it needs later.
    pub(crate) is_loading_ahead: bool,
}

/// The problems. What finds all of them is loaded later, and at once where some are known.
#[function_component(Problems)]
pub(crate) fn problems(props: &ProblemsProps) -> Html {
    let are_known = !props.derived.analysis.diagnostics.is_empty();
    html! {
        if are_known || props.is_loading_ahead {
            <LoadedProblems derived={props.derived.clone()} />
        }
    }
}

#[derive(Properties, PartialEq)]
struct ProblemListProps {
    derived: Shared<Derived>,
}

chunk!(tools: load_list -> fn(&Shared<Derived>) -> Html = list);

#[function_component(LoadedProblems)]
fn loaded_problems(ProblemListProps { derived }: &ProblemListProps) -> Html {
    let editor = use_app().editor;
    let chunk = use_chunk(load_list);
    let is_ready = matches!(chunk.loading, Loading::Ready(_));
    // Where they could not be loaded before, the editor has no marks yet.
    use_effect_with(is_ready, move |is_ready| {
        if *is_ready {
            spawn_local(assist::mark_diagnostics(editor));
        }
    });
    match chunk.loading {
        Loading::Ready(list) => list(derived),
        // There may be none: until that is known, nothing is said of them.
        Loading::Pending if derived.analysis.diagnostics.is_empty() => Html::default(),
        Loading::Pending | Loading::Failed => html! {
            <section class="dl-problems" aria-label="Problems">
                {chunk.draw(|_| Html::default())}
            </section>
        },
    }
}

fn list(derived: &Shared<Derived>) -> Html {
    html! {
        if !derived.diagnostics().is_empty() {
            <ProblemList derived={derived.clone()} />
        }
    }
}

#[function_component(ProblemList)]
fn problem_list(ProblemListProps { derived }: &ProblemListProps) -> Html {
    let act = use_act();
    let go_to = use_go_to(&derived.text);
    let found = derived.diagnostics();
    let index = LineIndex::new(&derived.text);
    let items = found.iter().take(MAX_ITEMS).enumerate().map(|(number, diagnostic)| {
        let severity = diagnostic.severity.as_str();
        html! {
            <li class={format!("dl-problem dl-{severity}")}>
                {place(derived, &index, diagnostic, &go_to)}
                { for derived.fixes(number).iter().map(|fix| fix_button(derived, fix, &act)) }
            </li>
        }
    });
    let more = found.len().saturating_sub(MAX_ITEMS);
    html! {
        <section class="dl-problems" aria-label="Problems" tabindex="0">
            <h2>{heading(derived)}</h2>
            <ul>
                {for items}
                if more > 0 { <li class="dl-muted">{format!("and {more} more")}</li> }
            </ul>
        </section>
    }
}

fn place(
    derived: &Derived,
    index: &LineIndex,
    diagnostic: &Diagnostic,
    go_to: &Callback<Span>,
) -> Html {
    let span = first_line(&derived.text, diagnostic.span);
    let at = index.line_column(&derived.text, span.start as usize);
    html! {
        <button type="button" class="dl-problem-place" onclick={go_to.reform(move |_| span)}
            title="Show in the YAML">
            <span class="dl-severity">{diagnostic.severity.as_str()}</span>
            <span class="dl-place">{format!("{}:{}", at.line, at.column)}</span>
            <span>{rich_text(&diagnostic.message)}</span>
        </button>
    }
}

fn fix_button(derived: &Derived, fix: &Fix, act: &Callback<Action>) -> Html {
    let title = fix.title.replace('`', "");
    let (of, edits) = (derived.text.clone(), fix.edits.clone());
    let onclick = act.reform(move |_: MouseEvent| Action::Edit {
        text: TextEdit::apply_all(&edits, &of).into(),
        of: of.clone(),
    });
    html! { <button type="button" class="dl-fix" {onclick}>{title}</button> }
}

fn heading(derived: &Derived) -> String {
    let counts =
        [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Info, "note")];
    let found = derived.diagnostics();
    let parts = counts.into_iter().filter_map(|(severity, word)| {
        let n = found.iter().filter(|diagnostic| diagnostic.severity == severity).count();
        (n > 0).then(|| format::count(n, word))
    });
    parts.collect::<Vec<_>>().join(", ")
}
