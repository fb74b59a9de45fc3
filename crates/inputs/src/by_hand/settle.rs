//! An analysis with answers in it, as if these stood at the places that they answer.

use deployline_engine::{Limit, Parallel, ParallelSource, Work};
use deployline_planner::{Analysis, BY_HAND};
use deployline_span::Span;

use super::ByHand;

/// Moves what points into the text made from answers to the places of the main text.
pub fn settle(analysis: &mut Analysis, by_hand: &ByHand) {
    analysis.diagnostics.retain_mut(|diagnostic| {
        diagnostic.related.retain(|related| related.span.source != BY_HAND);
        move_span(&mut diagnostic.span, by_hand)
    });
    for stage in &mut analysis.plan.pipeline.stages {
        let whole = stage.span;
        let or_stage = |span: &mut Span| {
            if !move_span(span, by_hand) {
                *span = whole;
            }
        };
        let limit = |limit: &mut Option<Limit>| {
            limit.iter_mut().for_each(|limit| or_stage(&mut limit.span));
        };
        if let Some(looping) = &mut stage.looping {
            limit(&mut looping.written_limit);
        }
        let Work::Deploy(deploy) = &mut stage.work else { continue };
        limit(&mut deploy.max_concurrency);
        deploy.services.items.iter_mut().for_each(|service| or_stage(&mut service.span));
        deploy.targets.items.iter_mut().for_each(|target| or_stage(&mut target.span));
        let flags = [&mut deploy.services.parallel, &mut deploy.targets.parallel];
        for Parallel { source, .. } in flags.into_iter().flatten() {
            move_source(source, &or_stage);
        }
        // What was made is nobody's to edit.
        let is_written = |list: Span| list.source != BY_HAND;
        deploy.services.flag = deploy.services.flag.filter(|flag| is_written(flag.list));
        deploy.targets.flag = deploy.targets.flag.filter(|flag| is_written(flag.list));
    }
}

fn move_source(source: &mut ParallelSource, or_stage: &impl Fn(&mut Span)) {
    match source {
        ParallelSource::Written(span)
        | ParallelSource::Expression(span)
        | ParallelSource::Rejected(span) => or_stage(span),
        ParallelSource::Default | ParallelSource::AlwaysForGroup => {}
    }
}

/// Whether a span is one of the main text, or has been moved there.
fn move_span(span: &mut Span, by_hand: &ByHand) -> bool {
    if span.source != BY_HAND {
        return true;
    }
    let place = by_hand.source_map.iter().find(|(range, _)| range.contains(&span.start));
    if let Some((_, answered)) = place {
        *span = *answered;
    }
    place.is_some()
}
