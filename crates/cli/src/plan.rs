//! `deployline plan`

use std::process::ExitCode;

use anyhow::{Result, ensure};
use deployline_engine::Assumptions;
use deployline_export::{Look, Report, steers_terminal};
use deployline_planner::{Inputs, analyze, assumed};
use deployline_yaml::Document;

use crate::args::{Format, PlanArgs};
use crate::embedded::Choice;
use crate::{durations, exit, files, named, report, streams};

/// Plans the files and prints the plan.
///
/// # Errors
/// Where a file can't be read.
pub(crate) fn run(args: &PlanArgs) -> Result<ExitCode> {
    if args.durations.as_deref().is_some_and(files::is_stdin) {
        let mut texts = std::iter::once(&args.file).chain(&args.further);
        ensure!(
            !texts.any(|path| files::is_stdin(path)),
            "the standard input can be read only once: give `-` for the pipeline or for `--durations`"
        );
    }
    let choice = Choice { pipeline: args.pipeline.as_deref(), is_joined: false };
    let sources = files::read_all(&args.file, &args.further, choice)?;
    let texts: Vec<&str> = sources.iter().map(|source| source.text.as_str()).collect();
    let (inputs, assumptions) = assumptions(args)?;
    let analysis = analyze(&texts, &inputs, &assumptions);
    if !analysis.is_broken {
        named::check(args, &analysis, &assumptions)?;
    }
    let report = Report::new(&analysis, &assumptions, &sources);
    print(&report, &analysis.documents, args)?;
    Ok(if report.has_errors() { ExitCode::from(exit::HAS_ERRORS) } else { ExitCode::SUCCESS })
}

fn assumptions(args: &PlanArgs) -> Result<(Inputs, Assumptions)> {
    let chosen = Some(args.input_set.clone()).filter(|chosen| !chosen.is_empty());
    let mut inputs = Inputs { input_sets: chosen, ..Inputs::default() };
    let mut assumptions = Assumptions {
        duration: args.duration,
        durations: args.durations.as_deref().map(durations::read).transpose()?.unwrap_or_default(),
        uneven: args.uneven,
        account_plan: args.account_plan,
        account_limit: args.account_limit,
        failures: args.fail.iter().cloned().collect(),
        ..Assumptions::default()
    };
    for (key, value) in &args.assume {
        assumed::set(key, value, &mut inputs, &mut assumptions).map_err(anyhow::Error::msg)?;
    }
    Ok((inputs, assumptions))
}

fn print(report: &Report<'_>, documents: &[Document], args: &PlanArgs) -> Result<()> {
    let format = args.format;
    // The structured formats hold the diagnostics; beside the others they are for the reader.
    let is_structured = matches!(format, Format::Json | Format::Yaml);
    let found = if is_structured { String::new() } else { report::render(report, documents) };
    let reported = streams::report(&found);
    let look = Look {
        rows: args.rows.into(),
        color_by: args.color_by.into(),
        shows_steps: args.steps,
        theme: args.theme.into(),
        ..Look::default()
    };
    streams::print(&match format {
        Format::Text => deployline_export::text(report),
        Format::Json => deployline_export::json(report),
        Format::Yaml => yaml(report)?,
        Format::Svg => deployline_export::picture(report, &look),
        Format::Html => deployline_export::html(report, &look),
        Format::Csv => deployline_export::csv(report),
        Format::Mermaid => deployline_export::mermaid(report),
        Format::Markdown => deployline_export::markdown(report),
        Format::PullRequest => deployline_export::pull_request(report),
    })?;
    Ok(reported?)
}

fn yaml(report: &Report<'_>) -> Result<String> {
    let yaml = serde_yaml::to_string(&deployline_export::plan(report))?;
    // Block style has no escapes, and the serializer takes marks of direction for letters.
    let is_printable = !yaml.contains(|c| c != '\n' && steers_terminal(c));
    Ok(if is_printable { yaml } else { deployline_export::flow_yaml(report) })
}
