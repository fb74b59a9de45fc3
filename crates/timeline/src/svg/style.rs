//! The picture's own style sheet; the page has the same colours in its tokens.

use super::{Embedding, Theme};

/// Each colour's name, in light and in dark.
const COLORS: [(&str, &str, &str); 18] = [
    ("paper", "#fff", "#14171c"),
    ("band", "#f4f5f7", "#1c2027"),
    ("grid", "#e3e6ea", "#2b313b"),
    ("text", "#1f2430", "#e6e9ee"),
    ("muted", "#5b6472", "#a2abb9"),
    ("in", "#fff", "#0d1014"),
    ("error", "#b3261e", "#ff9a92"),
    ("c0", "#2563c9", "#7db0ff"),
    ("c1", "#b4520f", "#f2a365"),
    ("c2", "#1d7a4c", "#6fcf97"),
    ("c3", "#8a3fb5", "#cf9bef"),
    ("c4", "#b3264e", "#f58ca8"),
    ("c5", "#0f7485", "#67cbdc"),
    ("c6", "#7a6200", "#d9bf4f"),
    ("c7", "#4a55b8", "#a9b2ff"),
    ("c8", "#9a3b2e", "#ef9a8c"),
    ("c9", "#4d6b1f", "#aecb74"),
    ("neutral", "#5b6472", "#98a2b3"),
];

/// Rules that do not depend on the colours.
const RULES: &str = include_str!("rules.css");

/// The style sheet for a picture. It is the same for all that are `Inline`, whatever their theme:
/// there a style sheet holds for the whole page.
pub(super) fn sheet(embedding: Embedding, theme: Theme) -> String {
    let light = colors(|(_, light, _)| (*light).to_owned());
    let dark = colors(|(_, _, dark)| (*dark).to_owned());
    let colors = match (embedding, theme) {
        (Embedding::File, Theme::Light) => rule(&light),
        (Embedding::File, Theme::Dark) => rule(&dark),
        (Embedding::File, Theme::System) => {
            format!("{}\n@media (prefers-color-scheme:dark){{{}}}", rule(&light), rule(&dark))
        }
        // The page around it has its own switch, which tells its elements by `color-scheme`. An
        // element around it has its margins within, before it comes to life as after.
        (Embedding::Inline, _) => {
            let both = self::colors(|(_, light, dark)| format!("light-dark({light},{dark})"));
            format!(
                "{}\n@supports (color:light-dark(#000,#fff)){{{}}}\n\
                 deploy-line:not(:defined){{display:flow-root}}\
                 .deployline{{display:block;max-width:100%;min-width:600px;height:auto}}\
                 .deployline[data-theme=light]{{color-scheme:light}}\
                 .deployline[data-theme=dark]{{color-scheme:dark}}",
                rule(&light),
                rule(&both)
            )
        }
    };
    format!("{colors}\n{RULES}")
}

fn rule(declarations: &str) -> String {
    format!(".deployline{{{declarations}}}")
}

fn colors(value: impl Fn(&(&str, &str, &str)) -> String) -> String {
    let declarations = COLORS.iter().map(|color| format!("--{}:{}", color.0, value(color)));
    declarations.collect::<Vec<_>>().join(";")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_theme_decides_the_colours() {
        for (embedding, theme, has, lacks) in [
            (Embedding::File, Theme::Light, "--paper:#fff", "#14171c"),
            (Embedding::File, Theme::Dark, "--paper:#14171c", "#fff;"),
            (Embedding::File, Theme::System, "@media (prefers-color-scheme:dark)", "light-dark"),
            (Embedding::Inline, Theme::Dark, "--paper:light-dark(#fff,#14171c)", "prefers-color"),
        ] {
            let sheet = sheet(embedding, theme);
            assert!(sheet.contains(has), "{sheet}");
            assert!(!sheet.contains(lacks), "{sheet}");
            assert!(!sheet.contains("\n\n"), "Markdown ends HTML at an empty line: {sheet}");
        }
    }
}
