//! Keys of the pipeline that stand beside `pipeline:`, indented too little.

use deployline_planner::is_beside_pipeline;
use deployline_span::Span;
use deployline_yaml::{Fix, Node, TextEdit};

/// Everything behind `pipeline:` indented by one level. `None` where other keys stand before it.
pub(super) fn indented(text: &str, root: Node<'_>) -> Option<Fix> {
    let (pipeline, _) = root.entries().next()?;
    if !is_beside_pipeline(root) || root.is_flow() || pipeline.as_str() != Some("pipeline") {
        return None;
    }
    let (key, list) = root.entry("stages")?;
    let level = list.items().next().map_or(0, |item| {
        // The dash stands before the item.
        let dash = text[..item.span().range().start].rfind('-').unwrap_or_default();
        column(text, dash).saturating_sub(column(text, key.span().range().start))
    });
    let blanks = " ".repeat(if (1..=8).contains(&level) { level } else { 2 });
    let mut edits = Vec::new();
    let (start, end) = (pipeline.span().range().end, root.span().range().end);
    let breaks = text.get(start..end)?.match_indices(['\n', '\r']);
    for at in breaks.map(|(at, _)| start + at + 1) {
        let is_blank = text[at..].trim_start_matches([' ', '\t']).starts_with(['\n', '\r']);
        if at < end && !is_blank {
            let span = Span::new(root.span().source, at, at);
            edits.push(TextEdit { span, insert: blanks.clone() });
        }
    }
    Some(Fix { title: "Indent what belongs to the pipeline".into(), edits })
}

fn column(text: &str, at: usize) -> usize {
    at - text[..at].rfind(['\n', '\r']).map_or(0, |at| at + 1)
}
