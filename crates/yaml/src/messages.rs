//! The parser's error kinds in the words of someone who has to mend the text.

use granit_parser::ErrorKind as K;

use crate::problem::{Problem, Remedy};
use crate::{Rule, locate, rules};

/// Returns the problem behind an error of the parser at `offset`, with the place to blame for it.
pub(crate) fn problem(text: &str, kind: &K, offset: usize) -> Problem {
    of_indentation(text, kind, offset)
        .or_else(|| of_quotes(kind, offset))
        .or_else(|| of_brackets(text, kind, offset))
        .unwrap_or_else(|| other(kind, offset))
}

fn of_indentation(text: &str, kind: &K, offset: usize) -> Option<Problem> {
    Some(match kind {
        K::TabNotAllowed
        | K::TabInBlockIndentation
        | K::TabInIndentation
        | K::TabAtBlockScalarStart
        | K::TabInPlainScalar
        | K::InvalidBlockEntryWhitespace
        | K::InvalidMappingValueWhitespace => at(
            locate::tab_at_or_behind(text, offset).unwrap_or(offset),
            rules::YAML_TAB,
            Remedy::TabsAsBlanks,
            "YAML is indented with spaces, but here is a tab. Replace it with as many spaces as the \
             lines beside it have.",
        ),
        K::MappingValueNotAllowed | K::SimpleKeyExpected | K::InvalidSimpleKey => at(
            locate::line_without_colon(text, offset).unwrap_or(offset),
            rules::YAML_KEY_EXPECTED,
            Remedy::Line,
            "Expected one `key: value` per line here. Add the colon, indent the line like its \
             neighbours, or put text that contains `: ` in quotes.",
        ),
        K::ExpectedBlockMappingKey
        | K::ExpectedBlockSequenceEntry
        | K::InvalidIndentation
        | K::BlockSequenceEntryNotAllowed
        | K::InvalidQuotedScalarIndent
        | K::InvalidBlockScalarIndent
        | K::MappingKeyNotAllowed => at(
            offset,
            rules::YAML_INDENTATION,
            Remedy::Line,
            "The indentation of this line matches no mapping or list above it. All keys of a \
             mapping start in one column, and so do all dashes of a list.",
        ),
        _ => return None,
    })
}

fn of_quotes(kind: &K, offset: usize) -> Option<Problem> {
    Some(match kind {
        K::UnclosedQuotedScalar | K::DocumentIndicatorInQuotedScalar => at(
            offset,
            rules::YAML_UNCLOSED_QUOTE,
            Remedy::RestOfLine,
            "The quote that opens here is never closed. Add the closing quote.",
        ),
        K::InvalidTrailingSingleQuotedScalar | K::InvalidTrailingDoubleQuotedScalar => at(
            offset,
            rules::YAML_UNCLOSED_QUOTE,
            Remedy::Line,
            "Text follows a closing quote. Check that each quote before it is closed. Inside a text, \
             write a quote as `''` in single quotes and as `\\\"` in double quotes.",
        ),
        K::UnknownQuotedScalarEscape
        | K::InvalidQuotedScalarHexEscape
        | K::InvalidLowSurrogateHexEscape
        | K::InvalidLowSurrogate
        | K::MissingLowSurrogate
        | K::UnpairedLowSurrogate
        | K::InvalidUnicodeEscape => at(
            offset,
            rules::YAML_ESCAPE,
            Remedy::RestOfLine,
            "This double-quoted text contains a backslash that starts no known escape. Write `\\\\` \
             for a backslash, or use single quotes.",
        ),
        _ => return None,
    })
}

fn of_brackets(text: &str, kind: &K, offset: usize) -> Option<Problem> {
    Some(match kind {
        K::UnclosedFlowCollection { open } => unclosed_bracket(*open, offset),
        K::UnexpectedEofFlowSequence => unclosed_bracket('[', offset),
        K::UnexpectedEofFlowMapping | K::UnexpectedEofImplicitFlowMapping => {
            unclosed_bracket('{', offset)
        }
        K::InvalidColonPlacement
        | K::ExpectedFlowSequenceSeparator
        | K::ExpectedFlowMappingSeparator
        | K::BlockEntryInFlowCollection
        | K::InvalidFlowScalarIndent => match locate::unclosed_bracket_before(text, offset) {
            Some((open, bracket)) => unclosed_bracket(open, bracket),
            None => at(
                offset,
                rules::YAML_BRACKET,
                Remedy::Line,
                "Inside `[…]` and `{…}`, values are separated by commas, and a colon is followed \
                 by a space.",
            ),
        },
        K::MisplacedFlowCollectionEnd | K::MismatchedFlowCollectionEnd { .. } => at(
            offset,
            rules::YAML_BRACKET,
            Remedy::RestOfLine,
            "This closing bracket has no opening bracket of its kind. Remove it, or put the text \
             in quotes.",
        ),
        _ => return None,
    })
}

fn other(kind: &K, offset: usize) -> Problem {
    match kind {
        K::UnexpectedCharacter { character } => at(
            offset,
            rules::YAML_CHARACTER,
            Remedy::RestOfLine,
            format!(
                "A value can't start with `{}`. Put the text in quotes.",
                character.escape_default()
            ),
        ),
        K::RecursionLimitExceeded => at(
            offset,
            rules::YAML_TOO_DEEP,
            Remedy::Nothing,
            "Lists and mappings are nested too deep here to be read. Use fewer levels.",
        ),
        _ => at(
            offset,
            rules::YAML_SYNTAX,
            Remedy::Line,
            "This is not valid YAML. Check this line and the one before it for a missing quote, \
             bracket or colon.",
        ),
    }
}

fn at(offset: usize, rule: Rule, remedy: Remedy, message: impl Into<String>) -> Problem {
    Problem { rule, message: message.into(), offset, remedy }
}

fn unclosed_bracket(open: char, offset: usize) -> Problem {
    let close = if open == '[' { ']' } else { '}' };
    Problem {
        rule: rules::YAML_UNCLOSED_BRACKET,
        message: format!("The `{open}` that opens here is never closed. Add `{close}`."),
        offset,
        remedy: Remedy::RestOfLine,
    }
}
