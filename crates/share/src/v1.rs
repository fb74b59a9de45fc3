//! Links of version 1, which are only read. The appendix of `docs/link.md` has the format.

use deployline_engine::{AxisName, DeploymentId, DurationKey, Failure};
use deployline_timeline::{ColorBy, GroupId, Rows};

use crate::bounds::{Bounds, Number};
use crate::json::Json;
use crate::{CRC_32, LinkState, PlanSource, Text, View};

/// Reads a payload: a checksum, lines of words parted by tabs, an empty line, and the texts. `None`
/// where it is damaged.
///
/// Lines that begin with a word which is not known are passed over.
pub(crate) fn read(payload: &[u8], bounds: &mut Bounds) -> Option<LinkState> {
    let (checksum, rest) = std::str::from_utf8(payload).ok()?.split_once('\n')?;
    if checksum != format!("{:08x}", CRC_32.checksum(rest.as_bytes())) {
        return None;
    }
    let (mut state, mut text_lengths, mut rest) = (LinkState::default(), Vec::new(), rest);
    loop {
        let line;
        (line, rest) = rest.split_once('\n')?;
        if line.is_empty() {
            break;
        }
        let words = line.split('\t').map(unescape).collect::<Option<Vec<_>>>()?;
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match words[..] {
            ["pinned"] => state.pinned = Some(PlanSource::default()),
            ["text", length, _] => text_lengths.push(length.parse::<usize>().ok()?),
            _ => {}
        }
        // All lines behind `pinned` are about that plan.
        read_plan_line(state.pinned.as_mut().unwrap_or(&mut state.plan), &words, bounds)?;
        read_view_line(&mut state.view, &words, bounds)?;
    }
    let LinkState { plan, pinned, .. } = &mut state;
    let texts = std::iter::once(plan).chain(pinned).flat_map(|source| &mut source.texts);
    for (text, length) in texts.zip(text_lengths) {
        let (this, after) = rest.split_at_checked(length)?;
        text.text = this.to_owned();
        rest = after;
    }
    rest.is_empty().then_some(state)
}

fn unescape(word: &str) -> Option<String> {
    let mut out = String::with_capacity(word.len());
    let mut chars = word.chars();
    while let Some(c) = chars.next() {
        out.push(match c {
            '\\' => match chars.next()? {
                '\\' => '\\',
                't' => '\t',
                'n' => '\n',
                _ => return None,
            },
            c => c,
        });
    }
    Some(out)
}

/// `None` for a line that is wrong.
fn read_plan_line(source: &mut PlanSource, words: &[&str], bounds: &mut Bounds) -> Option<()> {
    let assumptions = &mut source.assumptions;
    match *words {
        ["text", _, name] => {
            source.texts.push(Text { name: name.to_owned(), text: String::new() });
        }
        ["parallel", stage, axis, is_parallel] => {
            let axis = match axis {
                "services" => AxisName::Services,
                "targets" => AxisName::Targets,
                _ => return None,
            };
            source.inputs.parallel.insert((stage.to_owned(), axis), is_parallel == "yes");
        }
        ["answer", key, value] => {
            source.answers.insert(key.to_owned(), value.to_owned());
        }
        ["duration", ms] => {
            assumptions.duration = bounds.duration("duration", number(ms)?);
        }
        ["takes", ms, ref key @ ..] => {
            let ms = number(ms)?;
            if let Some(key) = duration_key(key, bounds)? {
                assumptions.durations.insert(key, bounds.duration("takes", ms));
            }
        }
        ["uneven", seed] => assumptions.uneven = Some(bounds.seed(number(seed)?)),
        ["account-limit", limit] => {
            assumptions.account_limit = bounds.account_limit(number(limit)?);
        }
        ["fails", stage, index] => {
            if let Some(index) = bounds.position("fails", number(index)?) {
                assumptions.failures.insert((stage.to_owned(), index), Failure::default());
            }
        }
        _ => {}
    }
    Some(())
}

fn number(word: &str) -> Option<Number> {
    // A number as JSON has it. Of bytes, as the payload of version 2: a reader of `str` is one more.
    match serde_json::from_slice(word.as_bytes()).ok()? {
        Json::Number(number) => Some(number),
        _ => None,
    }
}

/// `Some(None)` for a position that none can have.
fn duration_key(words: &[&str], bounds: &mut Bounds) -> Option<Option<DurationKey>> {
    let text = |word: &str| word.to_owned();
    Some(Some(match *words {
        ["stage", stage] => DurationKey::Stage(text(stage)),
        ["infrastructure", infrastructure] => DurationKey::Infrastructure(text(infrastructure)),
        ["target", environment, infrastructure] => {
            DurationKey::Target(text(environment), text(infrastructure))
        }
        ["service", service] => DurationKey::Service(text(service)),
        ["service-infrastructure", service, infrastructure] => {
            DurationKey::ServiceInfrastructure(text(service), text(infrastructure))
        }
        ["service-target", service, environment, infrastructure] => {
            DurationKey::ServiceTarget(text(service), text(environment), text(infrastructure))
        }
        ["deployment", stage, index] => {
            let index = bounds.position("takes", number(index)?);
            return Some(index.map(|index| DurationKey::Deployment(text(stage), index)));
        }
        _ => return None,
    }))
}

/// `None` for a line that is wrong.
fn read_view_line(view: &mut View, words: &[&str], bounds: &mut Bounds) -> Option<()> {
    let arrangement = &mut view.arrangement;
    match *words {
        ["rows", rows] => arrangement.rows = Rows::from_word(rows)?,
        ["color", color] => arrangement.color_by = ColorBy::from_word(color)?,
        ["filter", filter] => arrangement.filter = filter.to_owned(),
        ["folded", ref group @ ..] => {
            arrangement.collapsed.insert(group_id(group)?);
        }
        ["window", from, to] => {
            view.window = bounds.window(number(from)?, number(to)?);
        }
        ["critical-path"] => view.shows_critical_path = true,
        ["waves"] => view.is_waves = true,
        ["picked", stage, index] => {
            let stage = bounds.position("picked", number(stage)?);
            let index = bounds.position("picked", number(index)?);
            view.selection = stage.zip(index).map(|(stage, index)| DeploymentId { stage, index });
        }
        _ => {}
    }
    Some(())
}

fn group_id(words: &[&str]) -> Option<GroupId> {
    let text = |word: &str| word.to_owned();
    Some(match *words {
        ["stage", stage] => GroupId::Stage(text(stage)),
        ["service", stage, service] => {
            GroupId::Service { stage: text(stage), service: text(service) }
        }
        ["environment", stage, environment] => {
            GroupId::Environment { stage: text(stage), environment: text(environment) }
        }
        ["infrastructure", stage, environment, infrastructure] => GroupId::Infrastructure {
            stage: text(stage),
            environment: text(environment),
            infrastructure: text(infrastructure),
        },
        _ => return None,
    })
}
