//! Reading a text, at once or in steps, for who has other things to do between them.

use deployline_span::SourceId;
use granit_parser::{Options, Parser, ScanError, StrInput, options};

use crate::builder::{Builder, Step};
use crate::parsed::{Parsed, finish, too_many_bytes};
use crate::problem::Problem;
use crate::{Budget, messages, recover};

/// Reads YAML with the default [`Budget`].
pub fn parse(text: &str) -> Parsed {
    parse_with(text, SourceId::default(), Budget::default())
}

/// Reads YAML as the text numbered `source`, within `budget`. Never fails: what can't be read is
/// left out and reported in the diagnostics.
pub fn parse_with(text: &str, source: SourceId, budget: Budget) -> Parsed {
    let mut reading = Reading::new(text, source, budget);
    loop {
        let mut round = reading.round();
        while round.step() {}
        let ended = round.end();
        if let Some(parsed) = reading.take(ended) {
            return parsed;
        }
    }
}

/// Most bytes that all rounds together read.
const ALL_ROUNDS_BYTES: usize = 8 << 20;
/// Most events of a step: some milliseconds.
const EVENTS_OF_A_STEP: usize = 1_000;

/// A text while it is read, in rounds: each sets one offending place aside, and the next reads again.
///
/// ```
/// use deployline_yaml::{Budget, Reading};
/// let mut reading = Reading::new("a: 1\n", Default::default(), Budget::default());
/// let parsed = loop {
///     let mut round = reading.round();
///     while round.step() {
///         // Others have their turn.
///     }
///     let ended = round.end();
///     if let Some(parsed) = reading.take(ended) {
///         break parsed;
///     }
/// };
/// assert_eq!(parsed.documents.len(), 1);
/// ```
pub struct Reading<'a> {
    text: &'a str,
    /// The text with spaces in the places that were set aside.
    readable: Option<String>,
    source: SourceId,
    budget: Budget,
    /// Rounds that may set a place aside. The last one reads around all that are left.
    rounds_left: usize,
    problems: Vec<Problem>,
}

impl<'a> Reading<'a> {
    /// Begins to read `text` as the one numbered `source`, within `budget`.
    pub fn new(text: &'a str, source: SourceId, budget: Budget) -> Self {
        // Long texts get fewer rounds, so that a text full of errors costs a bounded multiple of a correct one.
        let rounds_left = (ALL_ROUNDS_BYTES / text.len().max(1)).clamp(2, 24);
        Self { text, readable: None, source, budget, rounds_left, problems: Vec::new() }
    }

    /// Begins the next round.
    pub fn round(&self) -> Round<'_> {
        let text = if self.is_too_large() { "" } else { self.current() };
        Round {
            text,
            events: Parser::new_from_str_with_options(text, reader_options()),
            builder: Builder::new(self.source, self.budget),
            is_last: self.rounds_left == 0,
            problems: Vec::new(),
        }
    }

    /// Takes what a round has read; gives the result where that was the last one.
    pub fn take(&mut self, ended: EndedRound) -> Option<Parsed> {
        if self.is_too_large() {
            return Some(too_many_bytes(self.text, self.source, self.budget));
        }
        let EndedRound { builder, problems, is_last } = ended;
        let masked = match problems.first() {
            Some(problem) if !is_last => Some(recover::mask(self.current(), problem)),
            _ => None,
        };
        self.problems.extend(problems);
        let Some(masked) = masked else {
            let problems = std::mem::take(&mut self.problems);
            return Some(finish(builder, problems, self.text, self.current()));
        };
        self.rounds_left = if masked.is_some() { self.rounds_left.saturating_sub(1) } else { 0 };
        self.readable = masked.or(self.readable.take());
        None
    }

    fn current(&self) -> &str {
        self.readable.as_deref().unwrap_or(self.text)
    }

    fn is_too_large(&self) -> bool {
        self.text.len() > self.budget.bytes
    }
}

/// A round of a [`Reading`].
pub struct Round<'a> {
    text: &'a str,
    events: Parser<'a, StrInput<'a>>,
    builder: Builder,
    is_last: bool,
    problems: Vec<Problem>,
}

/// What a round has read.
pub struct EndedRound {
    builder: Builder,
    problems: Vec<Problem>,
    is_last: bool,
}

impl Round<'_> {
    /// Reads for some milliseconds; `false` where the round has ended.
    pub fn step(&mut self) -> bool {
        for _ in 0..EVENTS_OF_A_STEP {
            let goes_on = match self.events.next_event() {
                Some(Ok((event, span))) => self.builder.event(&event, &span) == Step::Continue,
                Some(Err(error)) => self.set_aside(&error),
                None => false,
            };
            if !goes_on {
                self.builder.finish_document();
                return false;
            }
        }
        true
    }

    /// Ends it.
    pub fn end(self) -> EndedRound {
        EndedRound { builder: self.builder, problems: self.problems, is_last: self.is_last }
    }

    /// The last round keeps each document as far as it can be read; any other ends at the first error.
    fn set_aside(&mut self, error: &ScanError) -> bool {
        let offset = error_offset(self.text, error);
        self.problems.push(messages::problem(self.text, error.kind(), offset));
        if self.is_last {
            self.builder.rests.push(offset);
            self.builder.finish_document();
        }
        self.is_last && matches!(self.events.proceed_next_document(), Ok(true))
    }
}

fn reader_options() -> Options {
    options! { emit_unresolved_aliases: true }
}

fn error_offset(text: &str, error: &ScanError) -> usize {
    error.marker().byte_offset().unwrap_or(text.len()).min(text.len())
}
