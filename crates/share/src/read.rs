//! A state from bytes.

use deployline_engine::{At, AxisName, DurationKey, Ms};
use deployline_timeline::{ColorBy, GroupId, Rows, TimeWindow};

use crate::{CRC_32, LinkError, MOST_BYTES, Shared, Source, Text, line};

/// Reads what [`crate::write`] wrote.
///
/// Lines that begin with a word which is not known are passed over: a later program may say more in
/// the same version.
///
/// # Errors
/// Where the bytes are more than [`MOST_BYTES`], or not as they were written.
pub fn read(bytes: &[u8]) -> Result<Shared, LinkError> {
    if bytes.len() > MOST_BYTES {
        return Err(LinkError::TooLarge);
    }
    read_all(bytes).ok_or(LinkError::Damaged)
}

fn read_all(bytes: &[u8]) -> Option<Shared> {
    let (checksum, rest) = std::str::from_utf8(bytes).ok()?.split_once('\n')?;
    if checksum != format!("{:08x}", CRC_32.checksum(rest.as_bytes())) {
        return None;
    }
    let mut shared = Shared::default();
    let mut rest = rest;
    // The lengths of the texts, which follow in the same order.
    let mut lengths = Vec::new();
    loop {
        let (head, after) = rest.split_once('\n')?;
        rest = after;
        if head.is_empty() {
            break;
        }
        let words = line::words(head)?;
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match words[..] {
            ["pinned"] => shared.pinned = Some(Source::default()),
            ["text", length, name] => {
                lengths.push(length.parse::<usize>().ok()?);
                let text = Text { name: name.to_owned(), text: String::new() };
                last_source(&mut shared).texts.push(text);
            }
            _ => read_line(&mut shared, &words)?,
        }
    }
    let Shared { plan, pinned, .. } = &mut shared;
    let sources = std::iter::once(plan).chain(pinned);
    let texts = sources.flat_map(|source| &mut source.texts);
    for (text, length) in texts.zip(lengths) {
        let (here, after) = rest.split_at_checked(length)?;
        text.text = here.to_owned();
        rest = after;
    }
    rest.is_empty().then_some(shared)
}

/// The source that a line speaks of.
fn last_source(shared: &mut Shared) -> &mut Source {
    shared.pinned.as_mut().unwrap_or(&mut shared.plan)
}

fn read_line(shared: &mut Shared, words: &[&str]) -> Option<()> {
    if let Some(()) = read_look(shared, words)? {
        return Some(());
    }
    let source = last_source(shared);
    let assumptions = &mut source.assumptions;
    match *words {
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
        ["duration", ms] => assumptions.duration = Ms(ms.parse().ok()?),
        ["takes", ms, ref key @ ..] => {
            assumptions.durations.insert(duration_key(key)?, Ms(ms.parse().ok()?));
        }
        ["uneven", seed] => assumptions.uneven = Some(seed.parse().ok()?),
        ["account-limit", limit] => {
            // A run that lets none start never ends.
            let limit = limit.parse().ok().filter(|limit| *limit > 0)?;
            assumptions.account_limit = Some(limit);
        }
        ["fails", stage, index] => {
            assumptions.failures.insert((stage.to_owned(), index.parse().ok()?));
        }
        _ => {}
    }
    Some(())
}

fn duration_key(words: &[&str]) -> Option<DurationKey> {
    let text = |word: &str| word.to_owned();
    Some(match *words {
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
        ["deployment", stage, index] => DurationKey::Deployment(text(stage), index.parse().ok()?),
        _ => return None,
    })
}

/// `Some(None)` for a line that is not about the look.
fn read_look(shared: &mut Shared, words: &[&str]) -> Option<Option<()>> {
    let look = &mut shared.look;
    let arrangement = &mut look.arrangement;
    match *words {
        ["rows", rows] => {
            arrangement.rows = match rows {
                "lanes" => Rows::Lanes,
                "services" => Rows::Services,
                "targets" => Rows::Targets,
                _ => return None,
            };
        }
        ["color", color] => {
            arrangement.color_by = match color {
                "environment" => ColorBy::Environment,
                "status" => ColorBy::Status,
                _ => return None,
            };
        }
        ["filter", filter] => arrangement.filter = filter.to_owned(),
        ["folded", ref group @ ..] => {
            arrangement.collapsed.insert(group_id(group)?);
        }
        ["window", from, to] => {
            let (from, to) = (Ms(from.parse().ok()?), Ms(to.parse().ok()?));
            look.window = Some(TimeWindow { from, to });
        }
        ["critical-path"] => look.shows_critical_path = true,
        ["waves"] => look.is_waves = true,
        ["picked", stage, index] => {
            look.selection = Some(At { stage: stage.parse().ok()?, index: index.parse().ok()? });
        }
        _ => return Some(None),
    }
    Some(Some(()))
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
