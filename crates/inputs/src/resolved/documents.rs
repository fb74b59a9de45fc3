//! The documents beside the pipeline: input sets and templates have been used, entities stay.

use deployline_planner::{ANSWERS, document_kind};
use deployline_span::Span;
use deployline_yaml::Document;
use deployline_yaml::write::{Layout, Value, Writer};

use super::edits::Edits;
use super::tree::Trees;

/// Removes documents that have nothing more to say.
pub(super) fn remove_used(documents: &[Document], edits: &mut Edits<'_>) {
    let written: Vec<&Document> =
        documents.iter().filter(|document| document.source() != ANSWERS).collect();
    for (index, document) in written.iter().enumerate() {
        if !is_used(document) {
            continue;
        }
        let before = index.checked_sub(1).map_or(0, |index| end_of(written[index]));
        let start = match index {
            0 => 0,
            _ => edits.separator(before, document.root().span().start as usize),
        };
        let end = match written.get(index + 1) {
            Some(next) => edits.separator(end_of(document), next.root().span().start as usize),
            None => edits.text().len(),
        };
        edits.remove(Span::new(document.source(), start, end));
    }
}

/// Returns `true` where what a document says is in the pipeline by now.
fn is_used(document: &Document) -> bool {
    matches!(document_kind(document.root()), Some("inputSet" | "overlayInputSet" | "template"))
}

fn end_of(document: &Document) -> usize {
    document.root().span().end as usize
}

impl Edits<'_> {
    /// The first line between two documents that starts with `---`.
    fn separator(&self, from: usize, to: usize) -> usize {
        let between = self.text().get(from..to).unwrap_or_default();
        let found = between.match_indices("---").find(|(at, _)| {
            let before = self.text()[..from + at].chars().next_back();
            before.is_none_or(|c| matches!(c, '\n' | '\r'))
        });
        found.map_or(from, |(at, _)| from + at)
    }
}

/// Adds documents to a text.
pub(super) fn append<'d>(
    documents: impl Iterator<Item = &'d Document>,
    text: &mut String,
    trees: &mut Trees,
) {
    for document in documents {
        let root = document.root();
        let stays = document_kind(root).is_some() && !is_used(document);
        if let (true, Value::Map(entries)) = (stays, trees.of(&root.into())) {
            let mut writer = Writer::new(Layout::default());
            writer.entries(0, &entries);
            *text = crate::answers::append_documents(text, &writer.text);
        }
    }
}
