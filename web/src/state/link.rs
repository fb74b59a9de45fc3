//! The state of a link from an open text, and back.

use deployline_import::join;
use deployline_share::{LinkState, OpenedLink, PlanSource, Text};

use super::{Notice, Offer, OpenedText, State, Tab, View};
use crate::source::Source;

/// The name of a text that came without one.
const FROM_LINK: &str = "From a link";

impl Tab {
    /// Returns all that a link carries of it.
    pub(crate) fn link_state(&self) -> LinkState {
        // The instant and the marks are looked at, and not shared.
        let View {
            arrangement,
            window,
            shows_critical_path,
            is_waves,
            playhead: _,
            dependents_of: _,
        } = &self.view;
        LinkState {
            plan: plan_source(&self.name, &self.source),
            pinned: self.pinned.as_ref().map(|pinned| plan_source(&self.name, pinned)),
            view: deployline_share::View {
                arrangement: arrangement.clone(),
                window: *window,
                shows_critical_path: *shows_critical_path,
                is_waves: *is_waves,
                selection: self.selection,
            },
        }
    }

    /// Checks whether there is nothing to carry: anyone gets the same example by opening the page.
    pub(crate) fn is_as_it_opens(&self) -> bool {
        !self.has_own_text() && self.is_bare()
    }

    /// Checks whether a link would carry nothing of it but its text.
    fn is_bare(&self) -> bool {
        let View { playhead, dependents_of, .. } = self.view.clone();
        let view = View { playhead, dependents_of, ..View::default() };
        self.has_bare_source()
            && self.view == view
            && self.selection.is_none()
            && self.pinned.is_none()
    }

    /// Returns the same text, with all else as a link has it.
    fn with_link(self, LinkState { plan, pinned, view }: LinkState) -> Self {
        let deployline_share::View {
            arrangement,
            window,
            shows_critical_path,
            is_waves,
            selection,
        } = view;
        Self {
            source: source(plan),
            pinned: pinned.map(source),
            view: View { arrangement, window, shows_critical_path, is_waves, ..View::default() },
            selection,
            is_typing: false,
            ..self
        }
    }
}

impl State {
    /// Shows a link, with what there is to say about it.
    pub(crate) fn with_opened_link(self, OpenedLink { state, note }: &OpenedLink) -> Self {
        let opened = self.with_link(state.clone());
        match note {
            Some(note) => opened.with_note(note),
            None => opened,
        }
    }

    /// Shows the plan of a link, and keeps all that is open. A text that is open already is not
    /// opened again, but shown as the link has it.
    fn with_link(mut self, link: LinkState) -> Self {
        let text = joined(&link.plan);
        let is_same = |tab: &&Tab| *tab.source.text == *text;
        let same = self.tabs.iter().find(is_same).map(|tab| tab.number);
        if let Some(number) = same {
            self.tabs = self.tabs.show(number);
            return self.with_link_of_shown(link);
        }
        let opened =
            OpenedText { name: name(&link.plan).into(), text: text.into(), is_example: false };
        self.tabs = self.tabs.open([opened]);
        self.tabs.shown = self.tabs.shown.with_link(link);
        let words = "Opened from a link. What was open before is in the other tabs.";
        self.notice = (self.tabs.count() > 1).then(|| Notice::note(words, None));
        self
    }

    /// Shows the text that is open already as a link of the same text has it.
    fn with_link_of_shown(mut self, link: LinkState) -> Self {
        // A link has no moment of a run, and nobody is typing.
        let view = View { playhead: None, ..self.tabs.shown.view.clone() };
        let before = Tab { is_typing: false, view, ..self.tabs.shown.clone() };
        self.tabs.shown = self.tabs.shown.with_link(link);
        if before != self.tabs.shown && !before.is_bare() {
            let words = "This text was open already. Its answers, assumptions and view are now \
                         those of the link.";
            self.notice = Some(Notice::note(words, Some(Offer::Restore(before.into()))));
        } else {
            // What could be undone may be of another tab, or of the state before the link.
            self.notice = self.notice.filter(|notice| !notice.is_undoable());
        }
        self
    }
}

fn plan_source(
    name: &str,
    Source { text, inputs, answers, assumptions, .. }: &Source,
) -> PlanSource {
    PlanSource {
        texts: vec![Text { name: name.to_owned(), text: text.to_string() }],
        inputs: inputs.clone(),
        answers: answers.clone(),
        assumptions: assumptions.clone(),
    }
}

fn source(plan: PlanSource) -> Source {
    let text = joined(&plan).into();
    let PlanSource { inputs, answers, assumptions, .. } = plan;
    Source { text, inputs, answers, added: None, assumptions }
}

/// Joins several texts to one with further documents.
fn joined(plan: &PlanSource) -> String {
    join(&plan.texts.iter().map(|text| text.text.as_str()).collect::<Vec<_>>())
}

fn name(plan: &PlanSource) -> &str {
    let named = plan.texts.first().map(|text| text.name.trim());
    named.filter(|name| !name.is_empty()).unwrap_or(FROM_LINK)
}

#[cfg(test)]
mod tests {
    use deployline_engine::{AxisName, DurationKey, Failure, Ms};
    use deployline_timeline::{Arrangement, Rows, TimeWindow};

    use super::super::{Action, Assumption, Theme};
    use super::*;
    use crate::derived::Derived;

    const TEXT: &str = "stage: {name: Ask, type: Approval}\n";

    fn opened(text: &str) -> OpenedText {
        OpenedText { name: "a.yaml".into(), text: text.into(), is_example: false }
    }

    fn of(texts: &[&str]) -> State {
        State::new(OpenedText::first_example(), Theme::System)
            .reduce(Action::Open(texts.iter().map(|text| opened(text)).collect(), None))
    }

    /// With something of everything.
    fn lived_in() -> State {
        let actions = [
            Action::Pin(true),
            Action::Type(format!("{TEXT}# mine\n").into()),
            Action::Choose { stage: "ask".into(), axis: AxisName::Services, parallel: true },
            Action::Answer("a".into(), Some("1".into())),
            Action::Assume(Assumption::Duration(DurationKey::Service("cart".into()), Some(Ms(7)))),
            Action::Select(Some(deployline_engine::DeploymentId { stage: 0, index: 0 })),
            Action::Look(View {
                arrangement: Arrangement { rows: Rows::Lanes, ..Arrangement::default() },
                window: Some(TimeWindow { from: Ms(1), to: Ms(2) }),
                shows_critical_path: true,
                ..View::default()
            }),
        ];
        actions.into_iter().fold(of(&[TEXT]), |state, action| state.reduce(action))
    }

    #[test]
    fn all_of_a_text_comes_back_elsewhere() {
        let state = lived_in();
        let other = of(&[]).with_link(state.tabs.shown.link_state());
        let (tab, expected) = (&other.tabs.shown, &state.tabs.shown);
        assert_eq!(tab.source, expected.source);
        assert_eq!((&tab.view, tab.selection), (&expected.view, expected.selection));
        assert_eq!((&tab.pinned, &tab.name), (&expected.pinned, &expected.name));
        // The example that nobody touched has gone.
        assert_eq!((other.tabs.count(), other.notice), (1, None));
    }

    #[test]
    fn what_a_link_or_a_tab_has_picked_is_no_pick() {
        let state = lived_in();
        assert_eq!(state.picks, 1);
        let link = OpenedLink { state: state.tabs.shown.link_state(), note: None };
        let opened = state.reduce(Action::OpenLink(link.into()));
        let other = opened.reduce(Action::Open(vec![OpenedText::untitled()], None));
        let back = other.reduce(Action::ShowTab(opened.tabs.shown.number));
        assert_eq!((back.picks, back.tabs.shown.selection), (1, state.tabs.shown.selection));
        // Once more the same: it comes into sight again.
        assert_eq!(back.reduce(Action::Select(back.tabs.shown.selection)).picks, 2);
    }

    #[test]
    fn what_was_open_stays_and_the_same_text_is_not_opened_twice() {
        let link = lived_in().tabs.shown.link_state();
        let beside = of(&["b: 1\n"]).with_link(link.clone());
        assert_eq!(beside.tabs.count(), 2);
        assert!(beside.notice.is_some());
        let again = beside.reduce(Action::Reset).with_link(link.clone());
        assert_eq!(again.tabs.count(), 2);
        assert_eq!(again.tabs.shown.link_state(), link);
    }

    #[test]
    fn what_a_link_replaces_in_an_open_tab_can_be_restored() {
        let state = lived_in();
        let plain = of(&[&state.tabs.shown.source.text]).tabs.shown.link_state();
        let replaced = state.with_link(plain.clone());
        assert_eq!(replaced.tabs.shown.link_state(), plain);
        let offer = replaced.notice.clone().and_then(|notice| notice.offer).expect("an offer");
        // Also from another tab, which stays as it is.
        let renamed = replaced
            .reduce(Action::RenameTab(replaced.tabs.shown.number, "mine".into()))
            .reduce(Action::Open(vec![opened("b: 1\n")], None));
        let restored = renamed.reduce(Action::Accept(offer));
        let expected = Tab { name: "mine".into(), is_typing: false, ..lived_in().tabs.shown };
        assert_eq!(restored.tabs.shown, expected);
        assert_eq!((restored.tabs.count(), restored.notice), (2, None));
    }

    #[test]
    fn a_link_that_replaces_nothing_offers_no_undo() {
        let state = lived_in();
        let link = state.tabs.shown.link_state();
        assert_eq!(state.clone().with_link(link.clone()).notice, None);
        // As after a reload: the text is back from the last visit, all else comes with the link.
        let text = state.tabs.shown.source.text;
        let restored = State::restored(vec![opened(&text)], 0, Theme::System);
        assert_eq!(restored.clone().with_link(link).notice, restored.notice);
    }

    #[test]
    fn a_note_about_a_link_is_shown_with_what_else_there_is_to_say() {
        let state = lived_in().tabs.shown.link_state();
        let link = OpenedLink { state, note: Some("It is long.".into()) };
        for (before, expected) in [
            (of(&[]), "It is long."),
            (
                of(&["b: 1\n"]),
                "Opened from a link. What was open before is in the other tabs. It is long.",
            ),
        ] {
            let notice = before.with_opened_link(&link).notice.expect("a notice");
            assert_eq!((&*notice.text, notice.is_problem), (expected, false));
        }
    }

    #[test]
    fn texts_of_a_link_become_documents_of_one() {
        let text = |name: &str, text: &str| Text { name: name.into(), text: text.into() };
        let texts = vec![text(" ", "pipeline: {}"), text("b.yaml", "service: {}\n")];
        let plan = PlanSource { texts, ..PlanSource::default() };
        let state = of(&[]).with_link(LinkState { plan, ..LinkState::default() });
        assert_eq!(&*state.tabs.shown.source.text, "pipeline: {}\n---\nservice: {}\n");
        assert_eq!(&*state.tabs.shown.name, FROM_LINK);
    }

    #[test]
    fn the_page_as_it_opens_is_not_worth_a_link() {
        let state = of(&[]);
        assert!(state.tabs.shown.is_as_it_opens());
        for action in [
            Action::Type("a: 1".into()),
            Action::Assume(Assumption::AccountLimit(Some(1))),
            Action::Pin(true),
            Action::Look(View { is_waves: true, ..View::default() }),
        ] {
            assert!(!state.reduce(action.clone()).tabs.shown.is_as_it_opens(), "{action:?}");
        }
        let played = View { playhead: Some(Ms(1)), ..View::default() };
        assert!(state.reduce(Action::Look(played)).tabs.shown.is_as_it_opens());
    }

    #[test]
    fn numbers_that_no_page_would_write_do_no_harm() {
        let mut link = of(&[]).tabs.shown.link_state();
        let assumptions = &mut link.plan.assumptions;
        assumptions.duration = Ms(u64::MAX);
        assumptions.uneven = Some(u64::MAX);
        assumptions.account_limit = Some(u32::MAX);
        let huge = DurationKey::Deployment("deploy".into(), u32::MAX);
        assumptions.durations.insert(huge, Ms(u64::MAX));
        assumptions.failures.insert(("deploy".into(), u32::MAX), Failure::default());
        link.view.window = Some(TimeWindow { from: Ms(u64::MAX), to: Ms(0) });
        link.view.selection =
            Some(deployline_engine::DeploymentId { stage: u32::MAX, index: u32::MAX });
        let state = of(&[]).with_link(link);
        let derived = Derived::new(&state.tabs.shown.source, true);
        let picture = derived.picture(&state.tabs.shown.view.arrangement);
        let viewport = deployline_timeline::Viewport {
            window: state.tabs.shown.view.window,
            ..deployline_timeline::Viewport::all(900.0)
        };
        let options = deployline_timeline::LayoutOptions::for_width(900.0);
        let scene = picture.layout(derived.planned(), &viewport, &options);
        assert!(scene.bars.iter().all(|bar| bar.x.is_finite() && bar.width.is_finite()));
        assert!(scene.ticks.len() < 100);
    }
}
