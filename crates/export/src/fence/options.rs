//! Options of a fence, behind its first word: `view=lanes, duration=5m live`.

use deployline_engine::{AccountPlan, Assumptions, DurationKey, Ms};
use deployline_map::Map;
use deployline_timeline::svg::Theme;
use deployline_timeline::{ColorBy, Rows};

use crate::Look;

/// A picture in a document: as wide as a column of text, and no longer than people scroll.
const LOOK: Look = Look {
    rows: Rows::Order,
    color_by: ColorBy::Service,
    theme: Theme::System,
    width: 760.0,
    max_rows: super::MAX_ROWS,
};

/// Options of a fence.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// The picture.
    pub look: Look,
    /// Limit of its height in pixels; a higher picture scrolls.
    pub height: Option<u32>,
    /// Assumptions about the run.
    pub assumptions: Assumptions,
    /// `true` for a live element around it.
    pub is_live: bool,
    /// Attributes of the live element: names and values, as they were given.
    pub given: Vec<(&'static str, String)>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            look: LOOK,
            height: None,
            assumptions: Assumptions::default(),
            is_live: false,
            given: Vec::new(),
        }
    }
}

impl Options {
    /// Reads the options behind the first word, and returns the mistakes in them.
    ///
    /// Options are parted by blanks or commas; a value with either of them stands in quotes.
    ///
    /// ```
    /// use deployline_export::fence::Options;
    /// let (options, mistakes) = Options::parse(r#"view=lanes durations="cart=2m, @eu-1=90s" live"#);
    /// assert_eq!(mistakes, [""; 0]);
    /// assert_eq!((options.is_live, options.assumptions.durations.len()), (true, 2));
    /// ```
    pub fn parse(info: &str) -> (Self, Vec<String>) {
        let mut options = Self::default();
        let mut mistakes = Vec::new();
        for (name, value) in words(info) {
            if let Err(mistake) = options.set(&name, &value) {
                mistakes.push(mistake);
            }
        }
        (options, mistakes)
    }

    /// Sets one of them.
    ///
    /// # Errors
    /// Fails if there is no such option or it can't have this value; says which values it takes.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), String> {
        let name = match name {
            "view" => {
                self.look.rows = one_of(name, value, &Rows::ALL.map(|it| (it.as_str(), it)))?;
                "view"
            }
            "color" => {
                self.look.color_by =
                    one_of(name, value, &ColorBy::ALL.map(|it| (it.as_str(), it)))?;
                "color"
            }
            "theme" => {
                self.look.theme = one_of(name, value, &Theme::ALL.map(|it| (it.as_str(), it)))?;
                "theme"
            }
            "height" => {
                let pixels = value.parse().ok().filter(|pixels| (80..=10_000).contains(pixels));
                let expected = "`height` takes a number of pixels from 80 to 10000";
                self.height = Some(pixels.ok_or_else(|| not(value, expected))?);
                "height"
            }
            "duration" => {
                self.assumptions.duration = value.parse().map_err(|error| format!("{error}"))?;
                "duration"
            }
            "durations" => {
                self.assumptions.durations = durations(value)?;
                "durations"
            }
            "account-plan" => {
                let plans = AccountPlan::ALL.map(|plan| (plan.as_str(), plan));
                self.assumptions.account_plan = one_of(name, value, &plans)?;
                "account-plan"
            }
            "live" => {
                self.is_live =
                    one_of(name, value, &[("live", true), ("true", true), ("false", false)])?;
                return Ok(());
            }
            _ => {
                return Err(not(
                    name,
                    "the options are view, color, theme, height, duration, durations, account-plan and \
                     live",
                ));
            }
        };
        self.given.retain(|(given, _)| *given != name);
        self.given.push((name, value.to_owned()));
        Ok(())
    }
}

fn one_of<T: Copy>(name: &str, value: &str, all: &[(&str, T)]) -> Result<T, String> {
    all.iter().find(|(word, _)| *word == value).map(|(_, found)| *found).ok_or_else(|| {
        let words: Vec<&str> = all.iter().map(|(word, _)| *word).collect();
        not(value, &format!("`{name}` takes {}", words.join(", ")))
    })
}

fn not(found: &str, expected: &str) -> String {
    format!("`{found}` is not known here: {expected}")
}

/// `cart=2m, @prod/eu-1=90s`; keys as everywhere, so that the last `=` ends them.
fn durations(value: &str) -> Result<Map<DurationKey, Ms>, String> {
    let parts = value.split(',').map(str::trim).filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let expected = "`durations` takes a list as in `cart=2m, @prod/eu-1=90s`";
            let (key, duration) = part.rsplit_once('=').ok_or_else(|| not(part, expected))?;
            let duration = duration.parse::<Ms>().map_err(|error| error.to_string())?;
            Ok((DurationKey::from_text(key.trim()), duration))
        })
        .collect()
}

/// Names and values; a name alone is its own value.
fn words(info: &str) -> Vec<(String, String)> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut quote = None;
    for c in info.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), c) => word.push(c),
            (None, '"' | '\'') => quote = Some(c),
            (None, c) if c == ',' || c.is_whitespace() => words.push(std::mem::take(&mut word)),
            (None, c) => word.push(c),
        }
    }
    words.push(word);
    let words = words.into_iter().filter(|word| !word.is_empty());
    let pairs = words.map(|word| match word.split_once('=') {
        Some((name, value)) => (name.to_owned(), value.to_owned()),
        None => (word.clone(), word),
    });
    pairs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_parted_by_blanks_or_commas() {
        for info in [
            "view=lanes theme=dark live",
            ",view=lanes,theme=dark,live",
            " view='lanes' theme=\"dark\",live=true",
        ] {
            let (options, mistakes) = Options::parse(info);
            assert_eq!(mistakes, [""; 0], "{info}");
            assert_eq!(
                (options.look.rows, options.look.theme),
                (Rows::Lanes, Theme::Dark),
                "{info}"
            );
            assert!(options.is_live, "{info}");
            assert_eq!(options.given, [("view", "lanes".to_owned()), ("theme", "dark".to_owned())]);
        }
        assert_eq!(Options::parse("").0, Options::default());
    }

    #[test]
    fn assumptions_have_the_keys_they_have_everywhere() {
        let (options, mistakes) = Options::parse(
            "duration=5m account-plan=team durations=\"cart=2m, a=b@prod/eu-1=1h30m, stage:deploy#2=7s\"",
        );
        assert_eq!(mistakes, [""; 0]);
        assert_eq!(options.assumptions.duration, Ms(300_000));
        assert_eq!(options.assumptions.account_plan, AccountPlan::Team);
        let keys: Vec<String> =
            options.assumptions.durations.keys().map(ToString::to_string).collect();
        assert_eq!(keys, ["cart", "a=b@prod/eu-1", "stage:deploy#2"]);
    }

    #[test]
    fn what_makes_no_sense_is_named() {
        for (info, expected) in [
            ("veiw=lanes", "`veiw` is not known here: the options are view,"),
            ("view=rows", "`rows` is not known here: `view` takes order, lanes, services, targets"),
            ("height=5", "`5` is not known here: `height` takes a number of pixels"),
            ("duration=soon", "`soon` is no duration"),
            ("account-plan=gold", "`gold` is not known here: `account-plan` takes free, team,"),
            ("durations=cart", "`cart` is not known here: `durations` takes a list"),
            ("live=yes", "`yes` is not known here: `live` takes live, true, false"),
        ] {
            let (options, mistakes) = Options::parse(info);
            assert_eq!(mistakes.len(), 1, "{info}");
            assert!(mistakes[0].starts_with(expected), "{mistakes:?}");
            assert_eq!(options, Options::default(), "{info}");
        }
    }
}
