//! Expressions in texts: what is called differently in the schemas.
//!
//! ```text
//! v0    <+pipeline.variables.region>      <+OnPipelineSuccess>
//! v1    <+inputs.region>, ${{ inputs.region }}    ${{ success() }}
//! ```

/// The text as v1 has it: `<+…>` is read there as well, but for what the pipeline is given.
pub(crate) fn newer(text: &str) -> String {
    if !text.contains("<+") {
        return text.to_owned();
    }
    renamed(text, "pipeline.variables.", "inputs.")
}

/// The text as v0 has it.
pub(crate) fn older(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("${{") {
        let Some((inside, after)) = behind.split_once("}}") else { break };
        out += before;
        out += &format!("<+{}>", inside.trim());
        rest = after;
    }
    out += rest;
    if !out.contains("<+") {
        return out;
    }
    let out = renamed(&out, "inputs.", "pipeline.variables.");
    renamed(&out, "for.iteration", "strategy.iteration")
}

/// The name of the input that is all of a text.
pub(crate) fn input_name(text: &str) -> Option<&str> {
    let text = text.trim();
    let newer = || text.strip_prefix("${{")?.strip_suffix("}}");
    let inside = newer().or_else(|| text.strip_prefix("<+")?.strip_suffix('>'))?.trim();
    let name = inside.strip_prefix("inputs.")?;
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    name.chars().all(is_name).then_some(name)
}

/// The axis of combinations that are written one by one.
pub(crate) const COMBINATION: &str = "combination";

/// The text with the values of a matrix as those of such a combination.
pub(crate) fn of_combination(text: &str) -> String {
    match text.contains("<+") {
        true => renamed(text, "matrix.", &format!("matrix.{COMBINATION}.")),
        false => text.to_owned(),
    }
}

/// The text with `from` replaced where a path begins.
fn renamed(text: &str, from: &str, to: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(from) {
        let before = rest[..at].chars().next_back().or_else(|| out.chars().next_back());
        let is_inside = before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-'));
        out += &rest[..at];
        out += if is_inside { from } else { to };
        rest = &rest[at + from.len()..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_renamed_where_they_begin() {
        for (older_text, newer_text) in [
            ("<+pipeline.variables.a>", "<+inputs.a>"),
            ("<+pipeline.variables.a == pipeline.variables.b>", "<+inputs.a == inputs.b>"),
            ("pipeline.variables.a", "pipeline.variables.a"),
            ("<+x.pipeline.variables.a>", "<+x.pipeline.variables.a>"),
            ("<+matrix.a>_x", "<+matrix.a>_x"),
        ] {
            assert_eq!(newer(older_text), newer_text);
            assert_eq!(older(newer_text), older_text);
        }
        assert_eq!(
            older("a ${{ inputs.b }}-${{ for.iteration }}"),
            "a <+pipeline.variables.b>-<+strategy.iteration>"
        );
        assert_eq!(older("${{ open"), "${{ open");
    }
}
