//! The reducer, without a browser.

use deployline_engine::{AccountPlan, Assumptions, AxisName, DurationKey, Failure, Ms};
use deployline_import::{Cleaned, FileText};

use super::*;
use crate::derived::{Derived, Shared};
use crate::flags::Flip;
use crate::source::RemainingAnswers;

fn opened(text: &str) -> OpenedText {
    OpenedText { name: "a.yaml".into(), text: text.into(), is_example: false }
}

fn example(text: &str) -> OpenedText {
    OpenedText { is_example: true, ..opened(text) }
}

fn of(text: &str) -> State {
    State::new(example(text), Theme::Dark)
}

fn text(state: &State) -> &str {
    &state.tabs.shown.source.text
}

fn edit(state: &State, to: &str) -> Action {
    Action::Edit { of: state.tabs.shown.source.text.clone(), text: to.into() }
}

fn offer(state: &State) -> Action {
    let offer = state.notice.as_ref().and_then(|notice| notice.offer.clone());
    Action::Accept(offer.expect("there is an offer"))
}

#[test]
fn an_edit_changes_the_text_and_opens_no_other_document() {
    let state = of("p: true\n").reduce(Action::Notify("no".into()));
    let edited = state.reduce(edit(&state, "p: false\n"));
    assert_eq!(text(&edited), "p: false\n");
    assert_eq!(edited.notice, None);
    assert_eq!(edited.tabs.shown.number, state.tabs.shown.number);
    assert_eq!(edited.theme, state.theme);
}

#[test]
fn another_text_has_no_answers_and_no_selection() {
    let choice =
        Action::Choose { stage: "deploy".into(), axis: AxisName::Services, parallel: false };
    let select = Action::Select(Some(DeploymentId { stage: 0, index: 3 }));
    let state = of("a: 1").reduce(choice).reduce(select);
    assert_eq!(state.tabs.shown.source.inputs.parallel.len(), 1);
    let after = state.reduce(Action::Open(vec![opened("b: 2")], None));
    assert_eq!(after.tabs.shown.selection, None);
    assert_eq!(after.tabs.shown.source, Source { text: "b: 2".into(), ..Source::default() });
    assert_ne!(after.tabs.shown.number, state.tabs.shown.number);
    assert_eq!(after.theme, Theme::Dark);
}

#[test]
fn a_pasted_text_is_cleaned_and_that_can_be_undone() {
    let fenced = "```\nstages: []\n```\n";
    let pasted = of("a: 1").reduce(Action::Paste(fenced.into()));
    assert_eq!(text(&pasted), "stages: []\n");
    assert!(!pasted.notice.as_ref().expect("there is a notice").is_problem);
    let undone = pasted.reduce(offer(&pasted));
    assert_eq!(text(&undone), fenced);
    assert_eq!(undone.notice, None);
    assert_eq!(of("a: 1").reduce(Action::Paste("stages: []".into())).notice, None);
}

#[test]
fn a_large_pasted_text_is_cleaned_once_it_is_read() {
    let large: Rc<str> = format!("```\nstages: []\n{}```\n", "# later\n".repeat(100_000)).into();
    let pasted = of("a: 1").reduce(Action::Paste(large.clone()));
    assert_eq!(text(&pasted), &*large);
    let cleaned = || Cleaned { text: "stages: []".into(), what: "Cleaned.".into() };
    let read = pasted.reduce(Action::Clean { of: large.clone(), cleaned: cleaned() });
    assert_eq!(text(&read), "stages: []");
    assert_eq!(text(&read.reduce(offer(&read))), &*large);

    // What was typed or opened meanwhile stays.
    let typed = pasted.reduce(Action::Type("b: 2".into()));
    assert_eq!(typed.reduce(Action::Clean { of: large, cleaned: cleaned() }), typed);
}

#[test]
fn files_are_added_to_the_text_and_taken_away_again() {
    let file = FileText { name: "cart.yaml".into(), text: "service: {}\n".into() };
    let added = of("stages: []").reduce(Action::Attach(vec![file], "Added.".into()));
    assert_eq!(text(&added), "stages: []\n---\nservice: {}\n");
    assert_eq!(text(&added.reduce(offer(&added))), "stages: []");
}

#[test]
fn undo_belongs_to_the_tab_whose_text_was_changed() {
    let two = of("").reduce(Action::Open(vec![opened("a: 1"), opened("b: 2")], None));
    let [a, b] = [0, 1].map(|at| two.tabs.iter().nth(at).map_or(0, |tab| tab.number));
    let fenced = "```
stages: []
```
";
    let pasted = two.reduce(Action::Paste(fenced.into()));
    let undo = offer(&pasted);

    let other = pasted.reduce(Action::ShowTab(b));
    assert_eq!(other.notice, None, "a notice is about the text that was shown");
    let undone = other.reduce(undo.clone());
    assert_eq!((text(&undone), undone.tabs.shown.number), (fenced, a));
    assert_eq!(text(&undone.reduce(Action::ShowTab(b))), "b: 2");

    let closed = pasted.reduce(Action::CloseTab(a)).reduce(undo);
    assert_eq!((text(&closed), closed.tabs.count()), ("b: 2", 1));
}

#[test]
fn a_closed_tab_is_offered_again_with_its_assumptions() {
    let two = of("").reduce(Action::Open(vec![opened("a: 1"), opened("b: 2")], None));
    let two = two.reduce(Action::Assume(Assumption::AccountLimit(Some(2))));
    let closed = two.reduce(Action::CloseTab(two.tabs.shown.number));
    assert_eq!((text(&closed), closed.tabs.count()), ("b: 2", 1));
    let again = closed.reduce(offer(&closed));
    assert_eq!((text(&again), again.tabs.count()), ("a: 1", 2));
    assert_eq!(again.tabs.shown, two.tabs.shown);
}

#[test]
fn texts_of_the_last_visit_are_back_and_can_be_closed() {
    let texts = vec![opened("a: 1"), opened("b: 2")];
    let state = State::restored(texts, 1, Theme::Light);
    assert_eq!((text(&state), state.tabs.count()), ("b: 2", 2));
    let fresh = state.reduce(offer(&state));
    assert_eq!((text(&fresh), fresh.tabs.count()), (&*OpenedText::first_example().text, 1));
    let back = fresh.reduce(offer(&fresh));
    assert_eq!((text(&back), back.tabs.count()), ("b: 2", 2));
    // What was stored may be another number than there are texts.
    assert_eq!(text(&State::restored(vec![opened("a: 1")], 7, Theme::Light)), "a: 1");
}

#[test]
fn assumptions_leave_the_text_alone_and_are_undone_one_by_one() {
    let cart = || DurationKey::Service("cart".into());
    let given = [
        Assumption::DefaultDuration(Ms(5)),
        Assumption::Duration(cart(), Some(Ms(7))),
        Assumption::Uneven(Some(1)),
        Assumption::AccountLimit(Some(3)),
        Assumption::Failure("deploy".into(), 2, Some(Failure::default())),
        Assumption::Rollback(Some(Ms(9))),
    ];
    let state = of("a: 1");
    let assume = |state: State, assumption: Assumption| state.reduce(Action::Assume(assumption));
    let assumed = given.into_iter().fold(state.clone(), assume);
    let expected = Assumptions {
        duration: Ms(5),
        durations: [(cart(), Ms(7))].into(),
        account_plan: AccountPlan::Enterprise,
        account_limit: Some(3),
        failures: [(("deploy".to_owned(), 2), Failure::default())].into(),
        uneven: Some(1),
        rollback: Some(Ms(9)),
        ..Assumptions::default()
    };
    assert_eq!(assumed.tabs.shown.source.assumptions, expected);
    assert_eq!(text(&assumed), text(&state));
    let undone = [
        Assumption::DefaultDuration(Assumptions::default().duration),
        Assumption::Duration(cart(), None),
        Assumption::Uneven(None),
        Assumption::AccountLimit(None),
        Assumption::Failure("deploy".into(), 2, None),
        Assumption::Rollback(None),
    ];
    assert_eq!(undone.into_iter().fold(assumed.clone(), assume), state);
    assert_eq!(assumed.reduce(Action::Reset), state);
    let choose = |source: &mut Source| {
        source.inputs.dag = Some(true);
        source.inputs.is_v1_default_parallel = true;
        source.inputs.conditions.insert("ship".into(), false);
    };
    let chosen = state.reduce(Action::Change(SourceChange(Rc::new(choose))));
    assert_ne!(chosen, state);
    assert_eq!(chosen.reduce(Action::Reset), state);
}

#[test]
fn answers_that_were_added_are_back_with_the_text_before() {
    let answer = |key: &str, value: &str| Action::Answer(key.into(), Some(value.into()));
    let state = of("a: <+input>").reduce(answer("a", "1"));
    let given = state.reduce(answer("b", "2"));
    let remaining = RemainingAnswers {
        answers: [("b".into(), "2".into())].into(),
        ..RemainingAnswers::default()
    };
    let added = given.reduce(Action::AddAnswers("a: <+input>\n---\n".into(), remaining));
    assert_eq!(added.tabs.shown.source.answers.keys().collect::<Vec<_>>(), ["b"]);
    let undone = added.reduce(Action::Type("a: <+input>".into()));
    assert_eq!(undone.tabs.shown.source, given.tabs.shown.source);
    assert_eq!(undone.reduce(Action::ForgetAnswers).tabs.shown.source.answers.len(), 0);
}

#[test]
fn a_pinned_plan_stays_while_the_text_is_edited() {
    let pinned = of("a: 1").reduce(Action::Pin(true));
    let edited = pinned.reduce(Action::Type("a: 2".into()));
    let text = |state: &State| state.tabs.shown.pinned.as_ref().map(|it| it.text.to_string());
    assert_eq!(text(&edited).as_deref(), Some("a: 1"));
    assert_eq!(text(&edited.reduce(Action::Pin(false))), None);
    assert_eq!(text(&edited.reduce(Action::Open(vec![opened("b: 1")], None))), None);
}

#[test]
fn a_panel_stays_while_texts_are_opened() {
    let state = of("a: 1").reduce(Action::ShowPanel(Panel::Form));
    assert_eq!(state.reduce(Action::Open(vec![opened("b: 2")], None)).panel, Panel::Form);
    assert_eq!(state.reduce(Action::ShowPanel(Panel::Yaml)).panel, Panel::Yaml);
}

#[test]
fn typing_is_known_from_pasting_and_from_flipping() {
    let state = of("a: 1");
    let after = |action: Action| state.reduce(action).tabs.shown.is_typing;
    assert!(after(Action::Type("a: 12".into())));
    assert!(!after(Action::Type("a: 1".repeat(40).into())));
    assert!(!after(edit(&state, "a: 2")));
}

#[test]
fn themes_have_names_that_lead_back() {
    for theme in Theme::ALL {
        assert_eq!(Theme::from_text(theme.as_str()), Some(theme));
    }
    assert_eq!(Theme::from_text("sepia"), None);
}

const TWO_SERVICES: &str = "\
spec:
  services: {values: [{serviceRef: A}, {serviceRef: B}], metadata: {parallel: true}}
  environment: {environmentRef: E, infrastructureDefinitions: [{identifier: I}]}
";

#[test]
fn a_box_flips_in_the_text_as_it_is_and_not_as_it_was_planned() {
    let state = of(TWO_SERVICES);
    let plan = Shared(Rc::new(Derived::new(&state.tabs.shown.source, false)));
    let typed = format!("# typed\n{TWO_SERVICES}");
    let flip = Flip { stage: 0, axis: AxisName::Services, parallel: false, is_choice: false };
    let flipped = state.reduce(Action::Type(typed.clone().into())).reduce(Action::Flip(flip, plan));
    assert_eq!(text(&flipped), typed.replace("parallel: true", "parallel: false"));
}

#[test]
fn a_box_flips_the_stage_that_was_clicked_and_no_other() {
    let stage = |name: &str| {
        let spec = TWO_SERVICES.replace('\n', "\n    ");
        format!("- stage:\n    name: {name}\n    type: Deployment\n    {}\n", spec.trim_end())
    };
    let [a, b, new] = ["a", "b", "new"].map(stage);
    let state = of(&format!("stages:\n{a}{b}"));
    let plan = Shared(Rc::new(Derived::new(&state.tabs.shown.source, false)));
    let flip = Flip { stage: 0, axis: AxisName::Services, parallel: false, is_choice: false };
    let clicked = |typed: &str| {
        let typed = state.reduce(Action::Type(format!("stages:\n{typed}").into()));
        typed.reduce(Action::Flip(flip, plan.clone()))
    };
    let flipped = a.replace("parallel: true", "parallel: false");
    let moved = clicked(&format!("{new}{a}{b}"));
    assert_eq!(text(&moved), format!("stages:\n{new}{flipped}{b}"));
    // It is no longer there: what has taken its place stays as it is.
    let gone = clicked(&b);
    assert_eq!(text(&gone), format!("stages:\n{b}"));
    assert!(gone.notice.is_some_and(|notice| notice.is_problem));
}

#[test]
fn an_edit_of_an_older_text_is_refused() {
    let state = of("a: 1");
    let edit = edit(&state, "a: 2");
    let typed = state.reduce(Action::Type("a: 13".into()));
    let refused = typed.reduce(edit);
    assert_eq!(text(&refused), "a: 13");
    assert!(refused.notice.is_some_and(|notice| notice.is_problem));
}

#[test]
fn a_dialog_that_could_not_be_loaded_can_be_asked_for_again() {
    let asked = of("a: 1").reduce(Action::OpenDialog(Dialog::Share));
    let request = |state: &State| state.dialog.expect("a dialog was asked for");
    assert!(request(&asked).is_pending);
    let loaded = |state: &State, is_loaded| {
        state.reduce(Action::DialogLoaded { number: request(state).number, is_loaded })
    };
    let failed = loaded(&asked, false);
    assert!(!request(&failed).is_pending);
    let again = failed.reduce(offer(&failed));
    assert!(request(&again).is_pending && request(&again).number != request(&asked).number);
    let late = Action::DialogLoaded { number: request(&asked).number, is_loaded: false };
    assert_eq!(again.reduce(late), again, "it is about the request before");
    let opened = loaded(&again, true);
    assert_eq!((request(&opened).is_pending, opened.notice), (false, None));
}

#[test]
fn a_dialog_is_not_asked_for_while_one_is_on_its_way() {
    let asked = of("a: 1").reduce(Action::OpenDialog(Dialog::Share));
    assert_eq!(asked.reduce(Action::OpenDialog(Dialog::Export)), asked);
}

#[test]
fn a_note_is_added_to_the_notice_that_is_there() {
    let note = || Action::AddNote("Mind this.".into());
    let alone = of("a: 1").reduce(note());
    assert_eq!(alone.notice.map(|notice| notice.text).as_deref(), Some("Mind this."));
    let pasted = of("a: 1").reduce(Action::Paste("```\nstages: []\n```\n".into()));
    let noted = pasted.reduce(note());
    assert!(noted.notice.as_ref().is_some_and(|notice| notice.text.ends_with(". Mind this.")));
    assert_eq!(text(&noted.reduce(offer(&noted))), "```\nstages: []\n```\n");
}
