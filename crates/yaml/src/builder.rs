//! Events to a [`Document`], without recursion and within the [`Budget`].

use std::ops::Range;

use deployline_map::Map;
use deployline_span::{SourceId, Span};
use granit_parser::{Event, ScalarStyle as EventStyle, Span as EventSpan, StructureStyle};

use crate::document::{KindData, NodeData};
use crate::{Budget, Diagnostic, Diagnostics, Document, ScalarStyle, rules};

/// The answer to an event: go on reading or stop.
#[derive(PartialEq, Eq)]
pub(crate) enum Step {
    Continue,
    /// A budget is spent: read no further.
    Stop,
}

pub(crate) struct Builder {
    pub(crate) source: SourceId,
    budget: Budget,
    document: Document,
    open: Vec<Frame>,
    /// Children of the open collections, innermost last.
    pending: Vec<u32>,
    anchors: Map<usize, Weight>,
    nodes_total: usize,
    alias_total: u64,
    pub(crate) documents: Vec<Document>,
    /// Offset at which each document starts, with its number among `documents`; of those that hold
    /// nothing, too.
    pub(crate) starts: Vec<(usize, usize)>,
    /// Offsets behind which a document was not read any more.
    pub(crate) rests: Vec<usize>,
    pub(crate) diagnostics: Diagnostics,
}

/// An open collection.
struct Frame {
    node: u32,
    anchor: usize,
    first_pending: usize,
    expanded: u64,
    height: usize,
}

/// The nodes that an alias to a node would stand for.
#[derive(Clone, Copy)]
struct Weight {
    node: u32,
    expanded: u64,
    height: usize,
}

impl Builder {
    pub(crate) fn new(source: SourceId, budget: Budget) -> Self {
        Self {
            source,
            budget,
            document: empty_document(source),
            open: Vec::new(),
            pending: Vec::new(),
            anchors: Map::new(),
            nodes_total: 0,
            alias_total: 0,
            documents: Vec::new(),
            starts: Vec::new(),
            rests: Vec::new(),
            diagnostics: Diagnostics::default(),
        }
    }

    pub(crate) fn event(&mut self, event: &Event<'_>, span: &EventSpan) -> Step {
        let bytes = span.byte_range().unwrap_or_default();
        let start = bytes.start;
        let step = self.read(event, bytes);
        if step == Step::Stop {
            self.rests.push(start);
        }
        step
    }

    fn read(&mut self, event: &Event<'_>, bytes: Range<usize>) -> Step {
        let span = Span::new(self.source, bytes.start, bytes.end);
        match event {
            Event::Scalar(value, style, anchor, _) => {
                return self.scalar(value, *style, *anchor, span);
            }
            Event::SequenceStart(style, anchor, _) => {
                let kind = KindData::Sequence { first: 0, len: 0, flow: is_flow(*style) };
                return self.open(kind, *anchor, span);
            }
            Event::MappingStart(style, anchor, _) => {
                let kind = KindData::Mapping { first: 0, entries: 0, flow: is_flow(*style) };
                return self.open(kind, *anchor, span);
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(Some(span)),
            Event::Alias(id) => return self.alias(*id, span),
            Event::UnresolvedAlias(name) => {
                self.diagnostics.push(unknown_alias(name, span));
                return self.leaf_null(span);
            }
            Event::DocumentStart(..) => self.starts.push((bytes.start, self.documents.len())),
            Event::DocumentEnd => self.finish_document(),
            _ => {}
        }
        Step::Continue
    }

    /// Closes what is open, as after an error, and keeps the document as far as it was read.
    pub(crate) fn finish_document(&mut self) {
        while !self.open.is_empty() {
            self.close(None);
        }
        self.pending.clear();
        self.anchors.clear();
        let document = std::mem::replace(&mut self.document, empty_document(self.source));
        if !document.nodes.is_empty() && !document.root().is_null() {
            self.documents.push(document);
        }
    }

    fn scalar(&mut self, value: &str, style: EventStyle, anchor: usize, span: Span) -> Step {
        let style = scalar_style(style);
        // A value left out is reported as `~` at an empty place.
        let value = if span.start == span.end && style == ScalarStyle::Plain { "" } else { value };
        let at = u32::try_from(self.document.values.len()).unwrap_or(u32::MAX);
        self.document.values.push_str(value);
        let len = u32::try_from(value.len()).unwrap_or(u32::MAX);
        self.leaf(KindData::Scalar { at, len, style }, anchor, span)
    }

    fn leaf_null(&mut self, span: Span) -> Step {
        self.leaf(KindData::Scalar { at: 0, len: 0, style: ScalarStyle::Plain }, 0, span)
    }

    fn leaf(&mut self, kind: KindData, anchor: usize, span: Span) -> Step {
        let Some(node) = self.push(kind, span) else { return Step::Stop };
        self.settle(Weight { node, expanded: 1, height: 0 }, anchor);
        Step::Continue
    }

    fn alias(&mut self, id: usize, span: Span) -> Step {
        let Some(weight) = self.anchors.get(&id).copied() else {
            self.diagnostics.push(rules::ALIAS_CYCLE.at(
                span,
                "This alias is inside the value that it refers to, so it has no end. \
                 Refer to a value that is complete before the alias.",
            ));
            return self.leaf_null(span);
        };
        if self.open.len() + weight.height > self.budget.depth {
            self.diagnostics.push(too_deep(span, self.budget.depth));
            return self.leaf_null(span);
        }
        self.alias_total = self.alias_total.saturating_add(weight.expanded);
        if self.alias_total > self.budget.alias_expansion {
            self.diagnostics.push(rules::ALIAS_BUDGET.at(
                span,
                format!(
                    "The aliases up to here stand for more than {} values; what follows is not read. \
                     Write out what is needed, or use fewer aliases of aliases.",
                    self.budget.alias_expansion
                ),
            ));
            return Step::Stop;
        }
        let Some(node) = self.push(KindData::Alias { target: weight.node }, span) else {
            return Step::Stop;
        };
        self.settle(Weight { node, ..weight }, 0);
        Step::Continue
    }

    fn open(&mut self, kind: KindData, anchor: usize, span: Span) -> Step {
        if self.open.len() >= self.budget.depth {
            self.diagnostics.push(too_deep(span, self.budget.depth));
            return Step::Stop;
        }
        let Some(node) = self.push(kind, span) else { return Step::Stop };
        let first_pending = self.pending.len();
        self.open.push(Frame { node, anchor, first_pending, expanded: 1, height: 0 });
        Step::Continue
    }

    /// `end` is missing where the text broke off.
    fn close(&mut self, end: Option<Span>) {
        let Some(frame) = self.open.pop() else { return };
        let is_mapping = matches!(self.data(frame.node).kind, KindData::Mapping { .. });
        if is_mapping && (self.pending.len() - frame.first_pending) % 2 == 1 {
            self.add_missing_value();
        }
        let first = u32::try_from(self.document.children.len()).unwrap_or(u32::MAX);
        let children = self.pending.drain(frame.first_pending..);
        let len = u32::try_from(children.len()).unwrap_or(u32::MAX);
        self.document.children.extend(children);
        let last_end = self
            .document
            .children
            .last()
            .filter(|_| len > 0)
            .map(|&id| self.document.nodes[id as usize].end);
        let data = &mut self.document.nodes[frame.node as usize];
        let flow = match &mut data.kind {
            KindData::Sequence { first: f, len: l, flow } => {
                (*f, *l) = (first, len);
                *flow
            }
            KindData::Mapping { first: f, entries, flow } => {
                (*f, *entries) = (first, len / 2);
                *flow
            }
            _ => false,
        };
        data.end = match end {
            Some(end) if flow => end.end,
            _ => last_end.unwrap_or(data.end),
        };
        // Only of several can two be the same.
        if is_mapping && len > 2 {
            self.diagnostics.append(duplicate_keys(&self.document, frame.node));
        }
        let weight =
            Weight { node: frame.node, expanded: frame.expanded, height: frame.height + 1 };
        self.settle(weight, frame.anchor);
    }

    /// The text broke off between a key and its value.
    fn add_missing_value(&mut self) {
        let key_end = self.pending.last().map_or(0, |&key| self.data(key).end);
        let id = u32::try_from(self.document.nodes.len()).unwrap_or(u32::MAX);
        self.document.nodes.push(NodeData {
            start: key_end,
            end: key_end,
            kind: KindData::Scalar { at: 0, len: 0, style: ScalarStyle::Plain },
        });
        self.pending.push(id);
    }

    /// A complete node: hang it into what is open.
    fn settle(&mut self, weight: Weight, anchor: usize) {
        if anchor != 0 {
            self.anchors.insert(anchor, weight);
        }
        match self.open.last_mut() {
            Some(frame) => {
                frame.expanded = frame.expanded.saturating_add(weight.expanded);
                frame.height = frame.height.max(weight.height);
                self.pending.push(weight.node);
            }
            None => self.document.root = weight.node,
        }
    }

    fn push(&mut self, kind: KindData, span: Span) -> Option<u32> {
        self.nodes_total += 1;
        if self.nodes_total > self.budget.nodes {
            self.diagnostics.push(rules::YAML_TOO_LARGE.at(
                span,
                format!(
                    "There are more than {} values up to here; what follows is not read. \
                     Split the text into several files.",
                    self.budget.nodes
                ),
            ));
            return None;
        }
        let id = u32::try_from(self.document.nodes.len()).ok()?;
        self.document.nodes.push(NodeData { start: span.start, end: span.end, kind });
        Some(id)
    }

    fn data(&self, node: u32) -> NodeData {
        self.document.nodes[node as usize]
    }
}

fn duplicate_keys(document: &Document, mapping: u32) -> Diagnostics {
    let KindData::Mapping { first, entries, .. } = document.nodes[mapping as usize].kind else {
        return Diagnostics::default();
    };
    let text_of = |id: u32| match document.nodes[id as usize].kind {
        KindData::Scalar { at, len, .. } => document.values.get(at as usize..(at + len) as usize),
        _ => None,
    };
    let keys = (0..entries).map(|i| document.children[(first + 2 * i) as usize]);
    let mut keys: Vec<u32> = keys.filter(|id| text_of(*id).is_some()).collect();
    deployline_map::sort_numbers(&mut keys, &|a, b| text_of(a).cmp(&text_of(b)).then(a.cmp(&b)));
    let span_of = |id: u32| {
        let NodeData { start, end, .. } = document.nodes[id as usize];
        Span { source: document.source, start, end }
    };
    let pairs = keys.windows(2).map(|pair| (pair[0], pair[1]));
    let again = pairs.filter_map(|(earlier, later)| {
        let name = text_of(earlier).filter(|name| text_of(later) == Some(*name))?;
        Some(duplicate_key(name, span_of(earlier), span_of(later)))
    });
    again.collect()
}

fn empty_document(source: SourceId) -> Document {
    Document {
        source,
        nodes: Vec::new(),
        children: Vec::new(),
        values: String::new(),
        root: 0,
        unread: Vec::new(),
    }
}

fn is_flow(style: StructureStyle) -> bool {
    style == StructureStyle::Flow
}

fn scalar_style(style: EventStyle) -> ScalarStyle {
    match style {
        EventStyle::Plain => ScalarStyle::Plain,
        EventStyle::SingleQuoted => ScalarStyle::SingleQuoted,
        EventStyle::DoubleQuoted => ScalarStyle::DoubleQuoted,
        EventStyle::Literal | EventStyle::Folded => ScalarStyle::Block,
    }
}

fn duplicate_key(name: &str, earlier: Span, later: Span) -> Diagnostic {
    rules::DUPLICATE_KEY
        .at(
            later,
            format!(
                "The key `{name}` appears twice in this mapping. The last one counts; remove one of \
                 them."
            ),
        )
        .with_related(earlier, format!("`{name}` appears here first"))
}

fn unknown_alias(name: &str, span: Span) -> Diagnostic {
    rules::UNKNOWN_ALIAS.at(
        span,
        format!(
            "`*{name}` refers to an anchor that is not defined before it. Write `&{name}` before the \
             value to repeat, or put the text in quotes."
        ),
    )
}

fn too_deep(span: Span, limit: usize) -> Diagnostic {
    rules::YAML_TOO_DEEP.at(
        span,
        format!(
            "Lists and mappings are nested more than {limit} levels deep here; what is deeper is not \
             read. Use fewer levels."
        ),
    )
}
