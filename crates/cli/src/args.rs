//! What can be said on the command line.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand, ValueEnum};
use deployline_engine::{AccountPlan, Failure, Ms};
use deployline_planner::assumed;
use deployline_timeline::svg::Theme;
use deployline_timeline::{ColorBy, Rows};

/// Shows in which order, how many at once and how long a Harness CD pipeline deploys.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100, after_help = crate::exit::HELP)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Prints the plan of a pipeline.
    Plan(PlanArgs),
    /// Prints a pipeline of schema v0 in v1, or of v1 in v0. What has no counterpart there is reported.
    Convert(ConvertArgs),
    /// Prints what a fenced block of a document becomes, as HTML: for documentation tools.
    Fence(FenceArgs),
    /// Prints a link that carries the pipeline, or the part of it behind `#`.
    Link(LinkArgs),
    /// Is a preprocessor of mdBook: `command = "deployline mdbook"` in its `book.toml`.
    Mdbook(MdbookArgs),
}

/// Prints a pipeline of schema v0 in v1, or of v1 in v0.
///
/// The result goes to the standard output, with the comments of the source. What has no counterpart in the other schema,
/// what is written in another way and what runs in another way goes to the standard error. Of a file that can't be read
/// as a whole nothing is printed: what is broken would be lost.
#[derive(Debug, clap::Args)]
#[command(after_help = crate::exit::HELP)]
pub(crate) struct ConvertArgs {
    /// The pipeline, or a part of one, as YAML; `-` reads the standard input. Of a Markdown file (`.md`) its fenced
    /// blocks are read, of a Terraform file (`.tf`) its heredocs.
    pub(crate) file: PathBuf,

    /// Further files with entities, input sets or templates: their values stand in their place.
    pub(crate) further: Vec<PathBuf>,

    /// The schema to write: a pipeline that is written in it already is an error. Without this, the other one.
    #[arg(long, value_enum, value_name = "SCHEMA")]
    pub(crate) to: Option<SchemaArg>,

    /// Identifier or name of the pipeline, where a Markdown or Terraform file holds several: else its first.
    #[arg(long, value_name = "NAME")]
    pub(crate) pipeline: Option<String>,
}

/// A schema.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(crate) enum SchemaArg {
    /// The schema with `stage:` and `spec:`.
    V0,
    /// The newer, flat schema with `version: 1`.
    V1,
}

/// The exit status is 1 when the block has a mistake; what it becomes is printed all the same.
#[derive(Debug, clap::Args)]
#[command(after_help = crate::exit::HELP)]
pub(crate) struct FenceArgs {
    /// The text of the block; `-` reads the standard input.
    pub(crate) file: PathBuf,

    /// What stands behind the block's first word: `view=lanes duration=5m live`.
    #[arg(long, default_value = "")]
    pub(crate) info: String,
}

#[derive(Debug, clap::Args)]
#[command(after_help = crate::exit::HELP)]
pub(crate) struct LinkArgs {
    /// The pipeline, or a part of one, as YAML; `-` reads the standard input. Of a Markdown file (`.md`) its fenced
    /// blocks are read, of a Terraform file (`.tf`) its heredocs.
    pub(crate) file: PathBuf,

    /// Further files with entities, input sets or templates.
    pub(crate) further: Vec<PathBuf>,

    /// Identifier or name of the pipeline, where a Markdown or Terraform file holds several: else its first.
    #[arg(long, value_name = "NAME")]
    pub(crate) pipeline: Option<String>,

    /// The address of a Deployline page, in front of `#`.
    #[arg(long, default_value = "")]
    pub(crate) page: String,
}

#[derive(Debug, clap::Args)]
#[command(after_help = crate::exit::HELP)]
pub(crate) struct MdbookArgs {
    #[command(subcommand)]
    pub(crate) question: Option<MdbookQuestion>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum MdbookQuestion {
    /// Tells by the exit status whether it can write for a renderer.
    Supports {
        /// The renderer's name.
        renderer: String,
    },
}

/// All texts together may have 4 MB. Of errors and warnings, the first hundred of a kind are printed.
#[derive(Debug, clap::Args)]
#[command(after_help = crate::exit::HELP)]
pub(crate) struct PlanArgs {
    /// The pipeline, or a part of one, as YAML; `-` reads the standard input. Of a Markdown file (`.md`) its fenced
    /// blocks are read, of a Terraform file (`.tf`) its heredocs.
    pub(crate) file: PathBuf,

    /// Further files with entities, input sets or templates.
    pub(crate) further: Vec<PathBuf>,

    /// Identifier or name of the pipeline, where a Markdown or Terraform file holds several: else its first.
    #[arg(long, value_name = "NAME")]
    pub(crate) pipeline: Option<String>,

    /// An input set or an overlay of the files that is laid over the pipeline, by its identifier. Can be given
    /// several times: the last one wins, and the others of the files are left out. Without it, all of them are
    /// laid.
    #[arg(long, value_name = "ID")]
    pub(crate) input_set: Vec<String>,

    /// How the plan is printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,

    /// What a row of the picture is. With `--format svg` and `html` only.
    #[arg(long, value_enum, default_value_t = RowsArg::Order)]
    pub(crate) rows: RowsArg,

    /// What colour says in the picture. With `--format svg` and `html` only.
    #[arg(long, value_enum, default_value_t = ColorArg::Service)]
    pub(crate) color_by: ColorArg,

    /// Bars with their steps, as far as there is room. With `--format svg` and `html` only.
    #[arg(long)]
    pub(crate) steps: bool,

    /// Light, dark, or as its viewer is. With `--format svg` and `html` only.
    #[arg(long, value_enum, default_value_t = ThemeArg::System)]
    pub(crate) theme: ThemeArg,

    /// How long every deployment takes: `90s`, `5m`, `1h30m`.
    #[arg(long, value_name = "DURATION", default_value = "1m")]
    pub(crate) duration: Ms,

    /// Durations of some deployments, as YAML or JSON: a map to a duration from
    /// `stage:IDENTIFIER#NUMBER` (one deployment, from 1), `service@environment/infrastructure`,
    /// `service@infrastructure`, `service`, `@environment/infrastructure`, `@infrastructure` or
    /// `stage:IDENTIFIER`. The most specific wins, in this order. A key that starts with `@` needs
    /// quotes in YAML.
    #[arg(long, value_name = "FILE")]
    pub(crate) durations: Option<PathBuf>,

    /// Uneven durations, as real ones are, for deployments of which `--durations` says nothing: from
    /// half of `--duration` to twice as long. The same number gives the same durations.
    #[arg(long, value_name = "SEED")]
    pub(crate) uneven: Option<u64>,

    /// A deployment that fails: the identifier of its stage and its index in the list, from 0, as
    /// in `deploy:3`. Behind commas, the type of error, the step whose rules count, and the attempt that
    /// succeeds: `deploy:3,error=Timeout,step=roll,succeeds-at=2`. Can be given several times.
    #[arg(long, value_name = "STAGE:INDEX[,SETTING=VALUE]", value_parser = assumed::failure)]
    pub(crate) fail: Vec<((String, u32), Failure)>,

    /// The plan of the account, which limits how many run at once in a stage or a parallel group, and how
    /// many there are in all: free 2 and 10, team 50 and 256, essentials 60 and 256, enterprise 100 and
    /// 256; none is without limits.
    #[arg(long, value_name = "PLAN", default_value = "enterprise", value_parser = account_plans())]
    pub(crate) account_plan: AccountPlan,

    /// The most that the account runs at once in a stage or a parallel group, instead of the number of its
    /// plan.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) account_limit: Option<u32>,

    /// Something to assume that the YAML does not say, by its key in the JSON's `assumptions`, as in
    /// `account-plan=team` or `parallel:deploy/services=false`. `run-stages=build,deploy` chooses the stages
    /// that run, `rerun-from=deploy` repeats a run from a stage. Can be given several times.
    #[arg(long, value_name = "KEY=VALUE", value_parser = assumed::pair)]
    pub(crate) assume: Vec<(String, String)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// The order in words and a small timeline.
    Text,
    /// The plan as JSON, a versioned contract.
    Json,
    /// The same as YAML.
    Yaml,
    /// A picture.
    Svg,
    /// A page of its own with picture, table and YAML, which needs no script and no other file.
    Html,
    /// A table for spreadsheets.
    Csv,
    /// A Gantt chart for places that draw Mermaid.
    Mermaid,
    /// A table for each stage.
    Markdown,
    /// Markdown for a review: facts, a chart, the order in words, the table folded away.
    PullRequest,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RowsArg {
    /// A deployment, in the order of the list.
    Order,
    /// A slot, with all that runs in it.
    Lanes,
    /// A deployment, by service.
    Services,
    /// A deployment, by environment and infrastructure.
    Targets,
}

impl From<RowsArg> for Rows {
    fn from(rows: RowsArg) -> Self {
        match rows {
            RowsArg::Order => Self::Order,
            RowsArg::Lanes => Self::Lanes,
            RowsArg::Services => Self::Services,
            RowsArg::Targets => Self::Targets,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorArg {
    /// The service.
    Service,
    /// The environment.
    Environment,
    /// How it ended.
    Status,
}

impl From<ColorArg> for ColorBy {
    fn from(color: ColorArg) -> Self {
        match color {
            ColorArg::Service => Self::Service,
            ColorArg::Environment => Self::Environment,
            ColorArg::Status => Self::Status,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ThemeArg {
    /// As its viewer is.
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl From<ThemeArg> for Theme {
    fn from(theme: ThemeArg) -> Self {
        match theme {
            ThemeArg::System => Self::System,
            ThemeArg::Light => Self::Light,
            ThemeArg::Dark => Self::Dark,
        }
    }
}

fn account_plans() -> impl TypedValueParser<Value = AccountPlan> {
    PossibleValuesParser::new(AccountPlan::ALL.map(AccountPlan::as_str))
        .try_map(|word| assumed::account_plan(&word))
}
