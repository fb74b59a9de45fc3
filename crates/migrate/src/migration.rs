//! State of a migration: its direction, its notes, and what is carried as it is.

use std::borrow::Cow;

use deployline_engine::Schema;
use deployline_map::Map;
use deployline_planner::{View, Views, is_pipeline};
use deployline_span::Span;
use deployline_yaml::write::{self, Value};
use deployline_yaml::{Document, Node, NodeKind, ScalarStyle};

use crate::comments::Comments;
use crate::entries::Entries;
use crate::identifiers::Identifiers;
use crate::note::{Note, NoteKind};
use crate::{expressions, inputs, is_shared_entity, written};

/// The most values that are written.
const MAX_VALUES: usize = 400_000;
/// So many bytes of a text count as one more value.
const BYTES_PER_VALUE: usize = 64;

/// A migration to one of the schemas.
pub(crate) struct Migration<'a> {
    pub(crate) to: Schema,
    /// `true` in a stage whose combinations are written one by one, below one axis.
    pub(crate) is_listed: bool,
    /// Identifiers of the steps of a stage of v0.
    pub(crate) steps: Identifiers,
    pub(crate) comments: Comments<'a>,
    /// The stages of the source in the order of the result, by their index.
    order: Vec<usize>,
    /// Inputs of v1 whose value is a list, which no variable of v0 can hold.
    lists: Map<&'a str, View<'a>>,
    notes: Vec<Note>,
    written: usize,
    is_full: bool,
    /// `true` where input sets of v1 give values.
    has_given: bool,
}

impl<'a> Migration<'a> {
    /// A migration to the other schema of a pipeline.
    pub(crate) fn of(views: &Views<'a>, comments: Comments<'a>) -> Self {
        let (to, lists) = match views.pipeline.schema {
            Schema::V0 => (Schema::V1, Map::new()),
            Schema::V1 => (Schema::V0, inputs::lists(views)),
        };
        let has_given = !views.given.is_empty();
        Self {
            to,
            is_listed: false,
            steps: Identifiers::default(),
            comments,
            lists,
            order: Vec::new(),
            notes: Vec::new(),
            written: 0,
            is_full: false,
            has_given,
        }
    }

    /// Notes, and the stages of the source in the order of the result.
    pub(crate) fn into_parts(self) -> (Vec<Note>, Vec<usize>) {
        (self.notes, self.order)
    }

    /// Says that the next stage of the result is the one of the source with this index.
    pub(crate) fn writes_stage(&mut self, index: usize) {
        self.order.push(index);
    }

    /// Name of the schema that is written.
    pub(crate) fn schema(&self) -> &'static str {
        match self.to {
            Schema::V0 => "v0",
            Schema::V1 => "v1",
        }
    }

    /// Notes something that the result is without.
    pub(crate) fn lost(&mut self, span: Span, message: impl Into<Cow<'static, str>>) {
        self.note(NoteKind::NoCounterpart, span, message.into());
    }

    /// Notes something that is written in another way.
    pub(crate) fn differs(&mut self, span: Span, message: impl Into<Cow<'static, str>>) {
        self.note(NoteKind::Differs, span, message.into());
    }

    fn note(&mut self, kind: NoteKind, span: Span, message: Cow<'static, str>) {
        // A formatted text has up to twice the room that it needs, and there may be a million notes.
        let message = match message {
            Cow::Owned(text) => Cow::Owned(text.as_str().to_owned()),
            message => message,
        };
        self.notes.push(Note { kind, span, message });
    }

    /// Notes a key that has no counterpart, if it is there.
    pub(crate) fn lost_key(&mut self, view: &View<'_>, key: &str, why: &str) {
        if let Some((node, value)) = view.entry(key) {
            self.lost_entry(node, &value, why);
        }
    }

    pub(crate) fn lost_entry(&mut self, key: Node<'_>, value: &View<'_>, why: &str) {
        if !value.is_null() {
            let (key, span, schema) = (key.as_str().unwrap_or_default(), key.span(), self.schema());
            let why = if why.is_empty() { String::new() } else { format!(": {why}") };
            self.lost(span, format!("`{key}` has no counterpart in {schema}{why}."));
        }
    }

    /// Notes the keys of a mapping that are not `known`.
    pub(crate) fn rest(&mut self, view: &View<'_>, known: &[&str]) {
        for (key, value) in view.entries() {
            if !known.contains(&key.as_str().unwrap_or_default()) {
                self.lost_entry(key, &value, "");
            }
        }
    }

    /// Adds the value of `from` as that of `to`, if it is there.
    pub(crate) fn carry(
        &mut self,
        out: &mut Entries,
        view: &View<'_>,
        from: &str,
        to: &'static str,
    ) {
        if let Some(value) = view.value(from) {
            out.add(to, self.value(&value));
        }
    }

    /// A text with its expressions in the other schema.
    pub(crate) fn text(&self, text: &str) -> String {
        match self.to {
            Schema::V1 => expressions::newer(text),
            Schema::V0 if self.is_listed => expressions::of_combination(&expressions::older(text)),
            Schema::V0 => expressions::older(text),
        }
    }

    /// Takes a value from what can be written, a text by its length; `false` where that is too much.
    pub(crate) fn take(&mut self, view: &View<'_>) -> bool {
        let is_first = !self.is_full;
        self.written += 1 + view.as_str().map_or(0, str::len) / BYTES_PER_VALUE;
        self.is_full = self.written > MAX_VALUES;
        if self.is_full && is_first {
            self.lost(view.span(), "The text is too large: from here on, values are left out.");
        }
        !self.is_full
    }

    /// The list that stands in the place of an input of v1.
    pub(crate) fn list_for(&mut self, view: &View<'_>) -> Option<View<'a>> {
        let list = self.lists.get(expressions::input_name(view.as_str()?)?)?.clone();
        self.written += list.node().items().len();
        self.take(view).then_some(list)
    }

    /// A value as it is, but for its expressions, with its comments.
    pub(crate) fn value(&mut self, view: &View<'_>) -> Value {
        let value = self.value_alone(view);
        self.commented(view, value)
    }

    /// Counterpart of a value, with the comments of that.
    pub(crate) fn commented(&mut self, view: &View<'_>, value: Value) -> Value {
        value.with_comments(self.comments.take(view))
    }

    /// Counterpart of a value, with the comments of that and of all in it that have no place of their own.
    pub(crate) fn with_inner(&mut self, view: &View<'_>, value: Value) -> Value {
        let value = value.with_comments(self.comments.take_inside(view));
        self.commented(view, value)
    }

    /// Counterpart of a value that is one of the entries of `out`: its comments stand around all of these, and the one
    /// at the end of its line stays there.
    pub(crate) fn within(
        &mut self,
        view: &View<'_>,
        key: &'static str,
        finish: impl FnOnce(Entries) -> Value,
    ) -> Value {
        let mut around = self.comments.take(view);
        let behind = std::mem::take(&mut around.behind);
        let value = self.value_alone(view);
        let mut out = Entries::default();
        out.add(key, value.with_comments(write::Comments { behind, ..Default::default() }));
        finish(out).with_comments(around)
    }

    /// Adds what stands for the value of `from`, with its comments and those in it.
    pub(crate) fn add(
        &mut self,
        out: &mut Entries,
        view: &View<'_>,
        (from, to): (&str, &'static str),
        value: impl Into<Option<Value>>,
    ) {
        let value = value.into().map(|value| match view.value(from) {
            Some(of) => self.with_inner(&of, value),
            None => value,
        });
        out.add(to, value);
    }

    fn value_alone(&mut self, view: &View<'_>) -> Value {
        if let Some(list) = self.list_for(view) {
            // It may name itself.
            let lists = std::mem::take(&mut self.lists);
            let value = self.value(&list);
            self.lists = lists;
            return value;
        }
        if !self.take(view) {
            return Value::Null;
        }
        match view.kind() {
            NodeKind::Null => Value::Null,
            NodeKind::Sequence => {
                Value::List(view.items().iter().map(|item| self.value(item)).collect())
            }
            NodeKind::Mapping => {
                let mut out = Entries::default();
                for (key, value) in view.entries() {
                    out.add(key.as_str().unwrap_or_default().to_owned(), self.value(&value));
                }
                out.into_value()
            }
            NodeKind::Scalar => self.scalar(view),
        }
    }

    fn scalar(&mut self, view: &View<'_>) -> Value {
        let text = view.as_str().unwrap_or_default();
        if self.to == Schema::V1 && text.trim_start().starts_with("<+input>") {
            self.differs(
                view.span(),
                "`<+input>` stays as it is: v1 declares its inputs below `inputs` of the pipeline and names them by \
                 `${{ inputs.NAME }}`. Declare one for this place.",
            );
        }
        let is_plain = view.node().style() == Some(ScalarStyle::Plain);
        let is_number = || {
            let has_digit = text.contains(|c: char| c.is_ascii_digit());
            has_digit && text.parse::<f64>().is_ok_and(f64::is_finite)
        };
        match is_plain && (view.node().as_bool().is_some() || is_number()) {
            true => Value::word(text.to_owned()),
            false => Value::text(self.text(text)),
        }
    }

    /// Adds a document that is the same in both schemas; notes any other that is not the pipeline's.
    pub(crate) fn document(&mut self, document: &Document, is_main: bool, out: &mut String) {
        let root = document.root();
        if is_shared_entity(document) {
            *out += "---\n";
            *out += &written(&self.value(&View::from(root)));
            return;
        }
        let Some((key, _)) = root.entries().next() else { return };
        let of_kind = |kind: &str| {
            root.get(kind).is_some() || root.at(&["kind"]).and_then(|it| it.as_str()) == Some(kind)
        };
        if ["inputSet", "overlayInputSet", "input-set", "overlay-input-set"]
            .into_iter()
            .any(of_kind)
        {
            if self.to == Schema::V0 && !self.has_given {
                self.lost(key.span(), "This input set is not used, and left out.");
                return;
            }
            let schema = self.schema();
            let message = format!(
                "The values of this input set stand in their place in the pipeline: {schema} fills its inputs in \
                 another way."
            );
            self.differs(key.span(), message);
        } else if of_kind("template") && self.to == Schema::V0 {
            let message =
                "This template is left out, and what uses it names it: write it for v0 as well.";
            self.lost(key.span(), message);
        } else if !is_main && is_pipeline(root) {
            let pipeline = root.get("pipeline").unwrap_or(root);
            let mut keys = ["identifier", "id", "name"].into_iter();
            let name = keys.find_map(|key| pipeline.get(key)?.as_str());
            let name = name.map(|name| format!(" `{name}`")).unwrap_or_default();
            let message = format!(
                "The pipeline{name} is left out, and what runs it names it: convert its document by itself, and put it \
                 behind the result."
            );
            self.lost(key.span(), message);
        } else if of_kind("template") {
            let message = "What this template says stands in the place of each use of it.";
            self.differs(key.span(), message);
        }
    }
}
