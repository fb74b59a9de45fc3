//! Expressions in a text, `<+…>` and `${{ … }}`, and their value as far as the text settles it.
//!
//! ```text
//! <+matrix.service>_<+pipeline.variables.suffix>     parts, each with its value
//! <+pipeline.variables.services.split(",")>          one expression: its value may be a list
//! <+stage.variables.run> == "yes" && <+input>        a condition: true, false, or what is missing
//! ```
//!
//! The language is the product's JEXL, as far as real files use it. What a path such as `pipeline.name`
//! stands for, a [`Scope`] knows. A value that can't be computed is a [`Missing`] part, with the reason.
//! Nesting, work and the length of a value are bounded, since a text may come from anywhere.

mod call;
mod compare;
mod cursor;
mod missing;
mod number;
mod parser;
mod parts;
mod value;

pub use parts::is_expression;

pub(crate) use missing::{MAX_OUTCOMES, Missing, Why, shortened};
pub(crate) use number::Number;
pub(crate) use parser::{Scope, condition};
pub(crate) use parts::{TextPart, parts};
use value::MAX_TEXT_BYTES;
pub(crate) use value::{Evaluated, Value};

/// The value of a text: of one expression, any value; else the text with the values of those in it.
pub(crate) fn evaluate(text: &str, scope: &mut dyn Scope) -> Evaluated {
    if ["<+", "${{"].iter().any(|open| text.trim_start().starts_with(open))
        && let Some(value) = parser::evaluate(text, scope)
    {
        return value;
    }
    let mut replaced = String::with_capacity(text.len());
    for part in parts(text) {
        match part {
            TextPart::Literal(literal) => replaced.push_str(literal),
            TextPart::Expression { written, .. } => {
                value_of(written, scope)?.write_to(&mut replaced);
            }
        }
        if replaced.len() > MAX_TEXT_BYTES.max(text.len()) {
            return Err(Missing::of_text(text, Why::TooLong));
        }
    }
    Ok(Value::Text(replaced))
}

/// The value of one expression as it is written.
fn value_of(written: &str, scope: &mut dyn Scope) -> Evaluated {
    let unread = || Err(Missing::of_text(written, Why::Unread));
    parser::evaluate(written, scope).unwrap_or_else(unread)
}

/// The text with each expression in it replaced that has a value; the others stay.
pub(crate) fn substitute(text: &str, scope: &mut dyn Scope) -> String {
    let mut replaced = String::with_capacity(text.len());
    for part in parts(text) {
        match part {
            TextPart::Literal(literal) => replaced.push_str(literal),
            TextPart::Expression { written, .. } => match value_of(written, scope) {
                Ok(value) if replaced.len() <= MAX_TEXT_BYTES => value.write_to(&mut replaced),
                Ok(_) | Err(_) => replaced.push_str(written),
            },
        }
    }
    replaced
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Paths with a value, and `trigger.type` without one.
    struct Table(usize, Vec<String>);

    impl Scope for Table {
        fn value(&mut self, path: &str, _depth: usize) -> Evaluated {
            let value = match path {
                "name" => Value::text("Shop"),
                "list" => Value::text("deck,engine"),
                "count" => Value::text("10"),
                "yes" => Value::text("yes"),
                "key" => Value::text("me"),
                "trigger.type" => return Err(Missing::of_path(path, Why::Run)),
                "input" => return Err(Missing::of_path(path, Why::Input)),
                _ => return Err(Missing::of_path(path, Why::NoSuchName { nearest: None })),
            };
            Ok(value)
        }

        fn take(&mut self, bytes: usize) -> bool {
            self.0 += bytes;
            self.0 < 1 << 24
        }

        fn depth(&self) -> usize {
            0
        }

        fn compares_flag(&mut self, text: &str) {
            self.1.push(text.to_owned());
        }
    }

    fn shown(value: Evaluated) -> String {
        match value {
            Ok(value @ (Value::Text(_) | Value::Null)) => value.into_text(),
            Ok(Value::List(items)) => {
                format!("{} items {}", items.len(), Value::List(items).into_text())
            }
            Ok(value) => format!("={}", value.into_text()),
            Err(missing) => format!("{}, {}", missing.part, missing.reason()),
        }
    }

    #[test]
    fn a_text_has_the_values_of_its_expressions() {
        for (text, expected) in [
            ("plain", "plain"),
            ("<+name>", "Shop"),
            ("a <+name>.json", "a Shop.json"),
            ("<+name>.json", "Shop.json"),
            ("<+ name >_<+count>", "Shop_10"),
            ("<+list.split(\",\")>", "2 items [deck, engine]"),
            ("<+list>.split(',')", "2 items [deck, engine]"),
            ("<+<+list>.split(\",\")>", "2 items [deck, engine]"),
            ("<+list.split(',')[1]>", "engine"),
            ("<+list.split(',').get(0).toUpperCase()>", "DECK"),
            ("<+list.split(',').join('; ')>", "deck; engine"),
            ("<+list.split(',').size()>", "=2"),
            ("<+list.split('.')>", "<+list.split('.')>, which Deployline does not compute"),
            ("<+list.split('\\,')>", "2 items [deck, engine]"),
            ("<+na<+key>>", "Shop"),
            ("<+input>.default(a,b)", "a,b"),
            ("<+nothing.default(\"x\")>", "x"),
            ("<+name.replace('S', 'Ch').trim().substring(0, 3)>", "Chh"),
            ("<+name == \"Shop\" ? 'a' : 'b'>", "a"),
            ("<+(count > 9) && !(count >= 11)>", "=true"),
            ("${{ name }}", "Shop"),
            ("a ${{name}}.json", "a Shop.json"),
            ("${{ count > 9 && list.contains('deck') }}", "=true"),
            ("${{ <+name> == 'Shop' ? '}}' : 'b' }}", "}}"),
            ("${{ trigger.type", "${{ trigger.type"),
            ("x <+trigger.type>", "<+trigger.type>, which only a run knows"),
            ("<+currentDate().plusDays(1)>", "<+currentDate(…)>, which only a run knows"),
            ("<+nothing>", "<+nothing>, which does not exist"),
            ("<+name", "<+name"),
            ("<+name ~ 2>", "<+name ~ 2>, which Deployline does not compute"),
        ] {
            assert_eq!(shown(evaluate(text, &mut Table(0, Vec::new()))), expected, "{text}");
        }
    }

    #[test]
    fn a_condition_is_true_or_false_or_names_what_is_missing() {
        let run = "<+trigger.type>, which only a run knows";
        for (text, expected) in [
            ("true", "true"),
            ("\"false\"", "false"),
            ("<+name> == \"Shop\"", "true"),
            ("\"<+name>\" == 'Shop'", "true"),
            ("<+name>==\"shop\" || <+count> != 10", "false"),
            ("<+count> > 9 && <+count> <= 10.0", "true"),
            ("<+count> < 9", "false"),
            ("<+<+name> == \"Shop\">", "true"),
            ("<+name> =~ \"Sh.*\" && <+name> =^ \"S\" && <+name> =$ \"p\"", "true"),
            ("<+name> !~ \"dev|qa\"", "true"),
            ("<+name> =~ [\"a\", \"Shop\"]", "true"),
            ("!(<+name.contains(\"ho\")>)", "false"),
            ("!<+name>.isEmpty()", "true"),
            ("${{ name == \"Shop\" }} && ${{ count < 11 }}", "true"),
            ("${{ trigger.type == \"X\" }}", "${{ trigger.type }}, which only a run knows"),
            ("${{ <+trigger.type> == \"X\" }}", run),
            ("${{ trigger.type.trim() == \"X\" }}", "${{ trigger.type }}, which only a run knows"),
            ("<+nothing> == \"x\"", "false"),
            ("<+nothing> == null", "true"),
            ("<+nothing>", "false"),
            ("false && <+trigger.type> == \"X\"", "false"),
            ("<+trigger.type> == \"X\" || true", "true"),
            ("true && <+trigger.type> == \"X\"", run),
            ("<+trigger.type> == \"X\" ? true : false", run),
            ("<+name>", "<+name>, which is neither true nor false"),
            ("<+input>", "<+input>, a runtime input without a value"),
            ("empty(\"\")", "empty(…), which Deployline does not compute"),
            ("name == \"Shop\"", "name, which Deployline does not compute"),
            ("<+name> =~ \"[A-Z]+\"", "<+name> =~ \"[A-Z]+\", which Deployline does not compute"),
            ("<+name> == ", "<+name> ==, which Deployline does not compute"),
            (
                "<+name> == \"Shop\" and <+count> > 1",
                "and <+count> > 1, which Deployline does not compute",
            ),
            ("<+name> == \"Shop\" && ?", "?, which Deployline does not compute"),
            ("", ", which Deployline does not compute"),
        ] {
            let found = match condition(text, &mut Table(0, Vec::new())) {
                Ok(found) => found.to_string(),
                Err(missing) => format!("{}, {}", missing.part, missing.reason()),
            };
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn a_text_compared_with_a_flag_is_noted() {
        for (text, expected, noted) in [
            ("<+yes> == true", true, &["yes"][..]),
            ("<+yes> == false", false, &["yes"]),
            ("\"true\" == true", true, &[]),
            ("<+yes> == \"true\"", false, &[]),
        ] {
            let mut scope = Table(0, Vec::new());
            assert_eq!(condition(text, &mut scope), Ok(expected), "{text}");
            assert_eq!(scope.1, noted, "{text}");
        }
    }

    #[test]
    fn hostile_texts_end_quickly() {
        let long = |part: &str| part.repeat((1 << 18) / part.len());
        for text in [
            long("("),
            long("!"),
            long("<+"),
            long("${{"),
            long("\""),
            long("\"<+"),
            long("<+name> && "),
            long("[1,"),
            long("a?b:"),
            format!("<+name{}>", long(".replace('S', 'SS')")),
            format!("<+name{}>", long(".trim()")),
            format!("<+list.split(','){}>", long("[0]")),
            format!("<+na{}>", long("<+key>")),
        ] {
            let mut scope = Table(0, Vec::new());
            let found = condition(&text, &mut scope);
            assert!(found.is_err(), "{}", &text[..20]);
            let _value = evaluate(&text, &mut Table(0, Vec::new()));
        }
        let mut scope = Table(0, Vec::new());
        assert_eq!(condition(&format!("{}true", long("true && ")), &mut scope), Ok(true));
    }
}
