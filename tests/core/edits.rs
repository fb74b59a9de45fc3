//! Flipping a flag in the text changes that flag and nothing else.

use deployline_engine::{
    Assumptions, Axis, AxisName, FlagPlace, Parallel, ParallelGroup, ParallelSource, Pipeline,
    Plan, Schedule, StagePlan, Step, Timeout, Work, expand, schedule,
};
use deployline_planner::{Inputs, edit::set_parallel, resolve};
use deployline_span::Span;
use deployline_yaml::Document;
use proptest::prelude::*;

use crate::oracle::generate;
use crate::{corpus, diff};

proptest! {
    #![proptest_config(crate::cases::cases(300))]

    #[test]
    fn flags_flip_in_pipelines_of_any_layout(case in generate::case(), layout in layout()) {
        check(&layout.apply(&case.yaml()));
    }
}

#[test]
fn flags_flip_in_the_corpus() {
    let counts = corpus::texts().into_iter().map(|(file, text)| (file, check(&text)));
    let edited: Vec<_> = counts.filter(|(_, count)| *count > 0).map(|(file, _)| file).collect();
    // The files that hold a list whose flag may be written.
    let expected = [4, 5, 6, 7, 8, 9, 10, 11, 15, 17, 18, 20, 21, 23, 24, 25];
    let numbers = edited.iter().map(|file| file[..2].parse::<i32>().expect("a number"));
    assert_eq!(numbers.collect::<Vec<_>>(), expected);
}

#[test]
fn flags_flip_in_flow_style() {
    let text = r#"{stages: [{stage: {type: Deployment, spec: {
        "services": {"values": [{"serviceRef": "S1"}, {"serviceRef": "S2"}]},
        environments: {values: [{environmentRef: E, infrastructureDefinitions: [{identifier: I}]}], metadata: }}}}]}"#;
    assert_eq!(check(text), 2);
}

/// Stages that share a list share its flag: it can't be flipped for one of them.
#[test]
fn a_shared_list_has_no_flag_of_its_own() {
    let count = check(
        "stages:
  - stage:
      spec:
        services: &both
          values: [{serviceRef: S1}, {serviceRef: S2}]
        environment: {environmentRef: E, infrastructureDefinitions: [{identifier: I}]}
  - stage:
      spec:
        services: *both
        environment: {environmentRef: E, infrastructureDefinitions: [{identifier: I}]}
",
    );
    assert_eq!(count, 0);
}

/// A stage that takes a list by `useFromStage` has a flag of its own, whatever becomes of the other.
#[test]
fn a_stage_that_takes_a_list_keeps_its_own_flag() {
    let own = |flag: &str| {
        format!(
            "stages:
  - stage:
      identifier: first
      spec:
        services: {{values: [{{serviceRef: S1}}, {{serviceRef: S2}}], metadata: {{parallel: true}}}}
        environment: {{environmentRef: E, infrastructureDefinitions: [{{identifier: I}}]}}
  - stage:
      identifier: second
      spec:
        services: {{useFromStage: {{stage: first}}{flag}}}
        environment: {{environmentRef: E, infrastructureDefinitions: [{{identifier: I}}]}}
"
        )
    };
    for (flag, expected) in [("", [false, true]), (", metadata: {parallel: false}", [false, false])]
    {
        let text = own(flag);
        assert_eq!(check(&text), 2);
        let documents = deployline_yaml::parse(&text).documents;
        let edited = edited(&text, &documents, &plan(&documents), 0, AxisName::Services, false);
        let edited = edited.expect("the list has one place");
        let after = plan(&deployline_yaml::parse(&edited).documents);
        let flags = [0, 1].map(|i| flag_of(&after, i));
        assert_eq!(flags, expected.map(Some), "{edited}");
    }
}

fn flag_of(plan: &Plan, stage_idx: usize) -> Option<bool> {
    flag(plan, stage_idx, AxisName::Services)
}

/// A refusal names the true reason: an alias, a template, or no list at all.
#[test]
fn what_is_shared_is_refused_with_the_reason() {
    let spec = |metadata: &str| {
        format!(
            "{{services: {{values: [{{serviceRef: S}}], metadata: {metadata}}}, environment: \
             {{environmentRef: E, infrastructureDefinitions: [{{identifier: I}}]}}}}"
        )
    };
    let alias = format!(
        "stages: [{{stage: {{spec: {}}}}}, {{stage: {{spec: {}}}}}]",
        spec("&m {parallel: true}"),
        spec("*m")
    );
    let template = format!(
        "stages: [{{stage: {{name: a, template: {{templateRef: T}}}}}}, {{stage: {{name: b, \
         template: {{templateRef: T}}}}}}]\n---\ntemplate: {{identifier: T, type: Stage, spec: \
         {{type: Deployment, spec: {}}}}}",
        spec("{parallel: true}")
    );
    let whole = "stages: [{stage: {spec: &s {services: {values: [{serviceRef: S}]}}}}, {stage: {spec: *s}}]";
    let one = "stages: [{stage: {spec: {service: {serviceRef: S}}}}, {stage: {spec: {service: {serviceRef: S}}}}]";
    let no_place =
        "This list is not written in one place of its own: change `parallel` in the YAML.";
    let no_list = "There is no list here: nothing to run in parallel.";
    for (text, stage_idx, expected) in [
        (whole.to_owned(), 1, no_place),
        (one.to_owned(), 1, no_list),
        (alias, 0, "Other places share this list by an alias: the change would be theirs too."),
        (
            template,
            0,
            "Several stages use the template of this list: the change would be theirs too.",
        ),
    ] {
        let documents = deployline_yaml::parse(&text).documents;
        let pipeline = plan(&documents).pipeline;
        let refusal =
            set_parallel(&text, &documents, &pipeline, stage_idx, AxisName::Services, false);
        assert_eq!(refusal.map_err(|refusal| refusal.reason), Err(expected), "{text}");
    }
}

/// A flag in a line that can't be read may be there already: it is not written a second time.
#[test]
fn a_flag_is_not_written_beside_one_that_cannot_be_read() {
    let text = "stages:
  - stage:
      identifier: a
      type: Deployment
      spec:
        services:
          values: [{serviceRef: x}, {serviceRef: y}]
          metadata:
            parallel: true: z
        environments: {values: [{environmentRef: e, deployToAll: true}, {environmentRef: f, deployToAll: true}]}
";
    let documents = deployline_yaml::parse(text).documents;
    let pipeline = plan(&documents).pipeline;
    let set = |axis| set_parallel(text, &documents, &pipeline, 0, axis, false);
    let refusal = set(AxisName::Services).expect_err("the line may say something else");
    assert_eq!(
        refusal.message(text),
        "Line 9 can't be read, so what it says would be lost or said twice: mend it first."
    );
    assert!(set(AxisName::Targets).is_ok(), "the line lies elsewhere");
}

/// A flag half typed reads as none. Writing one before it would swallow the rest of the line.
#[test]
fn a_flag_half_typed_counts_as_none() {
    let text = corpus::text("23-fragment-unicode.yaml");
    assert_eq!(check(&text), 2);
    let broken = text.replacen("parallel: false", "parallel: \"false", 1);
    assert_eq!(check(&broken), 1);
}

/// The same text, laid out in another way.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    is_wide: bool,
    has_crlf: bool,
    has_comments: bool,
    ends_open: bool,
}

pub(crate) fn layout() -> impl Strategy<Value = Layout> {
    any::<(bool, bool, bool, bool)>().prop_map(|(is_wide, has_crlf, has_comments, ends_open)| {
        Layout { is_wide, has_crlf, has_comments, ends_open }
    })
}

impl Layout {
    pub(crate) fn apply(&self, yaml: &str) -> String {
        let mut lines: Vec<String> = yaml.lines().map(|line| self.line(line)).collect();
        if self.has_comments {
            lines.insert(lines.len() / 2, "# in the middle of it all".to_owned());
        }
        let line_break = if self.has_crlf { "\r\n" } else { "\n" };
        let text = lines.join(line_break);
        if self.ends_open { text } else { text + line_break }
    }

    fn line(&self, line: &str) -> String {
        let blanks = line.len() - line.trim_start().len();
        let indent = " ".repeat(if self.is_wide { 2 * blanks } else { blanks });
        let comment = if self.has_comments { "  # why: not" } else { "" };
        // A dash keeps its blanks in step with the keys below it.
        let content = match line.trim_start().strip_prefix("- ") {
            Some(rest) if self.is_wide => format!("-   {rest}"),
            _ => line.trim_start().to_owned(),
        };
        format!("{indent}{content}{comment}")
    }
}

/// Flips each flag of a text there and back; returns how many could be flipped.
///
/// # Panics
/// When an edit changes something else in the plan, or can't be taken back.
pub(crate) fn check(text: &str) -> usize {
    let documents = deployline_yaml::parse(text).documents;
    let before = plan(&documents);
    let stages = 0..before.pipeline.stages.len();
    let flags = stages.flat_map(|i| [(i, AxisName::Services), (i, AxisName::Targets)]);
    let flips = flags.filter_map(|(stage_idx, axis)| {
        let was = flag(&before, stage_idx, axis)?;
        let edited = edited(text, &documents, &before, stage_idx, axis, !was)?;
        Some(Flip { stage_idx, axis, was, edited })
    });
    flips.map(|flip| check_flip(text, &before, &flip)).count()
}

/// One flag, and the text in which it is flipped.
struct Flip {
    stage_idx: usize,
    axis: AxisName,
    was: bool,
    edited: String,
}

fn edited(
    text: &str,
    documents: &[Document],
    plan: &Plan,
    stage_idx: usize,
    axis: AxisName,
    parallel: bool,
) -> Option<String> {
    let edit = set_parallel(text, documents, &plan.pipeline, stage_idx, axis, parallel).ok()?;
    let added = edit.insert.len();
    assert!(added <= 100 + 4 * widest_line(text), "{added} bytes for one flag");
    Some(edit.apply(text))
}

fn widest_line(text: &str) -> usize {
    text.lines().map(str::len).max().unwrap_or_default()
}

fn check_flip(text: &str, before: &Plan, flip: &Flip) {
    let Flip { stage_idx, axis, was, ref edited } = *flip;
    let show = || format!("{axis:?} of stage {stage_idx}:\n{}", diff::lines(text, edited));
    let documents = deployline_yaml::parse(edited).documents;
    let after = plan(&documents);
    assert_eq!(flag(&after, stage_idx, axis), Some(!was), "the flag is not set\n{}", show());
    let followers = followers(text, &before.pipeline, stage_idx, axis);
    let others = |plan: &Plan| without_places(&plan.pipeline, &followers, axis);
    assert!(others(before) == others(&after), "something else has changed\n{}", show());

    let Some(back) = self::edited(edited, &documents, &after, stage_idx, axis, was) else {
        panic!("there is no way back\n{}", show())
    };
    let back = plan(&deployline_yaml::parse(&back).documents);
    assert!(outcome(before) == outcome(&back), "not the same again\n{}", show());
}

fn plan(documents: &[Document]) -> Plan {
    expand(resolve(documents, &Inputs::default()).0)
}

fn outcome(plan: &Plan) -> (Vec<StagePlan>, Schedule) {
    (plan.stages.clone(), schedule(plan, &Assumptions::default()))
}

fn flag(plan: &Plan, stage_idx: usize, axis: AxisName) -> Option<bool> {
    let Work::Deploy(deploy) = &plan.pipeline.stages.get(stage_idx)?.work else { return None };
    let parallel = match axis {
        AxisName::Services => deploy.services.parallel,
        AxisName::Targets => deploy.targets.parallel,
    };
    parallel.map(|parallel| parallel.value)
}

/// The stage, and those that take its list by `useFromStage` with no flag of their own.
fn followers(text: &str, pipeline: &Pipeline, stage_idx: usize, axis: AxisName) -> Vec<usize> {
    let takes = format!("useFromStage: {{stage: {}}}", pipeline.stages[stage_idx].identifier);
    let is_taker = |i: &usize| {
        let Work::Deploy(deploy) = &pipeline.stages[*i].work else { return false };
        let flag = match axis {
            AxisName::Services => deploy.services.flag,
            AxisName::Targets => deploy.targets.flag,
        };
        let words = flag.map(|flag| text[flag.list.range()].split_whitespace().collect::<Vec<_>>());
        let words = words.unwrap_or_default().join(" ").replace("stage: ", "{stage: ");
        *i == stage_idx || (words + "}").replace("{{", "{").contains(&takes)
    };
    (0..pipeline.stages.len()).filter(is_taker).collect()
}

/// The pipeline without spans, and without the one flag of some stages.
fn without_places(pipeline: &Pipeline, flipped: &[usize], axis: AxisName) -> Pipeline {
    let mut pipeline = pipeline.clone();
    let groups = pipeline.groups.iter().cloned();
    pipeline.groups = groups.map(|it| ParallelGroup { span: Span::default(), ..it }).collect();
    pipeline.timeout.iter_mut().for_each(|timeout| timeout.span = Span::default());
    for (i, stage) in pipeline.stages.iter_mut().enumerate() {
        stage.span = Span::default();
        let of_start = stage.manual.iter_mut().filter_map(|manual| manual.timeout.as_mut());
        let timeouts = stage.timeout.iter_mut().chain(&mut stage.steps.shortest_timeout);
        let timeouts = timeouts.chain(of_start);
        let of_waits = stage.steps.waits.iter_mut().filter_map(|wait| wait.timeout.as_mut());
        timeouts.chain(of_waits).for_each(|timeout| timeout.span = Span::default());
        let tree = stage.steps.tree.iter().cloned();
        let without = |timeout: Timeout| Timeout { span: Span::default(), ..timeout };
        let step =
            |step: Step| Step { span: Span::default(), timeout: step.timeout.map(without), ..step };
        stage.steps.tree = tree.map(step).collect();
        stage.steps.rollback = stage.steps.rollback.iter().cloned().map(step).collect();
        stage.conditions.iter_mut().for_each(|condition| condition.span = Span::default());
        if let Some(looping) = &mut stage.looping {
            looping.span = None;
            looping.written_limit.iter_mut().for_each(|limit| limit.span = Span::default());
        }
        let Work::Deploy(deploy) = &mut stage.work else { continue };
        let is_flipped = |name| flipped.contains(&i) && name == axis;
        strip(&mut deploy.services, is_flipped(AxisName::Services));
        strip(&mut deploy.targets, is_flipped(AxisName::Targets));
        // The limit of listed pairs follows from the flags.
        if let Some(listed) = deploy.listed.as_mut().filter(|_| flipped.contains(&i)) {
            listed.limit = None;
        }
        if let Some(limit) = &mut deploy.max_concurrency {
            limit.span = Span::default();
        }
        deploy.services.items.iter_mut().for_each(|service| service.span = Span::default());
        deploy.targets.items.iter_mut().for_each(|target| target.span = Span::default());
    }
    pipeline
}

fn strip<T>(axis: &mut Axis<T>, is_flipped: bool) {
    axis.flag = axis.flag.map(|flag| FlagPlace { list: Span::default(), ..flag });
    if is_flipped {
        axis.parallel = None;
    }
    if let Some(Parallel { source, .. }) = &mut axis.parallel {
        *source = match *source {
            ParallelSource::Written(_) => ParallelSource::Written(Span::default()),
            ParallelSource::Expression(_) => ParallelSource::Expression(Span::default()),
            ParallelSource::Rejected(_) => ParallelSource::Rejected(Span::default()),
            other => other,
        };
    }
}
