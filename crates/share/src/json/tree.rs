//! A tree of JSON: the part of it that links are made of.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::bounds::{Bounds, Number};

/// A value.
pub(crate) enum Json {
    Flag(bool),
    Number(Number),
    Text(String),
    List(Vec<Json>),
    Object(Object),
    Null,
}

/// Fields by name, in the order of the text.
#[derive(Default)]
pub(crate) struct Object(Vec<(String, Json)>);

impl Json {
    pub(super) fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    pub(super) fn number(number: impl Into<u64>) -> Self {
        Self::Number(Number::Whole(number.into()))
    }

    pub(super) fn as_object(&self) -> Option<&Object> {
        match self {
            Self::Object(object) => Some(object),
            _ => None,
        }
    }
}

/// Fields are `Some(None)` where they are left out or `null`, and `None` where they have another type.
impl Object {
    pub(super) fn text(&self, name: &str) -> Option<Option<String>> {
        match self.get(name) {
            None => Some(None),
            Some(Json::Text(text)) => Some(Some(text.clone())),
            Some(_) => None,
        }
    }

    pub(super) fn number(&self, name: &str) -> Option<Option<Number>> {
        match self.get(name) {
            None => Some(None),
            Some(Json::Number(number)) => Some(Some(*number)),
            Some(_) => None,
        }
    }

    pub(super) fn flag(&self, name: &str) -> Option<Option<bool>> {
        match self.get(name) {
            None => Some(None),
            Some(Json::Flag(flag)) => Some(Some(*flag)),
            Some(_) => None,
        }
    }

    pub(super) fn object(&self, name: &str) -> Option<Option<&Self>> {
        match self.get(name) {
            None => Some(None),
            Some(json) => json.as_object().map(Some),
        }
    }

    /// The items of a list of objects, within the bounds; none where it is left out.
    pub(super) fn objects(&self, name: &str, bounds: &mut Bounds) -> Option<Vec<&Self>> {
        match self.get(name) {
            None => Some(Vec::new()),
            Some(Json::List(items)) => {
                bounds.items(name, items).iter().map(Json::as_object).collect()
            }
            Some(_) => None,
        }
    }

    fn get(&self, name: &str) -> Option<&Json> {
        let (_, json) = self.0.iter().rfind(|(key, _)| key == name)?;
        if matches!(json, Json::Null) { None } else { Some(json) }
    }

    pub(super) fn put(&mut self, name: &str, json: Json) {
        self.0.push((name.to_owned(), json));
    }

    /// Adds a field, unless it is a list, an object or a text with nothing in it.
    pub(super) fn put_unless_empty(&mut self, name: &str, json: Json) {
        let is_empty = match &json {
            Json::Text(text) => text.is_empty(),
            Json::List(items) => items.is_empty(),
            Json::Object(object) => object.0.is_empty(),
            Json::Flag(_) | Json::Number(_) | Json::Null => false,
        };
        if !is_empty {
            self.put(name, json);
        }
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Number(Number::Whole(number)) => serializer.serialize_u64(*number),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => serializer.collect_seq(items),
            Self::Object(Object(fields)) => {
                serializer.collect_map(fields.iter().map(|(name, json)| (name, json)))
            }
            // Only whole numbers are written.
            Self::Null | Self::Number(Number::Other(_)) => serializer.serialize_unit(),
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Json, E> {
        Ok(Json::Flag(flag))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
        Ok(Json::number(number))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
        Ok(Json::Number(Number::from(number as f64)))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Json, E> {
        Ok(Json::Number(Number::from(number)))
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Json::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = map.next_entry()? {
            fields.push(field);
        }
        Ok(Json::Object(Object(fields)))
    }
}
