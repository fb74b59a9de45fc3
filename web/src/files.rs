//! Files that were dropped or picked: several at once, and folders with all that is in them.

mod folder;

use deployline_engine::format::number;
use deployline_import::FileText;
use wasm_bindgen::JsCast;
use web_sys::{DataTransfer, File, FileList, FileSystemEntry};
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::chunk::{NotLoaded, chunk};
use crate::reading::emit_announced;
use crate::state::Action;

/// The most bytes of all files together.
const MAX_BYTES: u64 = 16 << 20;
/// The most bytes of one file: as many as are read of a text.
const MAX_FILE_BYTES: usize = 4 << 20;
/// The most files of a folder.
const MAX_FILES: usize = 500;

/// Files that were dropped or picked: the browser forgets a drop when its event is over.
pub(crate) struct Dropped {
    files: Vec<File>,
    entries: Vec<FileSystemEntry>,
}

impl Dropped {
    /// Files that were picked, alone or with their folder.
    pub(crate) fn picked(list: &FileList) -> Self {
        let files = (0..list.length()).filter_map(|number| list.get(number));
        Self { files: files.collect(), entries: Vec::new() }
    }

    fn from_event(data: &DataTransfer) -> Self {
        let mut dropped = Self { files: Vec::new(), entries: Vec::new() };
        let items = data.items();
        for item in (0..items.length()).filter_map(|number| items.get(number)) {
            if let Ok(Some(entry)) = item.webkit_get_as_entry() {
                dropped.entries.push(entry);
            } else if let Ok(Some(file)) = item.get_as_file() {
                dropped.files.push(file);
            }
        }
        dropped
    }
}

/// Callback that opens dropped files.
pub(crate) fn on_drop(act: &Callback<Action>) -> Callback<DragEvent> {
    let act = act.clone();
    Callback::from(move |event: DragEvent| {
        let Some(data) = event.data_transfer() else { return };
        if data.types().includes(&"Files".into(), 0) {
            event.prevent_default();
            open(Dropped::from_event(&data), act.clone());
        }
    })
}

/// Opens files, as soon as what reads them is loaded.
pub(crate) fn open(dropped: Dropped, act: Callback<Action>) {
    spawn_local(async move {
        match load_read().await {
            Ok(read) => read(dropped, act),
            Err(NotLoaded) => {
                let words = "The files could not be opened: a part of the page could not be loaded. \
                             Check the network and try again.";
                act.emit(Action::Notify(words.to_owned()));
            }
        }
    });
}

chunk!(tools: load_read -> fn(Dropped, Callback<Action>) = read_all);

/// Reads files and hands them on, with the problems there were.
fn read_all(dropped: Dropped, act: Callback<Action>) {
    spawn_local(async move {
        let mut found = FileSelection::default();
        for file in dropped.files {
            found.add(file);
        }
        for entry in dropped.entries {
            folder::walk(entry, &mut found).await;
        }
        match found.read().await {
            Ok((files, problems)) => {
                let bytes = files.iter().map(|file| file.text.len()).sum();
                emit_announced(&act, bytes, Action::Receive(files, problems));
            }
            Err(problem) => act.emit(Action::Notify(problem)),
        }
    });
}

/// Files that were found in what was dropped, with the limits that they keep.
#[derive(Default)]
struct FileSelection {
    files: Vec<File>,
    bytes: u64,
    /// `true` where there are more than are taken.
    is_full: bool,
}

impl FileSelection {
    /// Adds a file; of a folder only what may be a pipeline.
    fn add(&mut self, file: File) {
        let path = js_sys::Reflect::get(&file, &"webkitRelativePath".into());
        let is_in_folder = path.is_ok_and(|path| path.as_string().is_some_and(|it| !it.is_empty()));
        if !is_in_folder || folder::is_wanted(&file.name()) {
            self.push(file);
        }
    }

    fn push(&mut self, file: File) {
        self.is_full = self.is_full || self.files.len() >= MAX_FILES;
        if !self.is_full {
            self.bytes += file.size() as u64;
            self.files.push(file);
        }
    }

    async fn read(self) -> Result<(Vec<FileText>, Vec<String>), String> {
        if self.bytes > MAX_BYTES {
            return Err(format!(
                "These files have {} bytes; at most {MAX_BYTES} can be opened.",
                self.bytes
            ));
        }
        let (mut texts, mut problems) = (Vec::<FileText>::new(), Vec::new());
        for file in &self.files {
            let name = file.name();
            if file.size() > MAX_FILE_BYTES as f64 {
                problems.push(format!(
                    "{name} has {} bytes; at most {} are read of a file. Split it into several.",
                    number(file.size() as usize),
                    number(MAX_FILE_BYTES)
                ));
                continue;
            }
            match read(file).await {
                Ok(text) => {
                    // A folder lists its files in any order.
                    let place = texts.partition_point(|before| before.name <= name);
                    texts.insert(place, FileText { name, text });
                }
                Err(problem) => problems.push(problem),
            }
        }
        if self.is_full {
            problems.push(format!("Only the first {MAX_FILES} files were read."));
        }
        match (&texts[..], problems.is_empty()) {
            ([], false) => Err(problems.join(" ")),
            _ => Ok((texts, problems)),
        }
    }
}

async fn read(file: &File) -> Result<String, String> {
    let bytes = wasm_bindgen_futures::JsFuture::from(file.array_buffer()).await;
    let bytes = bytes.map_err(|_| format!("{} can't be read.", file.name()))?;
    let bytes = js_sys::Uint8Array::new(bytes.unchecked_ref()).to_vec();
    String::from_utf8(bytes).map_err(|_| {
        format!("{} is no UTF-8 text. Save it as UTF-8 and drop it again.", file.name())
    })
}
