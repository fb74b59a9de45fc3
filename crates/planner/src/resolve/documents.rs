//! The documents of the texts by what they are. There may be very many of them: each is looked at once.

use deployline_map::Set;
use deployline_yaml::{Document, Node};

use crate::document_kind::{PipelinePart, document_kind, is_newer_source};
use crate::mappings::stage_lists;

/// The roots of documents by what they are, each list in the order of the texts.
#[derive(Default)]
pub(super) struct Documents<'a> {
    /// Entities, each with the key at its root.
    pub(super) entities: Vec<(&'static str, Node<'a>)>,
    /// Pipelines and parts of one.
    pub(super) pipelines: Vec<(Node<'a>, PipelinePart<'a>)>,
    /// All others.
    pub(super) others: Vec<Node<'a>>,
    /// Input sets and overlays of the newer schema, which are among the others too.
    pub(super) newer_sources: Vec<Node<'a>>,
    /// Identifier of the first pipeline that has one.
    pub(super) pipeline_identifier: Option<&'a str>,
}

impl<'a> Documents<'a> {
    pub(super) fn of(documents: &'a [Document]) -> Self {
        let mut all = Self::default();
        documents.iter().for_each(|document| all.add(document));
        all
    }

    /// Names of the input sets of the newer schema that stages give to the pipelines that they run.
    pub(super) fn sets_of_stages(&self) -> Set<&'a str> {
        let mut names = Set::new();
        // Aliases may repeat a list.
        let mut seen = Set::new();
        let mut open: Vec<Node<'a>> = match self.newer_sources.is_empty() {
            true => Vec::new(),
            false => self.pipelines.iter().flat_map(|(root, _)| stage_lists(*root)).collect(),
        };
        while let Some(list) = open.pop() {
            if !seen.insert(list.span()) {
                continue;
            }
            for entry in list.items() {
                let sets = entry.at(&["chain", "with", "input-sets"]).into_iter();
                names.extend(
                    sets.flat_map(|sets| sets.items().chain([sets])).filter_map(Node::as_str),
                );
                let inner = [&["parallel"][..], &["parallel", "stages"], &["group", "stages"]];
                open.extend(inner.into_iter().filter_map(|path| entry.at(path)));
            }
        }
        names
    }

    pub(super) fn add(&mut self, document: &'a Document) {
        let root = document.root();
        self.newer_sources.extend(Some(root).filter(|root| is_newer_source(*root)));
        if self.pipeline_identifier.is_none() {
            let identifier = root.get("pipeline").and_then(|pipeline| pipeline.get("identifier"));
            self.pipeline_identifier = identifier.and_then(Node::as_str);
        }
        match document_kind(root) {
            Some(kind) => self.entities.push((kind, root)),
            None => match PipelinePart::of(root) {
                Some(part) => self.pipelines.push((root, part)),
                None => self.others.push(root),
            },
        }
    }
}
