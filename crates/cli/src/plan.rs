//! `deployline plan`

use std::io::{Read, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, ensure};
use deployline_export::{Report, Source};
use deployline_planner::{Assumptions, Inputs, analyze};
use deployline_timeline::{Arrangement, LayoutOptions, Picture, Planned, Viewport, svg};

use crate::args::{Format, PlanArgs};
use crate::{durations, report};

/// Width of a picture on its own, in pixels.
const SVG_WIDTH: f64 = 960.0;

/// Plans the files and prints the plan.
///
/// # Errors
/// Where a file can't be read.
pub(crate) fn run(args: &PlanArgs) -> Result<ExitCode> {
    let sources = read_sources(args)?;
    ensure!(!sources[0].text.trim().is_empty(), "{} is empty", sources[0].name);
    let texts: Vec<&str> = sources.iter().map(|source| source.text.as_str()).collect();
    let analysis = analyze(&texts, &Inputs::default(), &assumptions(args)?);
    let report = Report {
        plan: &analysis.plan,
        schedule: &analysis.schedule,
        diagnostics: &analysis.diagnostics,
        sources: &sources,
    };
    print(&report, args)?;
    Ok(if report.has_errors() { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn read_sources(args: &PlanArgs) -> Result<Vec<Source>> {
    let paths = std::iter::once(&args.file).chain(&args.further);
    let stdin_count = paths.clone().filter(|path| is_stdin(path)).count();
    ensure!(stdin_count <= 1, "the standard input can be read only once: give `-` one time");
    paths.map(|path| read_source(path)).collect()
}

fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

fn read_source(path: &Path) -> Result<Source> {
    let name =
        if is_stdin(path) { "standard input".to_owned() } else { path.display().to_string() };
    let bytes = if is_stdin(path) {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(path)
    };
    let bytes = bytes.with_context(|| format!("can't read {name}"))?;
    let text = String::from_utf8(bytes)
        .with_context(|| format!("{name} is no UTF-8 text; save it as UTF-8"))?;
    Ok(Source { name, text })
}

fn assumptions(args: &PlanArgs) -> Result<Assumptions> {
    Ok(Assumptions {
        duration: args.duration,
        durations: args.durations.as_deref().map(durations::read).transpose()?.unwrap_or_default(),
        uneven: args.uneven,
        account_limit: args.account_limit,
        failures: args.fail.iter().cloned().collect(),
    })
}

fn print(report: &Report<'_>, args: &PlanArgs) -> Result<()> {
    let format = args.format;
    // The structured formats hold the diagnostics; beside the others they are for the reader.
    if !matches!(format, Format::Json | Format::Yaml) {
        eprint!("{}", report::render(report));
    }
    let output = match format {
        Format::Text => deployline_export::text(report),
        Format::Json => deployline_export::json(report),
        Format::Yaml => deployline_export::yaml(report),
        Format::Svg => picture(report, args),
        Format::Mermaid => deployline_export::mermaid(report),
        Format::Markdown => deployline_export::markdown(report),
    };
    match std::io::stdout().write_all(output.as_bytes()) {
        // Whoever reads may have seen enough, as `head` does.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        result => result.context("can't write the plan"),
    }
}

fn picture(report: &Report<'_>, args: &PlanArgs) -> String {
    let pipeline = &report.plan.pipeline;
    let name = pipeline.name.as_ref().or(pipeline.identifier.as_ref());
    let title = name.map_or("Pipeline", String::as_str);
    let planned = Planned { plan: report.plan, schedule: report.schedule };
    let (rows, color_by) = (args.rows.into(), args.color_by.into());
    let arrangement = Arrangement { rows, color_by, ..Arrangement::default() };
    let picture = Picture::new(planned, &arrangement);
    let viewport = Viewport::all(SVG_WIDTH);
    let scene = picture.layout(planned, &viewport, &LayoutOptions::for_width(SVG_WIDTH));
    svg::write(&scene, &format!("{title}: timeline of its deployments"))
}
