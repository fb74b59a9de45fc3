//! Messages as far as they are shown.

/// The most characters of a message that are shown: it may quote any text.
const MESSAGE_CHARS: usize = 600;

/// Returns a message as far as it is shown.
pub fn shown_message(message: &str) -> String {
    match message.char_indices().nth(MESSAGE_CHARS) {
        Some((end, _)) => format!("{}…", &message[..end]),
        None => message.to_owned(),
    }
}
