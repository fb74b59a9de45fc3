//! What is drawn: each component takes props and callbacks and holds no logic of the domain.

mod app;
mod assumptions;
mod callbacks;
mod changes;
mod compare;
mod details;
mod duration_field;
mod editor;
mod file_tabs;
mod form;
mod header;
mod icon;
mod input_field;
mod inputs;
mod legend;
mod notes;
mod notice_bar;
mod order;
mod outline;
mod panels;
mod plain_field;
mod play;
mod problems;
mod resolved;
mod rich_text;
mod stage_cards;
mod status;
mod table;
mod tabs;
#[cfg(test)]
mod tests;
mod timeline;
mod toggle_box;
mod toolbar;
mod welcome;

pub(crate) use app::{App, AppProps};
pub(crate) use compare::BothFlags;
pub(crate) use stage_cards::Flip;
