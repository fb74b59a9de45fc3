//! What is drawn: each component takes props and callbacks and holds no logic of the domain.

mod app;
mod callbacks;
mod details;
mod editor;
mod header;
mod legend;
mod order;
mod plain_field;
mod problems;
mod stage_cards;
mod status;
mod table;
#[cfg(test)]
mod tests;
mod timeline;
mod welcome;

pub(crate) use app::App;
