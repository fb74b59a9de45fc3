//! All that follows from a source: computed, never stored.

use std::cell::OnceCell;
use std::ops::Deref;
use std::rc::Rc;

use deployline_assist::fixes;
use deployline_engine::{Assumptions, DeploymentId, Pipeline, Schedule, Work, schedule_in_waves};
use deployline_inputs::answers::relocate_diagnostics;
use deployline_inputs::{Answers, OpenInput, open_inputs};
use deployline_planner::{Analysis, Checks, Inputs, ParsedTexts, resolve};
use deployline_span::Span;
use deployline_timeline::{Arrangement, Picture, Planned};
use deployline_yaml::{Diagnostic, Fix};

use crate::answers::{self, Answered};
use crate::source::Source;
use crate::utf16::Utf16Index;

/// The plan of a source, with what the page needs beside it.
pub(crate) struct Derived {
    pub(crate) text: Rc<str>,
    pub(crate) inputs: Inputs,
    pub(crate) answers: Answers,
    pub(crate) assumptions: Assumptions,
    /// With the schedule that is drawn, and without the [checks](Self::diagnostics).
    pub(crate) analysis: Analysis,
    answered: Option<Answered>,
    /// The real schedule, where the drawn one is of waves.
    pub(crate) real: Option<Schedule>,
    pub(crate) utf16: Utf16Index,
    diagnostics: OnceCell<Vec<Diagnostic>>,
    fixes: OnceCell<Vec<Vec<Fix>>>,
    open: OnceCell<Vec<OpenInput>>,
}

impl Derived {
    pub(crate) fn new(source: &Source, is_waves: bool) -> Self {
        let parsed = answers::add(source, ParsedTexts::new(&[&source.text]));
        let resolved = resolve(parsed.0.documents(), &source.inputs);
        Self::from_resolved(parsed, resolved, source, is_waves)
    }

    /// The plan before the first text is read: of no text, with the assumptions of the source to come.
    pub(crate) fn of_nothing(source: &Source) -> Self {
        let source = Source { text: "".into(), ..source.clone() };
        Self::from_analysis(Analysis::default(), &source)
    }

    /// The same of a source whose text is parsed and resolved.
    pub(crate) fn from_resolved(
        (parsed, answered): (ParsedTexts, Option<Answered>),
        resolved: (Pipeline, Vec<Diagnostic>),
        source: &Source,
        is_waves: bool,
    ) -> Self {
        let mut analysis = parsed.schedule(resolved, &source.assumptions);
        answered.as_ref().inspect(|answered| answered.relocate(&mut analysis));
        let real = is_waves.then(|| {
            let waves = schedule_in_waves(&analysis.plan, &source.assumptions);
            std::mem::replace(&mut analysis.schedule, waves)
        });
        Self { answered, real, ..Self::from_analysis(analysis, source) }
    }

    fn from_analysis(analysis: Analysis, source: &Source) -> Self {
        Self {
            text: source.text.clone(),
            inputs: source.inputs.clone(),
            answers: source.answers.clone(),
            assumptions: source.assumptions.clone(),
            analysis,
            answered: None,
            real: None,
            utf16: Utf16Index::new(&source.text),
            diagnostics: OnceCell::new(),
            fixes: OnceCell::new(),
            open: OnceCell::new(),
        }
    }

    /// Checks whether it is the plan of a source.
    fn is_of(&self, source: &Source) -> bool {
        self.text == source.text
            && self.inputs == source.inputs
            && self.answers == source.answers
            && self.assumptions == source.assumptions
    }

    /// Parts that the text leaves open, found when they are asked for first.
    pub(crate) fn open(&self) -> &[OpenInput] {
        let find = || open_inputs(&self.analysis.documents, &self.inputs, &self.answers);
        self.open.get_or_init(find)
    }

    /// The plan with the schedule that is drawn.
    pub(crate) fn planned(&self) -> Planned<'_> {
        Planned {
            plan: &self.analysis.plan,
            schedule: &self.analysis.schedule,
            assumptions: &self.assumptions,
        }
    }

    /// The arranged picture of it.
    pub(crate) fn picture(&self, arrangement: &Arrangement) -> Picture {
        Picture::new(self.planned(), arrangement)
    }

    /// The real schedule, whichever is drawn.
    pub(crate) fn real_schedule(&self) -> &Schedule {
        self.real.as_ref().unwrap_or(&self.analysis.schedule)
    }

    /// Checks whether there is anything to draw.
    pub(crate) fn has_stages(&self) -> bool {
        !self.analysis.plan.stages.is_empty()
    }

    /// Number of deployments.
    pub(crate) fn deployment_count(&self) -> usize {
        self.analysis.plan.deployment_count()
    }

    /// All diagnostics, found when they are asked for first. What asks for them is loaded later: nothing of
    /// the picture depends on them.
    pub(crate) fn diagnostics(&self) -> &[Diagnostic] {
        self.diagnostics.get_or_init(|| {
            let mut checks = self.checks();
            while checks.step() {}
            self.checked(checks)
        })
    }

    /// Begins to find them, for who has other things to do meanwhile.
    pub(crate) fn checks(&self) -> Checks<'_> {
        self.analysis.checks(&self.inputs, &self.assumptions)
    }

    /// Keeps those that were found.
    pub(crate) fn keep_diagnostics(&self, checks: Checks<'_>) {
        self.diagnostics.get_or_init(|| self.checked(checks));
    }

    fn checked(&self, checks: Checks<'_>) -> Vec<Diagnostic> {
        let mut all = checks.end();
        if let Some(answered) = &self.answered {
            relocate_diagnostics(&mut all, &answered.documents);
        }
        all
    }

    /// Fixes of the diagnostic with a number.
    pub(crate) fn fixes(&self, diagnostic: usize) -> &[Fix] {
        let find = || fixes(&self.text, &self.analysis.documents, self.diagnostics());
        self.fixes.get_or_init(find).get(diagnostic).map_or(&[], Vec::as_slice)
    }

    /// A range of the text in the editor's units.
    pub(crate) fn utf16_range(&self, span: Span) -> (u32, u32) {
        self.utf16.range(&self.text, span)
    }

    /// The first line of a stage.
    pub(crate) fn line_of_stage(&self, stage: usize) -> Option<Span> {
        let Span { source, start, end } = self.analysis.plan.pipeline.stages.get(stage)?.span;
        let rest = self.text.get(start as usize..end as usize)?;
        let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
        Some(Span::new(source, start as usize, start as usize + length))
    }

    /// Origin of a deployment: the lines of its service and those of its target, or those of the
    /// stage.
    pub(crate) fn origins(&self, at: DeploymentId) -> Option<(Span, Option<Span>)> {
        let plan = &self.analysis.plan;
        let stage = plan.pipeline.stages.get(at.stage as usize)?;
        let deployments = &plan.stages.get(at.stage as usize)?.deployments;
        let deployment = deployments.get(at.index as usize)?;
        match (&stage.work, deployment.service, deployment.target) {
            (Work::Deploy(deploy), Some(service), Some(target)) => {
                let service = deploy.services.items.get(service as usize)?.span;
                Some((service, deploy.targets.items.get(target as usize).map(|t| t.span)))
            }
            _ => Some((stage.span, None)),
        }
    }
}

/// A derived value that is compared by identity: it changes as a whole or not at all.
pub(crate) struct Shared<T>(pub(crate) Rc<T>);

impl Shared<Derived> {
    /// This plan, or the plan of `source` where it is of another one: a key typed a moment ago may not
    /// be planned yet.
    pub(crate) fn of(self, source: &Source) -> Self {
        if self.is_of(source) { self } else { Self(Rc::new(Derived::new(source, false))) }
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// A whole plan says nothing in a line.
impl<T> std::fmt::Debug for Shared<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Shared")
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}
