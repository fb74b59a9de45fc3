//! Text in HTML.

use std::fmt::{self, Write};

use deployline_engine::words::shown::balanced;

/// Text that stays text, in an element and in an attribute.
///
/// Control characters are left out but for line breaks and tabs; these are written as codes, so that
/// no Markdown reader finds an empty line in it and ends the HTML there.
pub(crate) struct Escaped<'a>(pub(crate) &'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| match c {
            '&' => f.write_str("&amp;"),
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            '"' => f.write_str("&quot;"),
            '\'' => f.write_str("&#39;"),
            // Readers of Markdown and of templates may look for these in HTML, too.
            '`' | '{' | '}' | '[' | ']' | '*' | '_' | '\\' | '$' | '\n' | '\r' | '\t' => {
                write!(f, "&#{};", u32::from(c))
            }
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => Ok(()),
            c => f.write_char(c),
        })
    }
}

/// A name among other words: it may turn the direction of writing for itself only.
pub(crate) struct Name<'a>(pub(crate) &'a str);

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<bdi>{}</bdi>", Escaped(&balanced(self.0)))
    }
}

/// A message: what stands between backticks is code. It may turn the direction of writing for itself only.
pub(crate) struct Message<'a>(pub(crate) &'a str);

impl fmt::Display for Message<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<bdi>")?;
        for (number, part) in balanced(self.0).split('`').enumerate() {
            match number % 2 {
                0 => write!(f, "{}", Escaped(part))?,
                _ => write!(f, "<code>{}</code>", Escaped(part))?,
            }
        }
        f.write_str("</bdi>")
    }
}

#[cfg(test)]
mod tests {
    use super::{Escaped, Message};

    #[test]
    fn code_of_a_message_is_an_element() {
        for (message, expected) in [
            ("Write `a: <b>` or `c`.", "Write <code>a: &lt;b&gt;</code> or <code>c</code>."),
            ("`open", "<code>open</code>"),
            ("none", "none"),
        ] {
            assert_eq!(Message(message).to_string(), format!("<bdi>{expected}</bdi>"));
        }
    }

    #[test]
    fn text_is_no_markup_in_html_nor_in_markdown() {
        for (text, expected) in [
            ("<b a='1' c=\"2\">&amp;", "&lt;b a=&#39;1&#39; c=&quot;2&quot;&gt;&amp;amp;"),
            ("a\n\n```\n# b", "a&#10;&#10;&#96;&#96;&#96;&#10;# b"),
            ("{{#include x}} [y](z)", "&#123;&#123;#include x&#125;&#125; &#91;y&#93;(z)"),
            ("\u{0}\u{1b}[31m\u{7f}\u{85}é🚀", "&#91;31mé🚀"),
        ] {
            assert_eq!(Escaped(text).to_string(), expected);
        }
    }
}
