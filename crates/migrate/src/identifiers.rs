//! Identifiers of the result: of letters, digits and `_`, each once.
//!
//! ```text
//! {name: No Id}   {name: No-Id}   {id: ship-it}   nothing, the fourth stage
//! No_Id           No_Id_2         ship_it         stage_4
//! ```

use deployline_engine::{Schema, Stage};
use deployline_map::{Map, Set};
use deployline_planner::View;

use crate::migration::Migration;

/// Identifiers that are written, and those that are made beside them.
#[derive(Default)]
pub(crate) struct Identifiers {
    taken: Set<String>,
    /// The number behind the next one that is made of the same letters.
    numbers: Map<String, usize>,
}

impl Identifiers {
    /// Keeps these from being made.
    pub(crate) fn beside(written: impl Iterator<Item = String>) -> Self {
        Self { taken: written.filter(|it| is_valid(it)).collect(), numbers: Map::new() }
    }

    /// An identifier that is written, or made of the name of something that has none.
    pub(crate) fn of(
        &mut self,
        written: Option<View<'_>>,
        name: &str,
        migration: &mut Migration<'_>,
    ) -> String {
        let written = written.filter(|view| view.as_str().is_some_and(|text| !text.is_empty()));
        let text = written.as_ref().and_then(View::as_str).unwrap_or(name);
        let is_expression = ["<+", "${{"].iter().any(|open| text.contains(open));
        let is_kept = is_valid(text) || migration.to == Schema::V1;
        if is_expression || written.is_some() && is_kept {
            return migration.text(text);
        }
        let made = self.made(text);
        if let Some(written) = written {
            let message = format!(
                "v0 takes letters, digits and `_` for an identifier: `{text}` is written as `{made}`. Expressions that \
                 name it stay as they are."
            );
            migration.differs(written.span(), message);
        }
        made
    }

    fn made(&mut self, name: &str) -> String {
        let base = valid(name);
        let mut made = base.clone();
        let number = self.numbers.or_insert_with(base.clone(), || 1);
        while !self.taken.insert(made.clone()) {
            *number += 1;
            made = format!("{base}_{number}");
        }
        made
    }
}

/// Identifiers of stages, of which some are `written`.
pub(crate) fn of_stages(
    stages: &[Stage],
    written: Vec<Option<View<'_>>>,
    migration: &mut Migration<'_>,
) -> Vec<String> {
    let texts = written.iter().flatten().filter_map(View::as_str);
    let mut identifiers = Identifiers::beside(texts.map(str::to_owned));
    let all = stages.iter().zip(written.into_iter().chain(std::iter::repeat(None)));
    all.map(|(stage, written)| identifiers.of(written, &stage.identifier, migration)).collect()
}

/// A name with `_` for what no identifier of v0 has.
pub(crate) fn valid(name: &str) -> String {
    let letter = |c: char| if is_letter(c) { c } else { '_' };
    let letters: String = name.chars().map(letter).collect();
    if letters.starts_with(|c: char| c.is_ascii_digit()) { format!("_{letters}") } else { letters }
}

fn is_valid(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(is_letter)
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '$')
}
