//! Keys that the mapping at the cursor may have and does not.

use deployline_schema::{Key, MappingKind, Takes};

use super::{Completion, CompletionKind};
use crate::sketch::{Id, Kind, Sketch, Spot};

/// How deep what is written with a key goes at the most.
const DEEPEST: usize = 4;

/// Keys for the mapping that `holder` holds; `own` is the one at the cursor.
pub(super) fn of(sketch: &Sketch<'_>, spot: &Spot, holder: Id, own: Option<Id>) -> Vec<Completion> {
    let others: Vec<Id> = sketch.children(holder).filter(|id| Some(*id) != own).collect();
    let is_list = others.iter().any(|id| sketch.entry(*id).kind == Kind::Item);
    let is_first = others.is_empty();
    if !spot.is_flow && !is_list && !is_in_column(sketch, spot, holder, &others) {
        return Vec::new();
    }
    let place = sketch.place(holder).filter(|_| !is_list);
    if let Some(place) = place {
        return missing(sketch, spot, place, &others, own.is_some(), "");
    }
    // Below the key of a list stands its first item, or another one in the column of the others.
    let in_column = |id: &Id| sketch.entry(*id).column == spot.column;
    let may_start = is_first || (is_list && others.iter().all(in_column));
    match sketch.item_place(holder).filter(|_| may_start && own.is_none() && !spot.is_flow) {
        Some(place) => missing(sketch, spot, place, &[], false, "- "),
        None => Vec::new(),
    }
}

/// Keys for a new item of a list.
pub(super) fn of_item(sketch: &Sketch<'_>, spot: &Spot, list: Id) -> Vec<Completion> {
    // In brackets an item needs brackets of its own.
    let place = sketch.item_place(list).filter(|_| !spot.is_flow);
    place.map(|place| missing(sketch, spot, place, &[], false, "")).unwrap_or_default()
}

/// Keys of a mapping start in one column, behind that of what holds them.
fn is_in_column(sketch: &Sketch<'_>, spot: &Spot, holder: Id, others: &[Id]) -> bool {
    let outer = sketch.entry(holder);
    let is_inside = outer.kind == Kind::Document || spot.column > outer.column;
    let is_beside = |id: &&Id| {
        let entry = sketch.entry(**id);
        !entry.is_flow && entry.column != spot.column
    };
    is_inside
        && others.iter().find(is_beside).is_none()
        && !others.iter().any(|id| sketch.entry(*id).is_flow)
}

fn missing(
    sketch: &Sketch<'_>,
    spot: &Spot,
    place: MappingKind,
    others: &[Id],
    has_colon: bool,
    dash: &str,
) -> Vec<Completion> {
    let there: Vec<&str> = others.iter().map(|id| sketch.name(*id)).collect();
    let is_there = |name: &str| there.contains(&name);
    let is_ruled_out = |name: &str| {
        let groups = place.one_of().iter().filter(|group| group.contains(&name));
        groups.into_iter().any(|group| group.iter().any(|other| is_there(other)))
    };
    let known = place.keys().iter().filter(|key| !is_there(key.name) && !is_ruled_out(key.name));
    let style = Style { step: sketch.step(), line_break: line_break(sketch.text) };
    known
        .map(|key| {
            let insert = match has_colon {
                true => key.name.to_owned(),
                false if spot.is_flow => format!("{}: ", key.name),
                false => {
                    let column = spot.column + dash.len();
                    format!("{dash}{}", style.with_first_lines(key, place, column))
                }
            };
            Completion {
                label: key.name.to_owned(),
                detail: takes_in_words(key).into(),
                insert,
                kind: CompletionKind::Key,
                doc: key.doc.into(),
            }
        })
        .collect()
}

/// How the text is written.
pub(crate) struct Style {
    pub(crate) step: usize,
    pub(crate) line_break: &'static str,
}

pub(crate) fn line_break(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

impl Style {
    /// The key in this column with its colon, and below it what it says nothing without.
    pub(crate) fn with_first_lines(&self, key: &Key, place: MappingKind, column: usize) -> String {
        let mut lines = format!("{}:", key.name);
        let (mut key, mut column, mut place) = (*key, column, place);
        for _ in 0..DEEPEST {
            let list = place.below(key.name, true, None);
            let mapping = place.below(key.name, false, None);
            let is_one_piece = !matches!(key.takes[0], Takes::Mapping(_) | Takes::List(_));
            let (Some(inner), false) = (list.or(mapping), is_one_piece) else { break };
            column += self.step;
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
            (key, place) = (*first, inner);
        }
        // What is no one piece goes on in the next line.
        if matches!(key.takes[0], Takes::Anything | Takes::Texts | Takes::References(_)) {
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
        Takes::References(_) | Takes::Texts | Takes::List(_) => "list",
        Takes::Mapping(_) => "keys",
        Takes::Anything => "",
    }
}
