//! Files that were dropped or picked: which become tabs, and the message about them.

use deployline_engine::format;
use deployline_import::{FileText, Gathered, clean, gather, join};

use super::{Action, OpenedText};

/// The most tabs that come of one drop.
const MAX_TABS: usize = 20;
/// Number of files without a pipeline that are shown all the same: someone picked them.
const FEW: usize = 3;

/// Action that opens files, or adds them to the text that is shown.
pub(super) fn receive(files: Vec<FileText>, shown: &str, problems: &[String]) -> Action {
    let mut messages = Vec::new();
    let is_one = files.len() == 1;
    let cleaned = |mut file: FileText| {
        if let Some(result) = clean(&file.text) {
            messages.push(format!("{}: {}", file.name, result.what));
            file.text = result.text;
        }
        file
    };
    let gathered = gather(files.into_iter().map(cleaned).collect());
    messages.extend_from_slice(problems);
    if gathered.pipelines.is_empty() {
        return without_pipeline(gathered, shown, messages);
    }
    if !is_one {
        messages.insert(0, in_words(&gathered));
    }
    let pipelines = gathered.pipelines.into_iter().take(MAX_TABS);
    Action::Open(pipelines.map(opened).collect(), sentence(messages))
}

/// Without a pipeline among them, entities are added to the pipeline that is shown.
fn without_pipeline(gathered: Gathered, shown: &str, mut messages: Vec<String>) -> Action {
    let Gathered { entities, others, .. } = gathered;
    if !entities.is_empty() && is_pipeline(shown) {
        let files = format::count(entities.len(), "file");
        messages.insert(0, format!("Added {files} to the pipeline, as further documents."));
        return Action::Attach(entities, messages.join(" "));
    }
    let texts: Vec<OpenedText> = if entities.is_empty() {
        others.into_iter().map(opened).collect()
    } else {
        let name = entities[0].name.clone();
        let texts: Vec<&str> = entities.iter().map(|file| file.text.as_str()).collect();
        vec![opened(FileText { name, text: join(&texts) })]
    };
    match texts.len() {
        0 if messages.is_empty() => {
            Action::Notify("There is no YAML or JSON file in it.".to_owned())
        }
        0 => Action::Notify(messages.join(" ")),
        1..=FEW => Action::Open(texts, sentence(messages)),
        count => Action::Notify(format!("None of these {count} files holds a pipeline.")),
    }
}

fn is_pipeline(text: &str) -> bool {
    let file = FileText { name: String::new(), text: text.to_owned() };
    !gather(vec![file]).pipelines.is_empty()
}

/// Message about several files.
fn in_words(gathered: &Gathered) -> String {
    let Gathered { pipelines, entities, used_count, others } = gathered;
    let mut words = match &pipelines[..] {
        [only] => format!("Opened {}", only.name),
        several if several.len() > MAX_TABS => {
            format!("Opened the first {MAX_TABS} of {} pipelines", several.len())
        }
        several => format!("Opened {}", format::count(several.len(), "pipeline")),
    };
    if *used_count > 0 {
        let files = format::count(*used_count, "file");
        words += &format!(" with {files} of services, environments and the like");
    }
    let left_out = entities.len() - used_count + others.len();
    if left_out > 0 {
        let why =
            if others.is_empty() { "that no pipeline refers to" } else { "with no part in it" };
        words += &format!("; left out {} {why}", format::count(left_out, "file"));
    }
    words + "."
}

fn opened(file: FileText) -> OpenedText {
    OpenedText { name: file.name.into(), text: file.text.into(), is_example: false }
}

fn sentence(messages: Vec<String>) -> Option<String> {
    (!messages.is_empty()).then(|| messages.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PIPELINE: &str = "pipeline: {stages: []}\n";
    const CART: &str = "service: {identifier: cart}\n";

    fn file(name: &str, text: &str) -> FileText {
        FileText { name: name.into(), text: text.into() }
    }

    /// Checks the action for files, as a line.
    fn check(files: &[(&str, &str)], shown: &str, expected: &str) {
        let given = files.iter().map(|(name, text)| file(name, text)).collect();
        let found = match receive(given, shown, &[]) {
            Action::Open(texts, message) => {
                let names: Vec<&str> = texts.iter().map(|it| &*it.name).collect();
                format!("{}: {}", names.join(" "), message.unwrap_or_default())
            }
            Action::Attach(files, message) => format!("+{}: {message}", files.len()),
            Action::Notify(message) => format!("!{message}"),
            other => panic!("{other:?}"),
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn pipelines_become_tabs_and_the_rest_is_told() {
        check(&[("a.yaml", PIPELINE)], "", "a.yaml: ");
        check(
            &[("a.json", PIPELINE), ("b.yaml", PIPELINE)],
            "",
            "a.json b.yaml: Opened 2 pipelines.",
        );
        check(
            &[("cart.yaml", CART), ("a.yaml", PIPELINE), ("ci.yaml", "on: push")],
            "",
            "a.yaml: Opened a.yaml with 1 file of services, environments and the like; \
             left out 1 file with no part in it.",
        );
        check(
            &[("cart.yaml", CART), ("a.yaml", PIPELINE), ("b.yaml", PIPELINE)],
            "",
            "a.yaml b.yaml: Opened 2 pipelines; left out 1 file that no pipeline refers to.",
        );
        check(
            &[("a.md", "```\nstages: []\n```\n")],
            "",
            "a.md: a.md: Took the YAML out of its Markdown fence.",
        );
    }

    #[test]
    fn what_belongs_to_a_pipeline_is_added_to_the_one_that_is_shown() {
        let added = "+1: Added 1 file to the pipeline, as further documents.";
        check(&[("cart.yaml", CART)], PIPELINE, added);
        check(&[("cart.yaml", CART), ("x.yaml", CART)], "", "cart.yaml: ");
    }

    #[test]
    fn a_few_other_files_are_shown_and_many_are_not() {
        check(&[("ci.yaml", "on: push")], PIPELINE, "ci.yaml: ");
        let many: Vec<(&str, &str)> = vec![("ci.yaml", "on: push"); 4];
        check(&many, "", "!None of these 4 files holds a pipeline.");
        check(&[], "", "!There is no YAML or JSON file in it.");
    }

    #[test]
    fn no_more_tabs_come_than_one_can_look_at() {
        let many: Vec<(&str, &str)> = vec![("a.yaml", PIPELINE); 21];
        let many = many.into_iter().map(|(name, text)| file(name, text)).collect();
        let Action::Open(texts, message) = receive(many, "", &[]) else {
            panic!("nothing is opened")
        };
        assert_eq!(texts.len(), 20);
        assert_eq!(message.as_deref(), Some("Opened the first 20 of 21 pipelines."));
    }
}
