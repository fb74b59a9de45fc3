//! The fenced blocks of a Markdown text whose first word is `deployline`.
//!
//! Follows CommonMark for fences: up to three blanks before one, at least three backticks or tildes,
//! an end of at least as many of the same. A block in a list is indented as its item, and one in a
//! quotation has `>` before each line: both get the HTML behind the same characters.

use deployline_export::Fence;

/// The word that names a block.
const WORD: &str = "deployline";

/// An open fence.
struct Open<'a> {
    /// What stands before it on its line, blanks and `>`.
    prefix: &'a str,
    mark: char,
    count: usize,
    /// What stands behind `deployline`; `None` for another block.
    info: Option<&'a str>,
    /// The lines in it, without what is before them.
    text: String,
    /// The number of its line, from 1.
    line: usize,
}

/// The text with each block replaced, and what is wrong with them.
pub(super) fn rewrite(markdown: &str) -> (String, Vec<String>) {
    let mut out = String::with_capacity(markdown.len());
    let mut mistakes = Vec::new();
    let mut open: Option<Open<'_>> = None;
    for (number, line) in (1..).zip(markdown.split_inclusive('\n')) {
        let Some(fence) = &mut open else {
            open = opening(line, number);
            if open.as_ref().is_none_or(|fence| fence.info.is_none()) {
                out.push_str(line);
            }
            continue;
        };
        let is_end = ends(line, fence);
        if fence.info.is_none() {
            out.push_str(line);
        } else if !is_end {
            fence.text.push_str(inside(line, fence.prefix));
        }
        if is_end && let Some(fence) = open.take() {
            close(&mut out, &mut mistakes, &fence);
        }
    }
    // One that is never closed ends with the text.
    if let Some(fence) = open {
        close(&mut out, &mut mistakes, &fence);
    }
    (out, mistakes)
}

fn opening(line: &str, number: usize) -> Option<Open<'_>> {
    let rest = line.trim_start_matches([' ', '\t', '>']);
    let prefix = &line[..line.len() - rest.len()];
    let mark = rest.chars().next().filter(|mark| ['`', '~'].contains(mark))?;
    let info = rest.trim_start_matches(mark);
    let count = rest.len() - info.len();
    // Backticks behind a fence of backticks make it a piece of code in a line.
    if count < 3 || (mark == '`' && info.contains('`')) {
        return None;
    }
    let info = info.trim().strip_prefix(WORD);
    let info = info.filter(|info| info.is_empty() || info.starts_with([' ', ',', '\t']));
    Some(Open { prefix, mark, count, info, text: String::new(), line: number })
}

fn ends(line: &str, fence: &Open<'_>) -> bool {
    let rest = line.trim_start_matches([' ', '\t', '>']).trim_end();
    rest.len() >= fence.count && rest.chars().all(|c| c == fence.mark)
}

/// The line without what the fence has before it too, as far as it has it.
fn inside<'a>(line: &'a str, prefix: &str) -> &'a str {
    let mut rest = line;
    for c in prefix.chars() {
        match rest.strip_prefix(c) {
            Some(after) => rest = after,
            // An empty line in a list is not indented, nor is a quotation's `>` always spaced.
            None if c.is_whitespace() => {}
            None => break,
        }
    }
    rest
}

fn close(out: &mut String, mistakes: &mut Vec<String>, fence: &Open<'_>) {
    let Some(info) = fence.info else { return };
    let Fence { html, mistakes: found } = deployline_export::fence(&fence.text, info);
    // HTML begins behind an empty line, and ends with one.
    let blank = fence.prefix.trim_end();
    out.push_str(blank);
    out.push('\n');
    for line in html.lines() {
        out.push_str(fence.prefix);
        out.push_str(line);
        out.push('\n');
    }
    out.push_str(blank);
    out.push('\n');
    let place = fence.line;
    mistakes.extend(found.into_iter().map(|mistake| format!("block at line {place}: {mistake}")));
}

#[cfg(test)]
mod tests {
    use super::*;

    const YAML: &str = "stage: {name: Ask, type: Approval}";

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
    fn html_stays_in_its_list_and_its_quotation() {
        for prefix in ["  ", "> ", "   > "] {
            let (out, _) =
                rewrite(&format!("{prefix}```deployline\n{prefix}{YAML}\n{prefix}```\n"));
            let html: Vec<&str> = out.lines().filter(|line| line.contains('<')).collect();
            assert!(html.len() > 3 && html.iter().all(|line| line.starts_with(prefix)), "{out}");
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
