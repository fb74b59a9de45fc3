//! The pipeline and its stages, which own what expressions name.

use deployline_map::{Map, Set};
use deployline_span::Span;
use deployline_yaml::NodeKind;

use super::outcomes::ReadStages;
use super::table::VariableTable;
use crate::expression::is_expression;
use crate::resolve::entities::Entities;
use crate::resolve::view::View;
use crate::spelling::closest_word;

/// Work that all expressions of a pipeline may take, in bytes.
const MAX_WORK: usize = 1 << 25;

/// The longest identifier that is looked at for that of a child, in bytes: the product allows 128.
const MAX_IDENTIFIER: usize = 256;

/// The pipeline and its stages, as expressions name them.
#[derive(Default)]
pub(in crate::resolve) struct Values<'a> {
    /// `None` for a part of a pipeline, and in the newer schema.
    pipeline: Option<Owner<'a>>,
    /// The list of stages.
    list: Option<View<'a>>,
    /// The stage that is read.
    current: Option<Owner<'a>>,
    /// Stages by identifier, once some expression names one.
    named: Vec<Owner<'a>>,
    by_identifier: Option<Map<&'a str, usize>>,
    /// Stages that have been read.
    pub(in crate::resolve) read: ReadStages<'a>,
    /// The service whose targets are read, where filters by its tags may choose them.
    pub(in crate::resolve) service: Option<ServiceTags>,
    /// `true` once an expression has asked for the tags of a service.
    pub(in crate::resolve) asks_service_tags: bool,
    /// Inputs of the newer schema that are being evaluated: whatever needs them now leads back to them.
    pub(super) open_inputs: Vec<String>,
    work: usize,
    /// Places of the values of variables that are runtime inputs, of those that were asked for.
    pub(super) needed_variables: Set<Span>,
}

/// A service and its tags.
pub(in crate::resolve) struct ServiceTags {
    pub(in crate::resolve) name: String,
    /// `None` where the text has no document of the service.
    pub(in crate::resolve) tags: Option<Vec<(String, String)>>,
}

/// A pipeline or a stage, and its variables.
pub(super) struct Owner<'a> {
    /// Its mapping, where its name stands.
    pub(super) view: View<'a>,
    /// The same, or the body of its template; `None` where the texts don't hold that.
    body: Option<View<'a>>,
    variables: Option<VariableTable<'a>>,
}

/// The owner that a path starts at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum OwnerId {
    Pipeline,
    Current,
    Named(usize),
}

impl<'a> Values<'a> {
    /// Values of a pipeline of the older schema: its mapping as it is written, and the same or the body of its
    /// template.
    pub(in crate::resolve) fn of_pipeline(
        pipeline: Option<(View<'a>, View<'a>)>,
        list: Option<View<'a>>,
    ) -> Self {
        Self {
            pipeline: pipeline.map(|(written, body)| Owner::new(written, Some(body))),
            list,
            ..Self::default()
        }
    }

    /// Begins a stage: `stage.` stands for it from here on.
    pub(in crate::resolve) fn enter_stage(&mut self, stage: &View<'a>, body: Option<&View<'a>>) {
        self.current = Some(Owner::new(stage.clone(), body.cloned()));
    }

    /// Ends a stage.
    pub(in crate::resolve) fn leave_stage(&mut self) {
        self.current = None;
    }

    /// Places of the values of variables that are runtime inputs, of those that were asked for.
    pub(in crate::resolve) fn into_needed_variables(self) -> Set<Span> {
        self.needed_variables
    }

    /// Takes so many bytes of work; `false` where all expressions together take too much.
    pub(in crate::resolve) fn take_work(&mut self, bytes: usize) -> bool {
        self.work = self.work.saturating_add(bytes);
        self.work <= MAX_WORK
    }

    pub(super) fn owner(&mut self, id: OwnerId) -> Option<&mut Owner<'a>> {
        match id {
            OwnerId::Pipeline => self.pipeline.as_mut(),
            OwnerId::Current => self.current.as_mut(),
            OwnerId::Named(index) => self.named.get_mut(index),
        }
    }

    /// The stage with an identifier; else the identifier that is spelt like it. `None` where not all stages
    /// are known.
    pub(super) fn named(
        &mut self,
        identifier: &str,
        entities: &Entities<'a>,
    ) -> Option<Result<OwnerId, Option<String>>> {
        let list = self.list.as_ref().filter(|list| list.kind() == NodeKind::Sequence)?;
        let named = &mut self.named;
        let by_identifier = self.by_identifier.get_or_insert_with(|| {
            let mut by_identifier = Map::new();
            for stage in list.items().iter().flat_map(stages_of) {
                let keys = ["identifier", "id", "name"];
                let Some(name) = keys.iter().find_map(|key| stage.str_of(key)) else { continue };
                if !by_identifier.contains_key(&name) {
                    by_identifier.insert(name, named.len());
                    let body = entities.stage_body(&stage);
                    named.push(Owner::new(stage, body));
                }
            }
            by_identifier
        });
        Some(match by_identifier.get(identifier) {
            Some(index) => Ok(OwnerId::Named(*index)),
            None => {
                let mut names = by_identifier.keys().copied();
                Err(closest_word(identifier, &mut names).map(str::to_owned))
            }
        })
    }

    /// Returns `true` for the identifier that a run gives a child of a looping stage, `ID_0` or `ID_VALUE`. Of
    /// those that no stage has, `nearest` is spelt like it.
    pub(super) fn is_child(&self, identifier: &str, nearest: Option<&str>) -> bool {
        let known = self.by_identifier.as_ref().filter(|_| identifier.len() <= MAX_IDENTIFIER);
        let Some(by_identifier) = known else { return false };
        let mut parts = identifier.match_indices('_').map(|(at, _)| identifier.split_at(at));
        parts.any(|(stage, suffix)| {
            let loops = || by_identifier.get(stage).is_some_and(|index| self.named[*index].loops());
            let is_number = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
            let is_place = suffix.split('_').skip(1).all(is_number);
            // A name that looks like a value may be a misspelt stage.
            let is_value = || suffix.len() > 1 && nearest.is_none_or(|it| it == stage);
            (is_place || is_value()) && loops()
        })
    }
}

/// The stages of an entry of either schema: one, or those of a group. The text's own budget of depth bounds the
/// recursion.
fn stages_of<'a>(entry: &View<'a>) -> Vec<View<'a>> {
    if let Some(group) = entry.value("parallel").or_else(|| entry.value("group"))
        && let list = group.value("stages").unwrap_or(group)
        && list.kind() == NodeKind::Sequence
    {
        return list.items().iter().flat_map(stages_of).collect();
    }
    vec![entry.value("stage").unwrap_or_else(|| entry.clone())]
}

impl<'a> Owner<'a> {
    fn new(view: View<'a>, body: Option<View<'a>>) -> Self {
        Self { view, body, variables: None }
    }

    /// Type of a stage; `None` for a pipeline, and where the texts don't hold the template.
    pub(super) fn kind(&self) -> Option<&'a str> {
        self.body.as_ref()?.str_of("type").filter(|kind| !is_expression(kind))
    }

    /// Returns `true` for a stage that may run several times.
    fn loops(&self) -> bool {
        const LISTS: [&str; 3] = ["services", "environments", "environmentGroup"];
        let Some(body) = &self.body else { return true };
        let spec = body.value("spec");
        [&self.view, body].iter().any(|of| of.value("strategy").is_some())
            || spec.is_some_and(|spec| LISTS.iter().any(|list| spec.value(list).is_some()))
    }

    pub(super) fn table(&mut self) -> &mut VariableTable<'a> {
        let (view, body) = (&self.view, &self.body);
        self.variables.get_or_insert_with(|| {
            let list = body.as_ref().and_then(|body| body.value("variables"));
            VariableTable::new(list.or_else(|| view.value("variables")), body.is_none())
        })
    }
}
