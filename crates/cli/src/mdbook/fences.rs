//! The fenced blocks of a Markdown text whose first word is `deployline`.
//!
//! A block in a list is indented as its item, and one in a quotation has `>` before each line: both get
//! the HTML behind the same characters.

use std::borrow::Cow;

use deployline_export::Fence;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

/// The word that names a block.
const WORD: &str = "deployline";

/// The result of [`rewrite`].
pub(super) struct Rewritten {
    pub(super) markdown: String,
    /// Messages about the blocks.
    pub(super) mistakes: Vec<String>,
}

/// Budget that is left for the blocks of a book, so that no book takes long.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budget {
    pub(super) blocks: usize,
    pub(super) deployments: usize,
    /// Bytes of HTML.
    pub(super) bytes: usize,
}

/// Replaces each block by its HTML, as long as the budget allows it; the others stay as they are, and are
/// counted in `left_out`.
pub(super) fn rewrite(markdown: &str, budget: &mut Budget, left_out: &mut usize) -> Rewritten {
    let mut out = String::with_capacity(markdown.len());
    let mut mistakes = Vec::new();
    let mut copied = 0;
    let (mut line, mut counted) = (1, 0);
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
    // The parser takes a lone `\r` for no line break. What stays is copied from the text itself.
    let readable = with_line_feeds(markdown);
    let mut events = Parser::new_ext(&readable, options).into_offset_iter();
    while let Some((event, range)) = events.next() {
        let Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) = event else { continue };
        let Some(info) = options_of(&info) else { continue };
        if budget.blocks == 0 || budget.deployments == 0 {
            *left_out += 1;
            continue;
        }
        let lines = events.by_ref().map_while(|(event, _)| match event {
            Event::Text(text) => Some(text),
            _ => None,
        });
        let yaml: String = lines.map(String::from).collect();
        let Fence { html, mistakes: found, deployments } = deployline_export::fence(&yaml, info);
        let line_start = readable[..range.start].rfind('\n').map_or(0, |found| found + 1);
        let prefix = &markdown[line_start..range.start];
        let bytes = html.len() + html.lines().count() * prefix.len();
        budget.blocks -= 1;
        budget.deployments = budget.deployments.saturating_sub(deployments);
        if bytes > budget.bytes {
            *left_out += 1;
            continue;
        }
        budget.bytes -= bytes;
        out.push_str(&markdown[copied..line_start]);
        push_html(&mut out, prefix, &html);
        copied = line_end(&readable, range.end);
        line += readable[counted..line_start].matches('\n').count();
        counted = line_start;
        mistakes.extend(found.into_iter().map(|it| format!("block at line {line}: {it}")));
    }
    out.push_str(&markdown[copied..]);
    Rewritten { markdown: out, mistakes }
}

/// Returns the options behind the word `deployline`; `None` for another block.
fn options_of(info: &str) -> Option<&str> {
    let options = info.strip_prefix(WORD)?;
    (options.is_empty() || options.starts_with([' ', ',', '\t'])).then_some(options)
}

/// Adds HTML, which begins behind an empty line and ends with one. `prefix` stands before the fence.
fn push_html(out: &mut String, prefix: &str, html: &str) {
    out.push_str(prefix.trim_end());
    out.push('\n');
    // The mark of a list's item stands on its first line only.
    let prefix = prefix.replace(|c: char| c != '>' && !c.is_whitespace(), " ");
    for line in html.lines() {
        out.push_str(&prefix);
        out.push_str(line);
        out.push('\n');
    }
    out.push_str(prefix.trim_end());
    out.push('\n');
}

/// Returns the text with `\n` in the place of each `\r` that stands alone: every byte keeps its offset.
fn with_line_feeds(text: &str) -> Cow<'_, str> {
    if !text.contains('\r') {
        return Cow::Borrowed(text);
    }
    let mut chars = text.chars().peekable();
    let mut out = String::with_capacity(text.len());
    while let Some(c) = chars.next() {
        let is_alone = c == '\r' && chars.peek() != Some(&'\n');
        out.push(if is_alone { '\n' } else { c });
    }
    Cow::Owned(out)
}

/// Returns where the line ends that holds the byte before `at`, behind its line break.
fn line_end(text: &str, at: usize) -> usize {
    if text[..at].ends_with('\n') {
        return at;
    }
    text[at..].find('\n').map_or(text.len(), |found| at + found + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const YAML: &str = "stage: {name: Ask, type: Approval}";

    const BUDGET: Budget = Budget { blocks: 1_000, deployments: 1_000, bytes: 1 << 20 };

    fn rewrite(markdown: &str) -> (String, Vec<String>) {
        let Rewritten { markdown, mistakes } = super::rewrite(markdown, &mut { BUDGET }, &mut 0);
        (markdown, mistakes)
    }

    #[test]
    fn only_blocks_of_that_name_change() {
        for text in [
            "text\n\n```yaml\nstage: {}\n```\n",
            "````markdown\n```deployline\nstage: {}\n```\n````\n",
            "~~~\n```deployline\n~~~\n",
            "```deployline-other\n```\n",
            "`` ```deployline `` and ```deployline```\n",
            "",
        ] {
            assert_eq!(rewrite(text), (text.to_owned(), Vec::new()), "{text}");
        }
    }

    #[test]
    fn a_block_is_replaced_wherever_it_stands() {
        for (before, text, after) in [
            ("a\n\n", format!("```deployline\n{YAML}\n```\n"), "b\n"),
            ("", format!("~~~~ deployline,view=lanes\n{YAML}\n~~~~~\n"), ""),
            ("- item\n\n", format!("  ```deployline\n  {YAML}\n\n  ```\n"), "  more\n"),
            ("", format!("> ```deployline\n> {YAML}\n> ```\n"), "> more\n"),
            ("-", format!(" ```deployline\n  {YAML}\n  ```\n"), "  more\n"),
            ("", format!("```deployline\r\n{YAML}\r\n```\r\n"), ""),
            ("", format!("```deployline\n{YAML}"), ""),
        ] {
            let (out, mistakes) = rewrite(&format!("{before}{text}{after}"));
            assert_eq!(mistakes, [""; 0], "{text}");
            assert!(out.starts_with(before) && out.ends_with(after), "{out}");
            assert!(out.contains("<bdi>Ask</bdi>") && !out.contains("```"), "{out}");
        }
    }

    #[test]
    fn what_is_around_a_block_keeps_its_line_breaks() {
        let text = format!("a\n\n> ```deployline veiw=x\n> {YAML}\n> ```\n\nb\n");
        for line_break in ["\n", "\r\n", "\r"] {
            let (out, mistakes) = rewrite(&text.replace('\n', line_break));
            let before = format!("a{line_break}{line_break}>");
            let after = format!("{line_break}b{line_break}");
            assert!(out.starts_with(&before) && out.ends_with(&after), "{out:?}");
            assert!(out.contains("<bdi>Ask</bdi>") && !out.contains("```"), "{out:?}");
            assert!(mistakes[0].starts_with("block at line 3: `veiw`"), "{mistakes:?}");
        }
    }

    #[test]
    fn html_stays_in_its_list_and_its_quotation() {
        for prefix in ["  ", "> ", "   > "] {
            let (out, _) =
                rewrite(&format!("{prefix}```deployline\n{prefix}{YAML}\n{prefix}```\n"));
            let html: Vec<&str> = out.lines().filter(|line| line.contains('<')).collect();
            assert!(html.len() > 3 && html.iter().all(|line| line.starts_with(prefix)), "{out}");
        }
    }

    #[test]
    fn blocks_beyond_the_budget_stay_as_they_are() {
        let block = format!("```deployline\n{YAML}\n```\n");
        let (drawn, _) = rewrite(&block);
        for mut budget in [
            Budget { blocks: 2, ..BUDGET },
            // A block is planned before its deployments are known.
            Budget { deployments: 2, ..BUDGET },
            Budget { bytes: 2 * drawn.len() + 100, ..BUDGET },
        ] {
            let mut left_out = 0;
            let Rewritten { markdown, .. } =
                super::rewrite(&block.repeat(4), &mut budget, &mut left_out);
            assert_eq!((markdown, left_out), (drawn.repeat(2) + &block.repeat(2), 2));
        }
    }

    #[test]
    fn a_mistake_names_its_block() {
        let (out, mistakes) = rewrite("a\n\n```deployline veiw=x\nstage: [\n```\n");
        assert_eq!(mistakes.len(), 2, "{mistakes:?}");
        assert!(mistakes[0].starts_with("block at line 3: `veiw` is not known"), "{mistakes:?}");
        assert!(mistakes[1].starts_with("block at line 3: line 1: "), "{mistakes:?}");
        assert!(out.contains("<strong>Error</strong>"), "{out}");
    }
}
