//! Keys that the mapping at the cursor may have and does not.

use deployline_schema::{Key, MappingKind, Takes};
use deployline_yaml::lines;

use super::{Completion, CompletionKind};
use crate::lenient::{CursorContext, EntryId, EntryKind, LenientTree};

/// Most levels of keys that are written with one.
const MAX_LEVELS: usize = 4;

/// Keys for the mapping that `holder` holds; `own` is the one at the cursor.
pub(super) fn of(
    tree: &LenientTree<'_>,
    context: &CursorContext,
    holder: EntryId,
    own: Option<EntryId>,
) -> Vec<Completion> {
    let others: Vec<EntryId> = tree.children(holder).filter(|id| Some(*id) != own).collect();
    let is_list = others.iter().any(|id| tree.entry(*id).kind == EntryKind::Item);
    let is_first = others.is_empty();
    if !context.is_flow && !is_list && !is_in_column(tree, context, holder, &others) {
        return Vec::new();
    }
    let kind = tree.mapping_kind(holder).filter(|_| !is_list);
    if let Some(kind) = kind {
        return missing_keys(tree, context, kind, &others, own.is_some(), "");
    }
    // Contents the key of a list stands its first item, or another one in the column of the others.
    let in_column = |id: &EntryId| tree.entry(*id).column == context.column;
    let may_start = is_first || (is_list && others.iter().all(in_column));
    match tree.item_kind(holder).filter(|_| may_start && own.is_none() && !context.is_flow) {
        Some(kind) => missing_keys(tree, context, kind, &[], false, "- "),
        None => Vec::new(),
    }
}

/// Keys for a new item of a list.
pub(super) fn of_item(
    tree: &LenientTree<'_>,
    context: &CursorContext,
    list: EntryId,
) -> Vec<Completion> {
    // In brackets an item needs brackets of its own.
    let kind = tree.item_kind(list).filter(|_| !context.is_flow);
    kind.map(|kind| missing_keys(tree, context, kind, &[], false, "")).unwrap_or_default()
}

/// Keys of a mapping start in one column, behind that of what holds them.
fn is_in_column(
    tree: &LenientTree<'_>,
    context: &CursorContext,
    holder: EntryId,
    others: &[EntryId],
) -> bool {
    let outer = tree.entry(holder);
    let is_inside = outer.kind == EntryKind::Document || context.column > outer.column;
    let is_beside = |id: &&EntryId| {
        let entry = tree.entry(**id);
        !entry.is_flow && entry.column != context.column
    };
    is_inside
        && others.iter().find(is_beside).is_none()
        && !others.iter().any(|id| tree.entry(*id).is_flow)
}

fn missing_keys(
    tree: &LenientTree<'_>,
    context: &CursorContext,
    kind: MappingKind,
    others: &[EntryId],
    has_colon: bool,
    dash: &str,
) -> Vec<Completion> {
    let there: Vec<&str> = others.iter().map(|id| tree.name(*id)).collect();
    let is_there = |name: &str| there.contains(&name);
    let is_ruled_out = |name: &str| {
        let groups = kind.one_of().iter().filter(|group| group.contains(&name));
        groups.into_iter().any(|group| group.iter().any(|other| is_there(other)))
    };
    let known = kind.documented_keys();
    let known = known.filter(|(key, _)| !is_there(key.name) && !is_ruled_out(key.name));
    let style = Style { indent: tree.indent(), line_break: lines::line_break(tree.text, 0) };
    known
        .map(|(key, doc)| {
            let insert = match has_colon {
                true => key.name.to_owned(),
                false if context.is_flow => format!("{}: ", key.name),
                false => {
                    let column = context.column + dash.len();
                    format!("{dash}{}", style.with_first_lines(key, kind, column))
                }
            };
            Completion {
                label: key.name.to_owned(),
                detail: takes_in_words(key).into(),
                insert,
                kind: CompletionKind::Key,
                doc: doc.into(),
            }
        })
        .collect()
}

/// Indentation and line breaks of a text.
pub(crate) struct Style {
    pub(crate) indent: usize,
    pub(crate) line_break: &'static str,
}

impl Style {
    /// The key in this column with its colon, and below it the keys that its value needs.
    pub(crate) fn with_first_lines(&self, key: &Key, kind: MappingKind, column: usize) -> String {
        let mut lines = format!("{}:", key.name);
        let (mut key, mut column, mut kind) = (*key, column, kind);
        for _ in 0..MAX_LEVELS {
            let list = kind.below(key.name, true, None);
            let mapping = kind.below(key.name, false, None);
            let is_single = !matches!(key.takes[0], Takes::Mapping(_) | Takes::List(_));
            let (Some(inner), false) = (list.or(mapping), is_single) else { break };
            column += self.indent;
            lines += self.line_break;
            lines += &" ".repeat(column);
            if list.is_some() {
                lines += "- ";
                column += 2;
            }
            let Some(first) = inner.first_key().and_then(|first| inner.key(first)) else {
                return lines;
            };
            lines += first.name;
            lines += ":";
            (key, kind) = (*first, inner);
        }
        // What is no single value goes on in the next line.
        if matches!(
            key.takes[0],
            Takes::Anything | Takes::Values | Takes::Items | Takes::Texts | Takes::References(_)
        ) {
            return lines;
        }
        lines + " "
    }
}

fn takes_in_words(key: &Key) -> &'static str {
    match key.takes[0] {
        Takes::Text => "text",
        Takes::Flag => "true or false",
        Takes::Count => "number",
        Takes::Words(_) => "word",
        Takes::Reference(_) => "identifier",
        Takes::References(_) | Takes::Texts | Takes::Items | Takes::List(_) => "list",
        Takes::Mapping(_) | Takes::Values => "keys",
        Takes::Anything => "",
    }
}
