//! Values as YAML text, for every reader of YAML 1.1 or 1.2.
//!
//! - [`needs_quotes`] decides which texts can't stand without quotes, and [`quote`] writes one;
//! - a [`Layout`] holds the indentation, line breaks and brackets to write with, by default or as in
//!   a given text;
//! - a [`Writer`] writes a [`Value`] with it.
//!
//! ```
//! use deployline_yaml::write::{Layout, Value, Writer};
//!
//! let mut writer = Writer::new(Layout::default());
//! writer.entry(0, "service", &Value::map([("serviceRef", Value::text("on")), ("tags", Value::Null)]));
//! assert_eq!(writer.text, "service:\n  serviceRef: \"on\"\n  tags:");
//! ```

mod layout;
mod scalar;
mod value;
mod writer;

pub use layout::Layout;
pub use scalar::{needs_quotes, quote};
pub use value::{Comments, Value};
pub use writer::Writer;
