//! Between the browser's events and the page's actions.

use yew::Callback;

/// A callback that passes on what `read` finds in an event, if anything.
pub(crate) fn emit_found<E, T: 'static>(
    to: &Callback<T>,
    read: impl Fn(E) -> Option<T> + 'static,
) -> Callback<E> {
    let to = to.clone();
    Callback::from(move |event| {
        if let Some(found) = read(event) {
            to.emit(found);
        }
    })
}
