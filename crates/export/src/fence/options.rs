//! Options of a fence, behind its first word: `view=lanes, duration=5m live`.

use deployline_engine::{AccountPlan, Assumptions, DurationKey, Ms};
use deployline_map::Map;
use deployline_planner::{Inputs, assumed};
use deployline_timeline::svg::Theme;
use deployline_timeline::{ColorBy, Rows};

use crate::Look;

/// A picture in a document: as wide as a column of text, and no longer than people scroll.
const LOOK: Look = Look {
    rows: Rows::Order,
    color_by: ColorBy::Service,
    shows_steps: false,
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
    /// Assumptions about the run, but for those of `assume`.
    pub assumptions: Assumptions,
    /// Keys and values of `assume`.
    pub assumed: Vec<(String, String)>,
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
            assumed: Vec::new(),
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

    /// Everything that is assumed.
    pub fn assume(&self) -> (Inputs, Assumptions) {
        let (mut inputs, mut assumptions) = (Inputs::default(), self.assumptions.clone());
        for (key, value) in &self.assumed {
            // Each was read as it was given.
            let _ = assumed::set(key, value, &mut inputs, &mut assumptions);
        }
        (inputs, assumptions)
    }

    /// Sets one of them; `fail` and `assume` add to what they have.
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
            "steps" => {
                self.look.shows_steps = match value {
                    // An attribute of HTML without a value has an empty one.
                    "" | "steps" | "true" => true,
                    "false" => false,
                    _ => return Err(not(value, "`steps` takes true, false")),
                };
                "steps"
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
            "account-limit" => {
                self.assumptions.account_limit = assumed::account_limit(value)?;
                "account-limit"
            }
            "uneven" => {
                let expected = "`uneven` takes a whole number";
                self.assumptions.uneven = Some(value.parse().map_err(|_| not(value, expected))?);
                "uneven"
            }
            "fail" => {
                let failures: Result<Vec<_>, String> =
                    value.split_whitespace().map(assumed::failure).collect();
                for (at, failure) in failures? {
                    self.assumptions.failures.insert(at, failure);
                }
                self.add_given("fail", value);
                return Ok(());
            }
            "assume" => {
                let pairs: Result<Vec<_>, String> =
                    value.split_whitespace().map(assumed::pair).collect();
                self.assumed.extend(pairs?);
                self.add_given("assume", value);
                return Ok(());
            }
            "error" | "step" | "succeeds-at" => {
                return Err(format!(
                    "`{name}` is a part of `fail`, which needs quotes then: \
                     `fail=\"deploy:3,error=Timeout,step=roll,succeeds-at=2\"`"
                ));
            }
            "live" => {
                self.is_live =
                    one_of(name, value, &[("live", true), ("true", true), ("false", false)])?;
                return Ok(());
            }
            _ => {
                return Err(not(
                    name,
                    "the options are view, color, steps, theme, height, duration, durations, uneven, fail, \
                     account-plan, account-limit, assume and live",
                ));
            }
        };
        self.given.retain(|(given, _)| *given != name);
        self.given.push((name, value.to_owned()));
        Ok(())
    }

    /// Adds a value to those that an option has.
    fn add_given(&mut self, name: &'static str, value: &str) {
        match self.given.iter_mut().find(|(given, _)| *given == name) {
            Some((_, values)) => *values = format!("{values} {value}"),
            None => self.given.push((name, value.to_owned())),
        }
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
    fn failures_and_assumptions_are_those_of_the_command_line() {
        let (options, mistakes) = Options::parse(
            "fail=\"a:0 a:1,error=Timeout,step=roll,succeeds-at=2\" fail=b:2 uneven=7 account-limit=3 \
             assume=rollback=30s assume=\"when:a=false parallel:a/services=true\"",
        );
        assert_eq!(mistakes, [""; 0]);
        let (inputs, assumptions) = options.assume();
        let failing: Vec<String> =
            assumptions.failures.keys().map(|(stage, index)| format!("{stage}:{index}")).collect();
        assert_eq!(failing, ["a:0", "a:1", "b:2"]);
        assert_eq!(
            assumptions.failures.get(&("a".to_owned(), 1)).and_then(|it| it.succeeds_at),
            Some(2)
        );
        assert_eq!((assumptions.uneven, assumptions.account_limit), (Some(7), Some(3)));
        assert_eq!(assumptions.rollback, Some(Ms(30_000)));
        assert_eq!(inputs.conditions.get("a"), Some(&false));
        assert_eq!(inputs.parallel.len(), 1);
        let expected = [
            ("fail", "a:0 a:1,error=Timeout,step=roll,succeeds-at=2 b:2"),
            ("uneven", "7"),
            ("account-limit", "3"),
            ("assume", "rollback=30s when:a=false parallel:a/services=true"),
        ];
        assert_eq!(options.given, expected.map(|(name, value)| (name, value.to_owned())));
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
            ("fail=deploy", "expected a stage's identifier and an index from 0, as in `deploy:3`"),
            (
                "fail=\"a:0,error=Timeot\"",
                "`Timeot` is no type of error, expected AllErrors or one of",
            ),
            ("succeeds-at=2", "`succeeds-at` is a part of `fail`, which needs quotes then"),
            ("uneven=very", "`very` is not known here: `uneven` takes a whole number"),
            ("account-limit=0", "`0` is no limit, expected a whole number from 1, or none"),
            (
                "assume=plan=free",
                "unknown key `plan`, expected one of account-plan, account-limit,",
            ),
            ("assume=gold", "expected a key and a value, as in `account-plan=team`"),
            ("live=yes", "`yes` is not known here: `live` takes live, true, false"),
        ] {
            let (options, mistakes) = Options::parse(info);
            assert_eq!(mistakes.len(), 1, "{info}");
            assert!(mistakes[0].starts_with(expected), "{mistakes:?}");
            assert_eq!(options, Options::default(), "{info}");
        }
    }
}
