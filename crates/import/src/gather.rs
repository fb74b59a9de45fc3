//! Files sorted into pipelines and the entities that belong to them.
//!
//! Entities that a pipeline refers to become further documents of its text. So one text holds all that its
//! plan follows from: it can be read, edited, copied and kept as it is.

use deployline_yaml::{Document, Node, lines, parse};

use super::readability::DocumentKind;

/// A file's name and content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileText {
    /// Name, as the user knows it.
    pub name: String,
    /// Content.
    pub text: String,
}

/// Files, sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gathered {
    /// Files with a pipeline, each with what it refers to behind it.
    pub pipelines: Vec<FileText>,
    /// Files with something that a pipeline may refer to: services, environments, infrastructures,
    /// groups, templates, input sets.
    pub entities: Vec<FileText>,
    /// Number of `entities` that are in some of `pipelines`.
    pub used_count: usize,
    /// Files with neither.
    pub others: Vec<FileText>,
}

/// Sorts files. To one pipeline, all entities belong; to each of several, those it refers to.
///
/// ```
/// use deployline_import::{FileText, gather};
/// let file = |name: &str, text: &str| FileText { name: name.into(), text: text.into() };
/// let gathered = gather(vec![
///     file("cart.yaml", "service: {identifier: cart}\n"),
///     file("release.yaml", "stages: []\n"),
///     file("ci.yaml", "on: push\n"),
/// ]);
/// assert_eq!(gathered.pipelines[0].text, "stages: []\n---\nservice: {identifier: cart}\n");
/// assert_eq!((gathered.used_count, gathered.others.len()), (1, 1));
/// ```
pub fn gather(files: Vec<FileText>) -> Gathered {
    let mut gathered = Gathered::default();
    for file in files {
        let kinds: Vec<_> = parse(&file.text).documents.iter().map(DocumentKind::of).collect();
        let has = |test: fn(&DocumentKind) -> bool| kinds.iter().any(test);
        let of_its_kind = if has(|kind| *kind == DocumentKind::Pipeline) {
            &mut gathered.pipelines
        } else if has(|kind| matches!(kind, DocumentKind::Entity(_))) {
            &mut gathered.entities
        } else {
            &mut gathered.others
        };
        of_its_kind.push(file);
    }
    let mut is_used = vec![false; gathered.entities.len()];
    let is_only_one = gathered.pipelines.len() == 1;
    for pipeline in &mut gathered.pipelines {
        let used = if is_only_one {
            vec![true; is_used.len()]
        } else {
            referred_to(&pipeline.text, &gathered.entities)
        };
        let chosen = gathered.entities.iter().zip(&used).filter(|(_, is_used)| **is_used);
        pipeline.text = attach(&pipeline.text, chosen.map(|(file, _)| file));
        is_used.iter_mut().zip(used).for_each(|(all, this)| *all |= this);
    }
    gathered.used_count = is_used.into_iter().filter(|is_used| *is_used).count();
    gathered
}

/// A text with files as further documents.
pub fn attach<'a>(text: &str, files: impl IntoIterator<Item = &'a FileText>) -> String {
    let mut texts = vec![text];
    texts.extend(files.into_iter().map(|file| file.text.as_str()));
    join(&texts)
}

/// One text, with a document marker between those that have content.
pub fn join(texts: &[&str]) -> String {
    let mut all = String::new();
    for text in texts {
        if !all.is_empty() {
            let line_break = lines::line_break(&all, all.len());
            if !all.ends_with(lines::BREAKS) {
                all += line_break;
            }
            if !text.starts_with("---") {
                all += "---";
                all += line_break;
            }
        }
        all += text;
    }
    all
}

/// Finds the files that a text refers to, by itself or by way of others. Names are looked for as words: one
/// file too many does no harm.
fn referred_to(text: &str, files: &[FileText]) -> Vec<bool> {
    let documents: Vec<Vec<Document>> =
        files.iter().map(|file| parse(&file.text).documents).collect();
    let pipeline = pipeline_identifier(text);
    let mut is_used = vec![false; files.len()];
    let mut unread = vec![text];
    while let Some(text) = unread.pop() {
        for (number, file) in files.iter().enumerate() {
            let mut of_file = documents[number].iter();
            if !is_used[number] && of_file.any(|it| is_referred_to(it, text, pipeline.as_deref())) {
                is_used[number] = true;
                unread.push(&file.text);
            }
        }
    }
    is_used
}

/// True where the text refers to an entity.
fn is_referred_to(document: &Document, text: &str, pipeline: Option<&str>) -> bool {
    let DocumentKind::Entity(kind) = DocumentKind::of(document) else { return false };
    let Some(entity) = document.root().get(kind) else { return false };
    let name = |key| entity.get(key).and_then(Node::as_str);
    let is_named = |key| name(key).is_some_and(|name| has_word(text, name));
    match kind {
        "inputSet" | "overlayInputSet" => {
            let paths: [&[&str]; 2] = [&["pipeline", "identifier"], &["pipelineIdentifier"]];
            let of = paths.iter().find_map(|path| entity.at(path)?.as_str());
            of.is_none() || pipeline.is_none() || of == pipeline
        }
        // All of an environment's may be meant, without a name.
        "infrastructureDefinition" => is_named("identifier") || is_named("environmentRef"),
        // A filter picks environments by what they are.
        "environment" => is_named("identifier") || has_word(text, "filters"),
        _ => is_named("identifier"),
    }
}

fn pipeline_identifier(text: &str) -> Option<String> {
    let documents = parse(text).documents;
    let roots = documents.iter().map(Document::root);
    let mut identifiers = roots.filter_map(|root| root.at(&["pipeline", "identifier"])?.as_str());
    identifiers.next().map(str::to_owned)
}

/// True where `text` has `word` with no other letter of a name beside it.
fn has_word(text: &str, word: &str) -> bool {
    // Identifiers are ASCII.
    let is_letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '$');
    !word.is_empty()
        && text.match_indices(word).any(|(at, _)| {
            let before = text[..at].chars().next_back();
            let after = text[at + word.len()..].chars().next();
            !before.is_some_and(is_letter) && !after.is_some_and(is_letter)
        })
}
