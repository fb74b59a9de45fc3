//! Files that were dropped or picked.

use gloo::file::File;
use yew::prelude::*;

use crate::state::{Action, State};

/// The most bytes of all files together.
const MOST_BYTES: u64 = 16 << 20;

/// Hands the files of a drop to `on_files`.
pub(crate) fn drop(on_files: Callback<web_sys::FileList>) -> Callback<DragEvent> {
    Callback::from(move |event: DragEvent| {
        let files = event.data_transfer().and_then(|data| data.files());
        if let Some(files) = files.filter(|files| files.length() > 0) {
            event.prevent_default();
            on_files.emit(files);
        }
    })
}

/// Opens files as one text, each a YAML document of its own.
pub(crate) fn open(list: web_sys::FileList, dispatch: UseReducerDispatcher<State>) {
    let files: Vec<File> = gloo::file::FileList::from(list).to_vec();
    wasm_bindgen_futures::spawn_local(async move {
        dispatch.dispatch(match read_all(&files).await {
            Ok(text) => Action::Open(text.into()),
            Err(notice) => Action::Notify(notice),
        });
    });
}

async fn read_all(files: &[File]) -> Result<String, String> {
    let bytes: u64 = files.iter().map(|file| file.size()).sum();
    if bytes > MOST_BYTES {
        return Err(format!("These files have {bytes} bytes; at most {MOST_BYTES} can be opened."));
    }
    let mut texts = Vec::new();
    for file in files {
        texts.push(read(file).await?);
    }
    Ok(join(&texts))
}

async fn read(file: &File) -> Result<String, String> {
    let bytes = gloo::file::futures::read_as_bytes(file).await;
    let bytes = bytes.map_err(|error| format!("{} can't be read: {error}", file.name()))?;
    String::from_utf8(bytes).map_err(|_| {
        format!("{} is no UTF-8 text. Save it as UTF-8 and drop it again.", file.name())
    })
}

/// One text, with a document marker between files.
fn join(texts: &[String]) -> String {
    let mut all = String::new();
    for text in texts {
        if !all.is_empty() {
            let line_end = if all.ends_with('\n') { "" } else { "\n" };
            let marker = if text.starts_with("---") { "" } else { "---\n" };
            all += line_end;
            all += marker;
        }
        all += text;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_become_documents_of_one_text() {
        let join =
            |texts: &[&str]| join(&texts.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert_eq!(join(&["a: 1\n"]), "a: 1\n");
        assert_eq!(join(&["a: 1", "b: 2\n"]), "a: 1\n---\nb: 2\n");
        assert_eq!(join(&["a: 1\r\n", "---\nb: 2\n"]), "a: 1\r\n---\nb: 2\n");
    }
}
