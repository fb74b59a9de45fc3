//! Files of a dropped folder, and of the folders in it.

use js_sys::{Array, Promise};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    File, FileSystemDirectoryEntry, FileSystemDirectoryReader, FileSystemEntry, FileSystemFileEntry,
};

use super::FileSelection;

/// Number of entries that are looked at: a folder may hold all of a project's dependencies.
const MAX_ENTRIES: usize = 20_000;

/// Checks whether a file of a folder may hold a pipeline, or something that belongs to one.
pub(super) fn is_wanted(name: &str) -> bool {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    matches!(extension.as_deref(), Some("yaml" | "yml" | "json"))
}

/// Adds what an entry is or holds. What can't be read is passed over.
pub(super) async fn walk(entry: FileSystemEntry, found: &mut FileSelection) {
    if entry.is_file() {
        if let Some(file) = file_of(&entry).await {
            found.push(file);
        }
        return;
    }
    let mut folders = vec![entry];
    let mut left = MAX_ENTRIES;
    while let Some(folder) = folders.pop() {
        let folder: FileSystemDirectoryEntry = folder.unchecked_into();
        let reader = folder.create_reader();
        // It gives some at a time, and none when it is done.
        while let Some(entries) = some_of(&reader).await {
            left = left.saturating_sub(entries.len());
            for entry in entries {
                if entry.is_directory() && is_looked_into(&entry.name()) {
                    folders.push(entry);
                } else if entry.is_file()
                    && is_wanted(&entry.name())
                    && let Some(file) = file_of(&entry).await
                {
                    found.push(file);
                }
            }
            if left == 0 || found.is_full {
                found.is_full = true;
                return;
            }
        }
    }
}

fn is_looked_into(folder: &str) -> bool {
    !matches!(folder, "node_modules" | ".git" | "target")
}

async fn some_of(reader: &FileSystemDirectoryReader) -> Option<Vec<FileSystemEntry>> {
    let entries = Promise::new(&mut |resolve, reject| {
        // Where it fails at once, the promise is not kept: then there is nothing.
        if reader.read_entries_with_callback_and_callback(&resolve, &reject).is_err() {
            let _ = reject.call0(&wasm_bindgen::JsValue::NULL);
        }
    });
    let entries: Array = JsFuture::from(entries).await.ok()?.unchecked_into();
    let entries: Vec<FileSystemEntry> = entries.iter().map(JsCast::unchecked_into).collect();
    (!entries.is_empty()).then_some(entries)
}

async fn file_of(entry: &FileSystemEntry) -> Option<File> {
    let entry: &FileSystemFileEntry = entry.unchecked_ref();
    let file = Promise::new(&mut |resolve, reject| {
        entry.file_with_callback_and_callback(&resolve, &reject);
    });
    JsFuture::from(file).await.ok().map(JsCast::unchecked_into)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_a_folder_are_known_by_their_names() {
        for name in ["a.yaml", "a.b.YML", "release.json"] {
            assert!(is_wanted(name), "{name}");
        }
        for name in ["readme.md", "yaml", "a.yaml.txt", ""] {
            assert!(!is_wanted(name), "{name}");
        }
    }
}
