//! From values to the structs of the JSON; `None` where a field has another type or a required one is
//! missing.

use serde_json::{Map, Value};

use super::{Duration, Link, Plan, StagePart, Text, View};

impl Link {
    pub(crate) fn of(value: &Value) -> Option<Self> {
        let fields = Fields::of(value)?;
        Some(Self {
            plan: fields.optional("plan", Plan::of)?.unwrap_or_default(),
            pinned: fields.optional("pinned", Plan::of)?,
            view: fields.optional("view", View::of)?.unwrap_or_default(),
        })
    }
}

impl Plan {
    fn of(value: &Value) -> Option<Self> {
        let fields = Fields::of(value)?;
        Some(Self {
            texts: fields.list("texts", Text::of)?,
            parallel: fields.list("parallel", StagePart::of)?,
            answers: fields.list("answers", Text::of)?,
            duration: fields.number("duration")?,
            durations: fields.list("durations", Duration::of)?,
            uneven: fields.number("uneven")?,
            account_limit: fields.number("accountLimit")?,
            failures: fields.list("failures", StagePart::of)?,
        })
    }
}

impl Text {
    fn of(value: &Value) -> Option<Self> {
        let fields = Fields::of(value)?;
        Some(Self { name: fields.text("name")?.unwrap_or_default(), text: fields.text("text")?? })
    }
}

impl Duration {
    fn of(value: &Value) -> Option<Self> {
        let fields = Fields::of(value)?;
        Some(Self {
            stage: fields.text("stage")?,
            index: fields.number("index")?,
            service: fields.text("service")?,
            environment: fields.text("environment")?,
            infrastructure: fields.text("infrastructure")?,
            ms: fields.number("ms")??,
        })
    }
}

impl StagePart {
    fn of(value: &Value) -> Option<Self> {
        let fields = Fields::of(value)?;
        Some(Self {
            stage: fields.text("stage")??,
            index: fields.number("index")?,
            service: fields.text("service")?,
            environment: fields.text("environment")?,
            infrastructure: fields.text("infrastructure")?,
            services: fields.flag("services")?,
            targets: fields.flag("targets")?,
        })
    }
}

impl View {
    fn of(value: &Value) -> Option<Self> {
        let fields = Fields::of(value)?;
        Some(Self {
            rows: fields.text("rows")?.unwrap_or_default(),
            color: fields.text("color")?.unwrap_or_default(),
            filter: fields.text("filter")?.unwrap_or_default(),
            folded: fields.list("folded", StagePart::of)?,
            from: fields.number("from")?,
            to: fields.number("to")?,
            critical_path: fields.flag("criticalPath")?,
            waves: fields.flag("waves")?,
            selected_stage: fields.number("selectedStage")?,
            selected_index: fields.number("selectedIndex")?,
        })
    }
}

/// Fields of an object, by name.
struct Fields<'a>(&'a Map<String, Value>);

impl<'a> Fields<'a> {
    fn of(value: &'a Value) -> Option<Self> {
        value.as_object().map(Self)
    }

    fn optional<T>(&self, name: &str, read: impl Fn(&Value) -> Option<T>) -> Option<Option<T>> {
        match self.0.get(name) {
            None | Some(Value::Null) => Some(None),
            Some(value) => read(value).map(Some),
        }
    }

    fn text(&self, name: &str) -> Option<Option<String>> {
        self.optional(name, |value| value.as_str().map(str::to_owned))
    }

    fn number(&self, name: &str) -> Option<Option<u64>> {
        self.optional(name, Value::as_u64)
    }

    fn flag(&self, name: &str) -> Option<Option<bool>> {
        self.optional(name, Value::as_bool)
    }

    /// Items of a list, none where it is left out.
    fn list<T>(&self, name: &str, read: impl Fn(&Value) -> Option<T>) -> Option<Vec<T>> {
        let items = self.optional(name, |value| value.as_array()?.iter().map(&read).collect());
        items.map(Option::unwrap_or_default)
    }
}
