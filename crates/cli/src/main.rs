//! Deployline.
fn main() {}
