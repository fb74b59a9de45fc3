//! Pipelines inside a file of another language: the fenced blocks of Markdown, the heredocs of Terraform.
//!
//! Nothing moves: all but the YAML becomes blank lines, so that a line and a column of the result are the same
//! in the file.

use std::ops::Range;

use deployline_yaml::{Node, lines, parse};

use super::gather::join;
use super::markdown::Fence;
use super::readability::DocumentKind;

/// A language whose files may hold pipelines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// In fenced blocks.
    Markdown,
    /// In heredocs, such as `yaml = <<-EOT`.
    Terraform,
}

impl Language {
    /// The language of a file, by its extension.
    pub fn of_file(name: &str) -> Option<Self> {
        match name.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
            "md" | "markdown" | "mdx" => Some(Self::Markdown),
            "tf" => Some(Self::Terraform),
            _ => None,
        }
    }
}

/// The YAML in a file of another language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Embedded<'t> {
    file: &'t str,
    blocks: Vec<Block>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Block {
    range: Range<usize>,
    /// The identifier and the name of a pipeline; `None` for what belongs to pipelines.
    pipeline: Option<Vec<String>>,
}

impl<'t> Embedded<'t> {
    /// Finds the blocks that hold a pipeline or something that belongs to one.
    ///
    /// ```
    /// use deployline_import::{Embedded, Language};
    /// let file = "# Release\n```yaml\nstages: []\n```\n";
    /// let found = Embedded::find(file, Language::Markdown);
    /// assert_eq!(found.text(0), "\n\nstages: []\n\n");
    /// ```
    pub fn find(file: &'t str, language: Language) -> Self {
        let ranges = match language {
            Language::Markdown => fenced(file),
            Language::Terraform => heredocs(file),
        };
        let blocks = ranges.into_iter().filter_map(|range| Block::read(file, range));
        Self { file, blocks: blocks.collect() }
    }

    /// The pipelines in the order of the file, each with its identifier and its name as far as it has them.
    pub fn pipelines(&self) -> impl Iterator<Item = &[String]> {
        self.blocks.iter().filter_map(|block| block.pipeline.as_deref())
    }

    /// Returns `true` where nothing is there to be planned.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// The file with all but one of its pipelines, by its index, and what belongs to pipelines as blank lines.
    pub fn text(&self, pipeline: usize) -> String {
        let mut out = String::with_capacity(self.file.len());
        let (mut at, mut is_first) = (0, true);
        for range in self.kept(pipeline) {
            let content = &self.file[range.clone()];
            // The line before a block, which opens it, has no other use.
            let opening = lines::start(self.file, range.start.saturating_sub(1)).max(at);
            push_blank(&mut out, &self.file[at..opening]);
            out += if is_first || content.trim_start().starts_with("---") { "" } else { "---" };
            push_blank(&mut out, &self.file[opening..range.start]);
            out += content;
            (at, is_first) = (range.end, false);
        }
        push_blank(&mut out, &self.file[at..]);
        out
    }

    /// The same as a text of its own, without the lines around it.
    pub fn joined(&self, pipeline: usize) -> String {
        let texts: Vec<&str> = self.kept(pipeline).map(|range| &self.file[range.clone()]).collect();
        join(&texts)
    }

    /// The blocks of one pipeline, and of all that belongs to pipelines.
    fn kept(&self, pipeline: usize) -> impl Iterator<Item = &Range<usize>> {
        let mut pipelines = 0..;
        let is_kept =
            move |block: &&Block| block.pipeline.is_none() || pipelines.next() == Some(pipeline);
        self.blocks.iter().filter(is_kept).map(|block| &block.range)
    }
}

impl Block {
    fn read(file: &str, range: Range<usize>) -> Option<Self> {
        let documents = parse(&file[range.clone()]).documents;
        let roots =
            || documents.iter().map(|document| (DocumentKind::of(document), document.root()));
        let pipeline = roots().find(|(kind, _)| *kind == DocumentKind::Pipeline);
        let pipeline = pipeline.map(|(_, root)| names(root));
        let is_entity = roots().any(|(kind, _)| matches!(kind, DocumentKind::Entity(_)));
        (pipeline.is_some() || is_entity).then_some(Self { range, pipeline })
    }
}

fn names(root: Node<'_>) -> Vec<String> {
    let pipeline = root.get("pipeline").unwrap_or(root);
    let texts = ["identifier", "id", "name"].iter().filter_map(|key| pipeline.get(key)?.as_str());
    texts.map(str::to_owned).collect()
}

/// Adds the line breaks of what is left out.
fn push_blank(out: &mut String, left_out: &str) {
    out.extend(left_out.chars().filter(|c| lines::BREAKS.contains(c)));
}

/// The contents of the fenced blocks.
fn fenced(file: &str) -> Vec<Range<usize>> {
    let mut blocks = Vec::new();
    let mut open: Option<(Fence, usize)> = None;
    let mut at = 0;
    for line in lines::split(file) {
        let end = at + line.len();
        open = match (open, Fence::read(line)) {
            (None, fence) => fence.map(|fence| (fence, end)),
            (Some((fence, start)), Some(other)) if fence.is_closed_by(&other) => {
                blocks.push(start..at);
                None
            }
            (open, _) => open,
        };
        at = end;
    }
    // The last one may end with the file.
    blocks.extend(open.map(|(_, start)| start..at));
    blocks
}

/// The contents of the heredocs: `<<EOT` or `<<-EOT` at the end of a line, up to a line with that word alone.
fn heredocs(file: &str) -> Vec<Range<usize>> {
    let mut blocks = Vec::new();
    let mut open: Option<(&str, usize)> = None;
    let mut at = 0;
    for line in lines::split(file) {
        let end = at + line.len();
        open = match open {
            None => heredoc_word(line).map(|word| (word, end)),
            Some((word, start)) if line.trim() == word => {
                blocks.push(start..at);
                None
            }
            open => open,
        };
        at = end;
    }
    blocks
}

/// The word that ends the heredoc which begins in this line.
fn heredoc_word(line: &str) -> Option<&str> {
    let code = line.trim();
    let is_comment = code.starts_with('#') || code.starts_with("//");
    let word = code.rsplit_once("<<").filter(|_| !is_comment)?.1;
    let word = word.strip_prefix('-').unwrap_or(word);
    let is_word = !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || c == '_');
    is_word.then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PIPELINE: &str = "pipeline:\n  identifier: a\n  name: A b\n  stages: []\n";

    #[test]
    fn places_stay_where_they_are() {
        let other = PIPELINE.replace("identifier: a", "identifier: b");
        let service = "service: {identifier: cart}\n";
        let fence = |yaml: &str| format!("Text: *x*\n\n```yaml\n{yaml}```\n");
        let file = [PIPELINE, "make: it\n", &other, service].map(fence).concat();
        let found = Embedded::find(&file, Language::Markdown);
        assert_eq!(found.pipelines().collect::<Vec<_>>(), [["a", "A b"], ["b", "A b"]]);
        for (index, pipeline) in [(0, PIPELINE), (1, &other)] {
            let text = found.text(index);
            let mut kept = text.lines().zip(file.lines()).filter(|(line, _)| !line.is_empty());
            assert_eq!(text.lines().count(), file.lines().count());
            assert!(kept.all(|(line, of_file)| line == of_file || (line, of_file) == ("---", "```yaml")));
            assert!(text.contains(pipeline) && text.contains(service));
            let parsed = parse(&text);
            assert_eq!(parsed.diagnostics, []);
            assert_eq!(parsed.documents.len(), 2, "{text}");
        }
    }

    #[test]
    fn heredocs_of_terraform() {
        let file = "resource \"harness_platform_pipeline\" \"x\" {\r\n  # not <<EOT\r\n  yaml = <<-EOT\r\n    pipeline:\r\n      stages: []\r\n  EOT\r\n}\r\n";
        let found = Embedded::find(file, Language::Terraform);
        assert_eq!(found.joined(0), "    pipeline:\r\n      stages: []\r\n");
        assert_eq!(found.text(0), "\r\n\r\n\r\n    pipeline:\r\n      stages: []\r\n\r\n\r\n");
        for (line, word) in [
            ("yaml = <<EOF", Some("EOF")),
            ("  template_yaml = <<-MY_END \n", Some("MY_END")),
            ("a << b c", None),
            ("x = 1 <<", None),
            ("// <<EOF", None),
        ] {
            assert_eq!(heredoc_word(line), word, "{line}");
        }
    }

    #[test]
    fn files_are_known_by_their_extension() {
        for (name, language) in [
            ("docs/README.md", Some(Language::Markdown)),
            ("a.MARKDOWN", Some(Language::Markdown)),
            ("main.tf", Some(Language::Terraform)),
            ("pipeline.yaml", None),
            ("md", None),
        ] {
            assert_eq!(Language::of_file(name), language, "{name}");
        }
    }
}
