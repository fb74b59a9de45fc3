//! Pipelines in files of Markdown and Terraform.

use anyhow::{Result, bail};
use deployline_export::{Source, printable};
use deployline_import::{Embedded, Language};

use crate::streams;

/// The most pipelines that a message names.
const MAX_NAMES: usize = 20;

/// Part that is taken of a file of another language.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Choice<'a> {
    /// Identifier or name of the pipeline; `None` for the first one.
    pub(crate) pipeline: Option<&'a str>,
    /// `true` for a text of its own, `false` for the YAML in its place.
    pub(crate) is_joined: bool,
}

/// The YAML of a file, where the file is of another language; any other as it is.
///
/// # Errors
/// Where the file holds no pipeline and nothing that belongs to one, or not the one that is asked for.
pub(crate) fn yaml_of(source: Source, choice: Choice<'_>) -> Result<Source> {
    let Source { name, text } = source;
    let shown = printable(&name);
    let Some(language) = Language::of_file(&name) else {
        if choice.pipeline.is_some() {
            bail!(
                "--pipeline chooses a pipeline of a Markdown or Terraform file, and {shown} is none"
            );
        }
        return Ok(Source { name, text });
    };
    let found = Embedded::find(&text, language);
    if found.is_empty() {
        let expected = match language {
            Language::Markdown => "a fenced block with its YAML",
            Language::Terraform => "its YAML in a heredoc, such as `yaml = <<-EOT`",
        };
        bail!("{shown} holds no pipeline and nothing that belongs to one, expected {expected}");
    }
    let pipelines: Vec<&[String]> = found.pipelines().collect();
    let index = match choice.pipeline {
        None => 0,
        Some(choice) => {
            match pipelines.iter().position(|names| names.iter().any(|it| it == choice)) {
                Some(index) => index,
                None => bail!(
                    "{shown} has no pipeline {}, expected one of: {}",
                    printable(choice),
                    listed(&pipelines)
                ),
            }
        }
    };
    if choice.pipeline.is_none() && pipelines.len() > 1 {
        streams::report(&format!(
            "{shown} holds {} pipelines: {}. The first is planned; --pipeline chooses another\n",
            pipelines.len(),
            listed(&pipelines)
        ))?;
    }
    let text = if choice.is_joined { found.joined(index) } else { found.text(index) };
    Ok(Source { name, text })
}

fn listed(pipelines: &[&[String]]) -> String {
    let name = |names: &&[String]| names.first().map_or("(no name)".to_owned(), |it| printable(it));
    let mut names: Vec<String> = pipelines.iter().take(MAX_NAMES).map(name).collect();
    if pipelines.len() > MAX_NAMES {
        names.push(format!("and {} more", pipelines.len() - MAX_NAMES));
    }
    names.join(", ")
}
