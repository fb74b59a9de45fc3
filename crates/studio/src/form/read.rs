//! Reads the form.

use deployline_yaml::Document;

use super::Form;

/// The form of what `documents`, those of `text`, hold.
pub fn read(text: &str, documents: &[Document]) -> Form {
    let _ = (text, documents);
    Form::default()
}
