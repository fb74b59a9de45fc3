//! Changes of the source that put a value in its place, in block style or flow style as it is there.

use std::borrow::Cow;
use std::ops::Range;

use deployline_map::Set;
use deployline_planner::{ANSWERS, View};
use deployline_span::Span;
use deployline_yaml::write::{Layout, Value, Writer};
use deployline_yaml::{Node, NodeKind, ScalarStyle, TextEdit, edit, lines};

use super::tree::{Trees, UNKNOWN, given, holds_list};
use crate::order;

/// Changes so far.
pub(super) struct Edits<'t> {
    text: &'t str,
    layout: Layout,
    edits: Vec<TextEdit>,
    comments: Vec<Span>,
    /// Keys whose values are settled.
    done: Set<Span>,
}

/// Kind of place where a value stands.
#[derive(Clone, Copy)]
enum ValuePlace<'a> {
    /// Behind a key, in a mapping in flow style or not.
    Entry {
        key: Node<'a>,
        is_flow: bool,
    },
    Item {
        is_flow: bool,
    },
    /// It is what everything else is in.
    Root,
}

impl<'t> Edits<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            layout: Layout { line_break: lines::line_break(text, 0), ..Layout::default() },
            edits: Vec::new(),
            comments: Vec::new(),
            done: Set::new(),
        }
    }

    /// All changes, none of which overlap.
    pub(super) fn finish(mut self) -> Vec<TextEdit> {
        let by_place = |edits| order::by_key(edits, &|edit: &TextEdit| order::span_key(edit.span));
        self.edits = by_place(self.edits);
        let mut end = 0;
        self.edits.retain(|edit| {
            let is_apart = edit.span.start >= end;
            end = end.max(edit.span.end);
            is_apart
        });
        let comments = order::by_key(std::mem::take(&mut self.comments), &|s| order::span_key(*s));
        let mut line = 0..0;
        let comments = comments.iter().filter_map(|span| self.comment_at(*span, &mut line));
        let comments = comments.collect();
        let mut all = by_place(comments);
        all.dedup_by_key(|edit| edit.span);
        // At the end of one line, the comment comes before what starts a new line.
        all.extend(self.edits);
        by_place(all)
    }

    /// Says of a line that it holds what only a run knows.
    pub(super) fn comment(&mut self, span: Span) {
        self.comments.push(span);
    }

    /// The comment for a place. `line` is where the line of the place before ends, from there on: many may be
    /// in one line of megabytes.
    fn comment_at(&self, span: Span, line: &mut Range<usize>) -> Option<TextEdit> {
        let (start, end) = (span.start as usize, span.end as usize);
        // Behind the last line of a block scalar, it would be a part of its text.
        let end = block_header(self.text.get(..start)?).unwrap_or(end);
        if !line.contains(&end) {
            *line = end..lines::end(self.text, end);
        }
        let at = line.end;
        let has_comment = self.text[..at].ends_with(UNKNOWN);
        // The place itself may be gone, or the end of its line.
        let place_is_gone = self.last_before(start + 1).is_some_and(|edit| start < edit.end);
        let line_is_gone =
            self.last_before(at).is_some_and(|edit| at <= edit.end && end < edit.end);
        (!has_comment && !place_is_gone && !line_is_gone).then(|| TextEdit {
            span: Span::new(span.source, at, at),
            insert: format!(" {UNKNOWN}"),
        })
    }

    /// The bytes of the last change that starts before `at`.
    fn last_before(&self, at: usize) -> Option<Range<usize>> {
        let count = self.edits.partition_point(|edit| edit.span.range().start < at);
        self.edits[..count].last().map(|edit| edit.span.range())
    }

    pub(super) fn text(&self) -> &'t str {
        self.text
    }

    /// Removes bytes.
    pub(super) fn remove(&mut self, span: Span) {
        self.edits.push(TextEdit { span, insert: String::new() });
    }

    /// Puts entries in place of one of a mapping.
    pub(super) fn replace_entry(
        &mut self,
        mapping: Node<'_>,
        key: Node<'_>,
        entries: &[(Cow<'static, str>, Value)],
    ) {
        let Some(value) = mapping.get(key.as_str().unwrap_or_default()) else { return };
        let span = self.entry_span(key, value);
        let insert = if mapping.is_flow() {
            self.layout.flow_entries(entries)
        } else {
            let mut writer = Writer::new(self.layout);
            writer.entries(self.column(key.span().start as usize), entries);
            writer.text
        };
        self.done.insert(key.span());
        self.edits.push(TextEdit { span, insert });
    }

    /// Sets a flag below a mapping of the source.
    pub(super) fn set(&mut self, mapping: Node<'_>, path: &[&str], value: &str) {
        if let Ok(edit) = edit::set(self.text, mapping, path, value) {
            self.edits.push(edit);
        }
    }

    /// Says that the value of a key is settled already.
    pub(super) fn is_done(&self, key: Node<'_>) -> bool {
        self.done.contains(&key.span())
    }

    /// Fills in everything in and below a view of the source.
    pub(super) fn fill(&mut self, view: &View<'_>, trees: &mut Trees) {
        self.in_place(view, ValuePlace::Root, trees);
    }

    fn in_place(&mut self, view: &View<'_>, place: ValuePlace<'_>, trees: &mut Trees) {
        let node = view.in_place_of().unwrap_or(view.node());
        if trees.is_full() || node.span().source == ANSWERS || !self.may_change(node) {
            return;
        }
        if view.in_place_of().is_some() || node.is_aliased() {
            let tree = trees.of(view);
            return self.replace(node, place, &tree);
        }
        match view.kind() {
            NodeKind::Scalar => {
                let is_list = match place {
                    ValuePlace::Entry { key, .. } => key.as_str().is_some_and(holds_list),
                    ValuePlace::Item { .. } | ValuePlace::Root => false,
                };
                if let Some(value) = trees.settled(view) {
                    self.replace(node, place, &value);
                } else if let Some(default) = trees.default_of(view).filter(|_| !is_list) {
                    self.replace(node, place, &given(default));
                }
            }
            NodeKind::Mapping => {
                for (key, value) in view.entries() {
                    if !self.is_done(key) {
                        let place = ValuePlace::Entry { key, is_flow: node.is_flow() };
                        self.in_place(&value, place, trees);
                    }
                }
            }
            NodeKind::Sequence => {
                for item in view.items() {
                    self.in_place(&item, ValuePlace::Item { is_flow: node.is_flow() }, trees);
                }
            }
            NodeKind::Null => {}
        }
    }

    /// True where there is an expression or an alias in a node of the source.
    fn may_change(&self, node: Node<'_>) -> bool {
        let slice = self.text.get(node.span().range()).unwrap_or_default();
        node.is_aliased() || slice.contains("<+") || slice.contains('*')
    }

    fn replace(&mut self, node: Node<'_>, place: ValuePlace<'_>, value: &Value) {
        match place {
            ValuePlace::Entry { key, is_flow } => {
                let span = self.entry_span(key, node);
                let written = self.text.get(key.span().range()).unwrap_or_default();
                let insert = if is_flow {
                    format!("{written}: {}", self.layout.flow(value))
                } else {
                    let mut writer = Writer::new(self.layout);
                    writer.text = format!("{written}:");
                    writer.value(self.column(key.span().start as usize), value);
                    writer.text
                };
                self.edits.push(TextEdit { span, insert });
            }
            ValuePlace::Item { is_flow } if node.style() != Some(ScalarStyle::Block) => {
                let start = node.span().start as usize;
                let insert = if is_flow {
                    self.layout.flow(value)
                } else {
                    let mut writer = Writer::new(self.layout);
                    writer.item(self.column(start), value);
                    writer.text
                };
                let end = self.behind_colon(node.span().end as usize);
                self.edits
                    .push(TextEdit { span: Span::new(node.span().source, start, end), insert });
            }
            ValuePlace::Item { .. } | ValuePlace::Root => {}
        }
    }

    /// From a key to the end of its value. A null that isn't written is reported before the colon.
    fn entry_span(&self, key: Node<'_>, value: Node<'_>) -> Span {
        let key_end = key.span().end as usize;
        let colon = self.text[key_end..].find(':').map_or(key_end, |at| key_end + at + 1);
        let mut end = (value.span().end as usize).max(colon);
        // Behind a block there is its line break, which stays.
        while self.text[..end].ends_with(['\n', '\r', ' ']) && end > colon {
            end -= 1;
        }
        Span::new(key.span().source, key.span().start as usize, self.behind_colon(end))
    }

    /// End of a value that may end with a key without a value: its colon belongs to it.
    fn behind_colon(&self, end: usize) -> usize {
        let rest = self.text[end..].trim_start_matches([' ', '\t']);
        if rest.starts_with(':') { self.text.len() - rest.len() + 1 } else { end }
    }

    fn column(&self, offset: usize) -> usize {
        offset - lines::start(self.text, offset)
    }
}

/// End of the last line of `before` that is not empty, if it is the header of a block scalar: `key: |- # why`.
fn block_header(before: &str) -> Option<usize> {
    let header = before.trim_end();
    if !before[header.len()..].contains(lines::BREAKS) {
        return None;
    }
    let line = &header[lines::start(header, header.len())..];
    let (content, _comment) = line.split_once(" #").unwrap_or((line, ""));
    let indicator = content.split_whitespace().next_back()?.strip_prefix(['|', '>'])?;
    let is_header = indicator.chars().all(|c| c == '+' || c == '-' || c.is_ascii_digit());
    is_header.then_some(header.len())
}
