//! A stage that runs several times: its children and what each was given.

use std::fmt;

use deployline_span::Span;

use super::limit::{Limit, OnFailure};
use super::name::bounded_name;

/// The children of a looping strategy, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looping {
    /// Its key in the text, where that is known.
    pub span: Option<Span>,
    /// Source of the children's values.
    pub values: LoopValues,
    /// One per run of the stage.
    pub children: Vec<Child>,
    /// Number of children that run at once.
    pub max_concurrency: u32,
    /// The limit that the text sets, however many children there are.
    pub written_limit: Option<Limit>,
    /// Effect of a failed child on those that wait.
    pub on_failure: OnFailure,
    /// Name of each child, in parts.
    pub node_name: Option<Vec<NamePart>>,
}

/// A part of the name that a strategy gives each child.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NamePart {
    /// The same for all children.
    Text(String),
    /// A value of the child.
    Value {
        /// Name of the variable.
        variable: String,
        /// Keys to follow down its value.
        path: Vec<String>,
        /// Text in the name where there is no such value.
        or_else: String,
    },
    /// Number of the child, from 0.
    Index,
    /// Number of children.
    Count,
    /// Suffix of the child's identifier.
    PostFix,
}

impl NamePart {
    /// The name of child number `at.0` of `at.1`, which was given `values`, and whose identifier ends in
    /// `post_fix`.
    ///
    /// ```
    /// use deployline_engine::{NamePart, Value};
    /// let shop = NamePart::Value { variable: "shop".into(), path: vec![], or_else: "?".into() };
    /// let parts = [shop, NamePart::Text(" #".into()), NamePart::Index, NamePart::PostFix];
    /// let values = [("shop", Value::Text("bakery".into()))];
    /// assert_eq!(NamePart::join(&parts, &values, (1, 3), "_1"), "bakery #1_1");
    /// assert_eq!(NamePart::join(&parts, &[], (0, 3), "_0"), "? #0_0");
    /// ```
    pub fn join(
        parts: &[Self],
        values: &[(&str, Value)],
        at: (usize, usize),
        post_fix: &str,
    ) -> String {
        let text = |part: &Self| match part {
            Self::Text(text) => text.clone(),
            Self::PostFix => post_fix.to_owned(),
            Self::Index => at.0.to_string(),
            Self::Count => at.1.to_string(),
            Self::Value { variable, path, or_else } => {
                let value = values.iter().find(|(key, _)| key == variable).map(|(_, value)| value);
                let value = value.and_then(|value| value.at(path.iter().map(String::as_str)));
                value.map_or_else(|| or_else.clone(), ToString::to_string)
            }
        };
        bounded_name(&parts.iter().map(text).collect::<String>())
    }
}

/// One run of the stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Child {
    /// Index of the combination or of the item that it was given.
    pub position: u32,
    /// Into the services of the stage.
    pub service: Option<u32>,
    /// Into the targets of the stage.
    pub target: Option<u32>,
    /// `true` where it stands for children that only a run knows.
    pub is_placeholder: bool,
}

/// Values that children are given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoopValues {
    /// Combinations in nested-loop order, the first axis outermost.
    Matrix(Vec<MatrixAxis>),
    /// Combinations as they are listed, each with names and values of its own.
    Listed(Vec<Vec<(String, Value)>>),
    /// An item each.
    Items(Vec<Value>),
    /// A slice each.
    Partitions(Vec<Vec<Value>>),
    /// Only their number.
    Times,
}

/// One axis of a matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatrixAxis {
    /// Its name.
    pub key: String,
    /// Its values.
    pub values: Vec<Value>,
}

/// A value that a strategy gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A scalar as text.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// Keys and values.
    Map(Vec<(String, Value)>),
}

impl Value {
    /// Follows keys down maps.
    pub fn at<'k>(&self, path: impl IntoIterator<Item = &'k str>) -> Option<&Value> {
        path.into_iter().try_fold(self, |value, key| match value {
            Self::Map(entries) => entries.iter().find(|(k, _)| k == key).map(|(_, value)| value),
            Self::Text(_) | Self::List(_) => None,
        })
    }
}

impl fmt::Display for Value {
    /// A scalar as it is, lists and maps in the spelling of YAML's flow style.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::List(items) => {
                let items: Vec<String> = items.iter().map(ToString::to_string).collect();
                write!(f, "[{}]", items.join(", "))
            }
            Self::Map(entries) => {
                let entries: Vec<String> =
                    entries.iter().map(|(key, value)| format!("{key}: {value}")).collect();
                write!(f, "{{{}}}", entries.join(", "))
            }
        }
    }
}

impl LoopValues {
    /// Values of the child at `position`, by name.
    pub fn of(&self, position: u32) -> Vec<(&str, Value)> {
        let index = position as usize;
        match self {
            Self::Matrix(axes) => matrix_values(axes, index),
            Self::Listed(combinations) => {
                let values = combinations.get(index).into_iter().flatten();
                values.map(|(key, value)| (key.as_str(), value.clone())).collect()
            }
            Self::Items(items) => {
                items.get(index).map(|item| ("item", item.clone())).into_iter().collect()
            }
            Self::Partitions(slices) => {
                let slice = slices.get(index).cloned();
                slice.map(|slice| ("partition", Value::List(slice))).into_iter().collect()
            }
            Self::Times => vec![("iteration", Value::Text(position.to_string()))],
        }
    }

    /// Values of the child at `position`, each as its index in the values of its variable.
    pub fn choices(&self, position: u32) -> Vec<u32> {
        match self {
            Self::Matrix(axes) => digits(axes, position as usize),
            // Any two of them may differ in any value.
            Self::Listed(combinations) => {
                let most = combinations.iter().map(Vec::len).max().unwrap_or_default();
                vec![position; most]
            }
            Self::Items(_) | Self::Partitions(_) | Self::Times => vec![position],
        }
    }

    /// Suffix that the product gives the identifier of the child at `position`, which has the number `index`: of a
    /// matrix its place on each axis.
    ///
    /// ```
    /// use deployline_engine::{LoopValues, MatrixAxis, Value};
    /// let axis = |key: &str| MatrixAxis { key: key.into(), values: vec![Value::Text("a".into()); 3] };
    /// assert_eq!(LoopValues::Matrix(vec![axis("x"), axis("y")]).post_fix(5, 0), "_1_2");
    /// assert_eq!(LoopValues::Times.post_fix(5, 5), "_5");
    /// ```
    pub fn post_fix(&self, position: u32, index: usize) -> String {
        let Self::Matrix(axes) = self else { return format!("_{index}") };
        digits(axes, position as usize).iter().map(|digit| format!("_{digit}")).collect()
    }
}

fn matrix_values(axes: &[MatrixAxis], number: usize) -> Vec<(&str, Value)> {
    let value = |(axis, digit): (&'_ MatrixAxis, u32)| {
        let value = axis.values.get(digit as usize).cloned();
        value.unwrap_or_else(|| Value::Text(String::new()))
    };
    let digits = digits(axes, number);
    axes.iter().zip(digits).map(|(axis, digit)| (axis.key.as_str(), value((axis, digit)))).collect()
}

/// The digits of the number in the base that the axes make, the first axis the highest digit.
fn digits(axes: &[MatrixAxis], mut number: usize) -> Vec<u32> {
    let mut digits = vec![0; axes.len()];
    for (axis, digit) in axes.iter().zip(&mut digits).rev() {
        let count = axis.values.len().max(1);
        *digit = u32::try_from(number % count).unwrap_or(u32::MAX);
        number /= count;
    }
    digits
}
