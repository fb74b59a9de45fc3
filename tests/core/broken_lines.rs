//! An edit of a text with a line that can't be read does what it would do if that line were mended
//! first, or it is refused.

use deployline_engine::{AxisName, Pipeline};
use deployline_form::operation::edit;
use deployline_planner::{Inputs, edit::set_parallel, resolve};
use deployline_yaml::{Document, TextEdit, parse, write::Value};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::form::candidates;
use crate::{corpus, diff};

/// A text, and the same with one line that can't be read.
struct Case {
    whole: String,
    broken: String,
    /// The content of the line in both.
    line: [String; 2],
}

impl std::fmt::Debug for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let lines = diff::lines(&self.whole, &self.broken);
        let changed =
            lines.lines().filter(|line| line.starts_with("    -") || line.starts_with("    +"));
        write!(
            f,
            "{}: {:?}",
            self.whole.lines().next().unwrap_or_default(),
            changed.collect::<Vec<_>>()
        )
    }
}

impl Case {
    fn new(text: &str, at: Index, kind: usize) -> Option<Self> {
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let line = lines[at.index(lines.len())];
        let content = line.trim().split(" #").next().unwrap_or_default().trim_end();
        let (key, value) = match content.strip_suffix(':') {
            Some(key) => (key, "x"),
            None => content.split_once(": ")?,
        };
        // Only a line that is there once can be found again.
        let is_single = text.matches(content).count() == 1;
        let broken = match kind {
            0 => format!("{key}: {value}: BROKEN"),
            1 => format!("{key}: \"BROKEN"),
            2 => format!("{key}: [BROKEN"),
            3 => format!("BROKEN {}", key.trim_start_matches(['-', ' '])),
            _ => format!("{key}: @BROKEN"),
        };
        let case = Self {
            whole: text.to_owned(),
            broken: text.replacen(content, &broken, 1),
            line: [content.to_owned(), broken],
        };
        (is_single && !parse(&case.broken).unread.is_empty()).then_some(case)
    }

    /// Mends the line in a text that was edited.
    fn mended(&self, edited: &str) -> String {
        let [whole, broken] = &self.line;
        assert_eq!(edited.matches(broken.as_str()).count(), 1, "{}", self.show(edited));
        edited.replacen(broken, whole, 1)
    }

    /// Compares an edit of the broken text with the same edit of the whole one.
    fn check(&self, edited: Option<String>, expected: Option<String>, what: &str) {
        let Some(edited) = edited.filter(|edited| *edited != self.broken) else { return };
        let mended = self.mended(&edited);
        let show = || format!("{what}\n{}", self.show(&edited));
        let found = parse(&mended);
        assert_eq!(found.diagnostics, [], "{}", show());
        if self.line[0].starts_with("- ") {
            // Without an item, the same index is another one.
            return;
        }
        let Some(expected) = expected else {
            panic!("of the whole text, it is refused: {}", show())
        };
        let expected = values(&parse(&expected).documents);
        let is_same = |text: &str| values(&parse(text).documents) == expected;
        // A line that can't be read may name a stage as the new one, which then has a number.
        let unnumbered = mended.replace("deploy_2", "deploy").replace("Deploy 2", "Deploy");
        let may_be_named = || self.unread().any(|line| line.to_lowercase().contains("deploy"));
        let is_new = what.starts_with("AddStage");
        assert!(is_same(&mended) || is_new && may_be_named() && is_same(&unnumbered), "{}", show());
    }

    fn unread(&self) -> impl Iterator<Item = &str> {
        let unread = parse(&self.broken).unread;
        unread.into_iter().filter_map(|span| self.broken.get(span.range()))
    }

    fn show(&self, edited: &str) -> String {
        let lines = diff::lines(&self.broken, edited);
        let all: Vec<&str> = lines.lines().collect();
        let is_shown = |line: &str| {
            line.contains("BROKEN") || line.starts_with("    -") || line.starts_with("    +")
        };
        let is_near = |at: usize| {
            all[at.saturating_sub(6)..all.len().min(at + 7)].iter().any(|it| is_shown(it))
        };
        (0..all.len()).filter(|at| is_near(*at)).map(|at| format!("{}\n", all[at])).collect()
    }
}

fn values(documents: &[Document]) -> Vec<Value> {
    documents.iter().map(|document| Value::of(document.root())).collect()
}

fn case() -> impl Strategy<Value = Option<Case>> {
    let texts: Vec<String> = corpus::texts().into_iter().map(|(_, text)| text).collect();
    (select(texts), any::<Index>(), 0..5usize)
        .prop_map(|(text, at, kind)| Case::new(&text, at, kind))
}

proptest! {
    #![proptest_config(crate::cases::cases(800))]

    #[test]
    fn flags_flip_as_in_the_mended_text(case in case()) {
        if let Some(case) = case {
            check_flags(&case);
        }
    }
}

proptest! {
    #![proptest_config(crate::cases::cases(250))]

    #[test]
    fn the_form_edits_as_in_the_mended_text(case in case(), first in any::<Index>()) {
        if let Some(case) = case {
            check_operations(&case, first);
        }
    }
}

fn check_flags(case: &Case) {
    let texts = [&case.broken, &case.whole];
    let [broken, whole] = texts.map(|text| {
        let documents = parse(text).documents;
        let (pipeline, _) = resolve(&documents, &Inputs::default());
        (text, documents, pipeline)
    });
    for stage_idx in 0..broken.2.stages.len() {
        let identifier = &broken.2.stages[stage_idx].identifier;
        let same = |pipeline: &Pipeline| match pipeline.stages.len() == broken.2.stages.len() {
            true => Some(stage_idx),
            false => pipeline.stages.iter().position(|it| it.identifier == *identifier),
        };
        for axis in [AxisName::Services, AxisName::Targets] {
            for parallel in [true, false] {
                let [edited, expected] = [(&broken, Some(stage_idx)), (&whole, same(&whole.2))]
                    .map(|((text, documents, pipeline), stage_idx)| {
                        let edit =
                            set_parallel(text, documents, pipeline, stage_idx?, axis, parallel);
                        edit.ok().map(|edit| edit.apply(text))
                    });
                case.check(edited, expected, &format!("{axis:?} {parallel} of {identifier}"));
            }
        }
    }
}

fn check_operations(case: &Case, first: Index) {
    let form = deployline_form::read(&case.broken, &parse(&case.broken).documents);
    let operations = candidates::of(&form);
    let step = operations.len() / 12 + 1;
    for operation in operations.iter().skip(first.index(step)).step_by(step) {
        let [edited, expected] = [&case.broken, &case.whole]
            .map(|text| edit(text, operation).ok().map(|edits| TextEdit::apply_all(&edits, text)));
        case.check(edited, expected, &format!("{operation:?}"));
    }
}
