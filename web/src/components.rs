//! Components: each takes props, dispatches actions and holds no logic of the domain.

mod app;
mod assumed_rows;
mod assumptions;
mod callbacks;
mod changes;
mod compare;
mod dependencies;
mod details;
mod duration_field;
mod editor_pane;
mod failure_fields;
mod file_tabs;
mod form;
mod go_to;
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
mod picture;
mod plain_field;
mod play;
mod problems;
mod report;
mod resolved;
mod rich_text;
mod show_more;
mod source_pane;
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
