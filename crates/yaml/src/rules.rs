//! The rules of YAML itself.

use crate::{Example, Rule, RuleDocs};

/// A tab where blanks indent.
pub const YAML_TAB: Rule = Rule::error("yaml-tab");
/// A quote that is never closed.
pub const YAML_UNCLOSED_QUOTE: Rule = Rule::error("yaml-unclosed-quote");
/// A backslash that starts no escape.
pub const YAML_ESCAPE: Rule = Rule::error("yaml-escape");
/// A bracket that is never closed.
pub const YAML_UNCLOSED_BRACKET: Rule = Rule::error("yaml-unclosed-bracket");
/// A bracket out of place.
pub const YAML_BRACKET: Rule = Rule::error("yaml-bracket");
/// A line that is no `key: value`.
pub const YAML_KEY_EXPECTED: Rule = Rule::error("yaml-key-expected");
/// A line indented to no open level.
pub const YAML_INDENTATION: Rule = Rule::error("yaml-indentation");
/// A value that starts with a reserved character.
pub const YAML_CHARACTER: Rule = Rule::error("yaml-character");
/// Too many levels.
pub const YAML_TOO_DEEP: Rule = Rule::error("yaml-too-deep");
/// Too many bytes or values.
pub const YAML_TOO_LARGE: Rule = Rule::error("yaml-too-large");
/// Anything else that is no YAML.
pub const YAML_SYNTAX: Rule = Rule::error("yaml-syntax");
/// A key that is there twice.
pub const DUPLICATE_KEY: Rule = Rule::error("duplicate-key");
/// An alias without an anchor.
pub const UNKNOWN_ALIAS: Rule = Rule::error("unknown-alias");
/// An alias inside what it refers to.
pub const ALIAS_CYCLE: Rule = Rule::error("alias-cycle");
/// Aliases that stand for too much.
pub const ALIAS_BUDGET: Rule = Rule::error("alias-budget");

/// The documentation of the rules above.
pub const DOCS: [RuleDocs; 15] = [
    RuleDocs {
        rule: YAML_TAB,
        explanation: "YAML is indented with spaces, and every reader refuses a tab there. Replace \
                      it with spaces.",
        bad: Example::Text("stage:\n\tname: Deploy\n"),
        good: "stage:\n  name: Deploy\n  type: Custom\n",
    },
    RuleDocs {
        rule: YAML_UNCLOSED_QUOTE,
        explanation: "A quote is opened and never closed, so all that follows would belong to the \
                      text. The place is the opening quote, or the text that follows a quote \
                      closed too early.",
        bad: Example::Text("stage:\n  name: \"Deploy\n  type: Custom\n"),
        good: "stage:\n  name: \"Deploy\"\n  type: Custom\n",
    },
    RuleDocs {
        rule: YAML_ESCAPE,
        explanation: "In double quotes a backslash starts an escape such as `\\n` or `\\u00e9`, \
                      and this one is unknown. Write `\\\\` for a backslash, or use single quotes, \
                      in which it has no meaning.",
        bad: Example::Text("stage:\n  name: \"C:\\quick\"\n  type: Custom\n"),
        good: "stage:\n  name: 'C:\\quick'\n  type: Custom\n",
    },
    RuleDocs {
        rule: YAML_UNCLOSED_BRACKET,
        explanation: "A list in `[…]` or a mapping in `{…}` has no closing bracket.",
        bad: Example::Text("stage:\n  name: Deploy\n  type: Custom\n  tags: {team: web\n"),
        good: "stage:\n  name: Deploy\n  type: Custom\n  tags: {team: web}\n",
    },
    RuleDocs {
        rule: YAML_BRACKET,
        explanation: "A closing bracket has no opening bracket of its kind, or values inside \
                      brackets are not separated by commas.",
        bad: Example::Text("stage:\n  name: Deploy\n  type: Custom\n  tags: }\n"),
        good: "stage:\n  name: Deploy\n  type: Custom\n  tags: {}\n",
    },
    RuleDocs {
        rule: YAML_KEY_EXPECTED,
        explanation: "Each line of a mapping is `key: value`. Add a colon to a word that stands \
                      alone, and put a value that contains `: ` in quotes.",
        bad: Example::Text("stage:\n  name\n  type: Custom\n"),
        good: "stage:\n  name: Deploy\n  type: Custom\n",
    },
    RuleDocs {
        rule: YAML_INDENTATION,
        explanation: "The line starts in a column that belongs to no mapping or list above it. All \
                      keys of a mapping start in one column, and so do all dashes of a list.",
        bad: Example::Text("stage:\n    name: Deploy\n  type: Custom\n"),
        good: "stage:\n  name: Deploy\n  type: Custom\n",
    },
    RuleDocs {
        rule: YAML_CHARACTER,
        explanation: "A few characters, `@` and the backtick among them, can't start a value. Put \
                      the text in quotes.",
        bad: Example::Text("stage:\n  name: @home\n  type: Custom\n"),
        good: "stage:\n  name: \"@home\"\n  type: Custom\n",
    },
    RuleDocs {
        rule: YAML_TOO_DEEP,
        explanation: "Lists and mappings may be nested 200 levels deep. Real pipelines need about \
                      30.",
        bad: Example::Made("201 lists in each other", || "[".repeat(201) + &"]".repeat(201)),
        good: "stage:\n  name: Deploy\n  type: Custom\n",
    },
    RuleDocs {
        rule: YAML_TOO_LARGE,
        explanation: "A text may have 4 MiB and a million values. Split it into several files.",
        bad: Example::Made("a text of more than 4 MiB", || " ".repeat((4 << 20) + 1)),
        good: "stage:\n  name: Deploy\n  type: Custom\n",
    },
    RuleDocs {
        rule: YAML_SYNTAX,
        explanation: "The text is not valid YAML, in a way that is too rare to have a code of its \
                      own.",
        bad: Example::Text("stage:\n  name: &\n  type: Custom\n"),
        good: "stage:\n  name: Deploy\n  type: Custom\n",
    },
    RuleDocs {
        rule: DUPLICATE_KEY,
        explanation: "A mapping has the same key twice. Readers of YAML differ in which one \
                      counts; here it is the last one. Remove one of them.",
        bad: Example::Text("stage:\n  name: Deploy\n  type: Custom\n  name: Release\n"),
        good: "stage:\n  name: Deploy\n  type: Custom\n",
    },
    RuleDocs {
        rule: UNKNOWN_ALIAS,
        explanation: "`*name` repeats the value that `&name` marks earlier in the same document, \
                      but nothing is marked with this name.",
        bad: Example::Text("stage:\n  name: *title\n  type: Custom\n"),
        good: "stage:\n  name: &title Deploy\n  type: Custom\n  description: *title\n",
    },
    RuleDocs {
        rule: ALIAS_CYCLE,
        explanation: "An alias is inside the value that it repeats, which would have no end.",
        bad: Example::Text("stage: &stage\n  name: Deploy\n  type: Custom\n  tags: {of: *stage}\n"),
        good: "stage:\n  name: Deploy\n  type: Custom\n  tags: {}\n",
    },
    RuleDocs {
        rule: ALIAS_BUDGET,
        explanation: "Aliases of aliases multiply. All aliases of a text together may stand for a \
                      million values.",
        bad: Example::Made("twenty lists, each of which has the one before it ten times", laughs),
        good: "stage:\n  name: &title Deploy\n  type: Custom\n  description: *title\n",
    },
];

fn laughs() -> String {
    let mut text = String::from("stage: {name: Deploy, type: Custom}\na0: &a0 [x]\n");
    for i in 1..20 {
        let ten = vec![format!("*a{}", i - 1); 10].join(", ");
        text += &format!("a{i}: &a{i} [{ten}]\n");
    }
    text
}
