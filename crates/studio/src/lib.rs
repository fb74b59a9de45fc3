//! What the pipeline editor knows: a form of what is written, changes of it, and help while typing.
//!
//! Everything here reads a text and gives values or [`TextEdit`](deployline_yaml::TextEdit)s: the
//! text stays the only truth. This crate knows Harness' keys and no pixel, DOM, clock or I/O.
