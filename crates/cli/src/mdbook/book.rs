//! The chapters of a book, as slices of its JSON. All else is skipped, whatever it is.

use std::borrow::Cow;
use std::ops::Range;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// The text of a chapter.
#[derive(Debug)]
pub(super) struct Content {
    /// Bytes of the JSON string in the book.
    pub(super) range: Range<usize>,
    pub(super) markdown: String,
    /// Path of the chapter's file; the chapter's name where it has none.
    pub(super) place: String,
}

/// Reads the contents of all chapters, in the order of the JSON.
///
/// # Errors
/// Where it is no JSON, is nested too deeply, or a content is no text.
pub(super) fn contents(json: &str) -> serde_json::Result<Vec<Content>> {
    let mut chapters = Vec::new();
    let mut deserializer = serde_json::Deserializer::from_str(json);
    Reader { part: Part::Book, chapters: &mut chapters }.deserialize(&mut deserializer)?;
    deserializer.end()?;
    let mut contents = Vec::new();
    for chapter in &chapters {
        let place = [chapter.source_path, chapter.path, chapter.name].into_iter().flatten();
        let place = place.filter_map(|raw| serde_json::from_str(raw.get()).ok()).next();
        let place: String = place.unwrap_or_default();
        for raw in &chapter.contents {
            let markdown: Option<String> = serde_json::from_str(raw.get())?;
            let Some(markdown) = markdown else { continue };
            contents.push(Content { range: range_in(json, raw), markdown, place: place.clone() });
        }
    }
    contents.sort_by_key(|content| content.range.start);
    Ok(contents)
}

/// The bytes of a value that was read from `json` without copying it.
fn range_in(json: &str, raw: &RawValue) -> Range<usize> {
    let start = raw.get().as_ptr().addr() - json.as_ptr().addr();
    start..start + raw.get().len()
}

/// The values of a chapter as they are written.
#[derive(Default)]
struct Chapter<'a> {
    name: Option<&'a RawValue>,
    path: Option<&'a RawValue>,
    source_path: Option<&'a RawValue>,
    /// More than one where the key is written more than once.
    contents: Vec<&'a RawValue>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Book,
    /// A list of items.
    Items,
    /// `{"Chapter": {…}}`, `"Separator"` and others
    Item,
    Chapter,
}

/// Reads one part of a book and adds the chapters in it.
struct Reader<'c, 'a> {
    part: Part,
    chapters: &'c mut Vec<Chapter<'a>>,
}

impl<'a> DeserializeSeed<'a> for Reader<'_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'a> Visitor<'a> for Reader<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a part of a book")
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut seq: A) -> Result<(), A::Error> {
        let Self { part, chapters } = self;
        if part != Part::Items {
            while seq.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(());
        }
        while seq.next_element_seed(Reader { part: Part::Item, chapters })?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<(), A::Error> {
        let Self { part, chapters } = self;
        let at = chapters.len();
        if part == Part::Chapter {
            chapters.push(Chapter::default());
        }
        while let Some(key) = map.next_key::<Cow<'a, str>>()? {
            let below = match (part, key.as_ref()) {
                // The list has another name since mdBook 0.5.
                (Part::Book, "sections" | "items") | (Part::Chapter, "sub_items") => Part::Items,
                (Part::Item, "Chapter") => Part::Chapter,
                (Part::Chapter, "content") => {
                    chapters[at].contents.push(map.next_value()?);
                    continue;
                }
                (Part::Chapter, "name") => {
                    chapters[at].name = Some(map.next_value()?);
                    continue;
                }
                (Part::Chapter, "path") => {
                    chapters[at].path = Some(map.next_value()?);
                    continue;
                }
                (Part::Chapter, "source_path") => {
                    chapters[at].source_path = Some(map.next_value()?);
                    continue;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            map.next_value_seed(Reader { part: below, chapters })?;
        }
        Ok(())
    }

    // `"Separator"` and what later versions may bring: no chapters in it.
    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        Ok(())
    }
}
