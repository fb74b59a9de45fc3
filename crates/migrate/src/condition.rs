//! Conditions: `when` of v0, with a status of its own, and `if` of v1, which has it in its expression.
//!
//! ```text
//! when: {pipelineStatus: Failure, condition: <+a> == "b"}
//! if: <+OnPipelineFailure> && (<+a> == "b")
//! ```

use deployline_planner::View;
use deployline_yaml::write::Value;

use crate::entries::Entries;
use crate::migration::Migration;

/// Statuses of v0, each with the names that expressions have for it: of the pipeline, of the stage, of v1 alone.
const STATUSES: [(&str, [&str; 3]); 3] = [
    ("Success", ["OnPipelineSuccess", "OnStageSuccess", "success"]),
    ("Failure", ["OnPipelineFailure", "OnStageFailure", "failure"]),
    ("All", ["Always", "Always", "always"]),
];

/// Owner of the outcome that a status is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of {
    Pipeline,
    Stage,
}

impl Of {
    fn key(self) -> &'static str {
        match self {
            Self::Pipeline => "pipelineStatus",
            Self::Stage => "stageStatus",
        }
    }

    fn name(self, status: &str) -> Option<&'static str> {
        let (_, names) = STATUSES.iter().find(|(name, _)| *name == status)?;
        Some(names[usize::from(self == Self::Stage)])
    }
}

/// `if` for a `when`.
pub(crate) fn newer(when: &View<'_>, of: Of, migration: &mut Migration<'_>) -> Option<Value> {
    let status = when.str_of(of.key()).unwrap_or("Success");
    let condition = when.value("condition").filter(|view| migration.take(view));
    let condition = condition.and_then(|view| Some(migration.text(view.as_str()?)));
    let Some(name) = of.name(status).filter(|_| when.as_str().is_none()) else {
        migration.lost(
            when.span(),
            "This `when` is known in a run alone: the stage is written without it.",
        );
        return None;
    };
    match (status, condition) {
        ("Success", None) => None,
        (_, None) => Some(Value::text(format!("<+{name}>"))),
        (_, Some(condition)) => Some(Value::text(format!("<+{name}> && ({condition})"))),
    }
}

/// `when` for these `if`, all of which must hold.
pub(crate) fn older(
    conditions: &[View<'_>],
    of: Of,
    migration: &mut Migration<'_>,
) -> Option<Value> {
    let written = conditions.iter().filter_map(|view| {
        let text = view.as_str()?;
        migration.take(view).then(|| Written::of(text, of, migration))?
    });
    let written: Vec<Written> = written.collect();
    if written.is_empty() {
        return None;
    }
    let mut statuses: Vec<&str> = written.iter().filter_map(|it| it.status).collect();
    statuses.dedup();
    let is_one = statuses.len() < 2 && written.iter().all(|it| !it.is_mixed);
    let status = match statuses.first() {
        Some(status) if is_one => status,
        None if is_one => "Success",
        _ => "All",
    };
    let mut parts: Vec<String> = Vec::new();
    for it in &written {
        match is_one {
            true => parts.extend(it.rest.clone()),
            false => parts.push(it.whole.clone()),
        }
    }
    let mut out = Entries::default();
    out.add(of.key(), Value::text(status));
    let condition = match parts.len() {
        0 => None,
        1 => parts.pop(),
        _ => Some(parts.iter().map(|part| format!("({part})")).collect::<Vec<_>>().join(" && ")),
    };
    out.add("condition", condition.map(Value::text));
    out.some()
}

/// An `if` in the words of v0.
struct Written {
    /// The status in front of it.
    status: Option<&'static str>,
    /// The rest, without the status.
    rest: Option<String>,
    /// All of it.
    whole: String,
    /// `true` where a status stands elsewhere in it.
    is_mixed: bool,
}

impl Written {
    fn of(text: &str, of: Of, migration: &Migration<'_>) -> Option<Self> {
        let text = text.trim();
        let inside = text.strip_prefix("${{").and_then(|text| text.strip_suffix("}}"));
        let inside = inside.filter(|inside| !inside.contains("${{"));
        let body = inside.unwrap_or(text).trim();
        let is_bare = inside.is_some() || !["<+", "${{"].iter().any(|open| body.contains(open));
        let expression = |text: &str| {
            let text = with_names(text, of);
            // Inside of an expression, paths stand without one around each.
            let text = if is_bare { format!("${{{{ {text} }}}}") } else { text };
            migration.text(&text)
        };
        let whole = expression(body);
        let (status, behind) = leading_status(body);
        let rest = behind.filter(|rest| !rest.is_empty()).map(expression);
        let remaining = if status.is_some() { rest.as_deref().unwrap_or("") } else { &whole };
        let is_mixed =
            STATUSES.iter().flat_map(|(_, names)| &names[..2]).any(|name| remaining.contains(name));
        let rest = if status.is_some() { rest } else { Some(whole.clone()) };
        Some(Self { status, rest, whole, is_mixed })
    }
}

/// The status in front of a condition and what must hold beside it; no status where the two can't be parted.
fn leading_status(body: &str) -> (Option<&'static str>, Option<&str>) {
    for (status, names) in STATUSES {
        for name in names {
            let spellings = [format!("<+{name}>"), format!("{name}()"), name.to_owned()];
            // The last name is a function.
            let count = if name == names[2] { 2 } else { 3 };
            for spelling in &spellings[..count] {
                let Some(behind) = body.strip_prefix(spelling.as_str()) else { continue };
                let behind = behind.trim();
                if behind.is_empty() {
                    return (Some(status), None);
                }
                let Some(rest) = behind.strip_prefix("&&").map(str::trim) else { continue };
                if !rest.contains("||") && !rest.contains('?') || is_in_parentheses(rest) {
                    return (Some(status), Some(without_parentheses(rest)));
                }
            }
        }
    }
    (None, None)
}

fn without_parentheses(text: &str) -> &str {
    if is_in_parentheses(text) { text[1..text.len() - 1].trim() } else { text }
}

/// Returns true where one pair of parentheses is around all of a text without quotes that hold some.
fn is_in_parentheses(text: &str) -> bool {
    let mut depth = 0_i64;
    if !text.starts_with('(') || !text.ends_with(')') {
        return false;
    }
    text.char_indices().all(|(at, c)| {
        depth += match c {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        depth > 0 || at + 1 == text.len()
    })
}

/// A condition with the functions of the status as the names that v0 has for them.
fn with_names(text: &str, of: Of) -> String {
    let mut out = text.to_owned();
    for (_, names) in STATUSES {
        let name = names[usize::from(of == Of::Stage)];
        out = out.replace(&format!("{}()", names[2]), name);
    }
    out
}
