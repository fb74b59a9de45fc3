//! Spans in the documents made from answers, mapped to the places that they answer.

use deployline_engine::{Limit, Parallel, ParallelSource, Work};
use deployline_planner::{ANSWERS, Analysis};
use deployline_span::Span;
use deployline_yaml::Diagnostic;

use super::document::AnswerDocuments;

/// Moves the spans of an analysis that point into the documents to the places of the main text.
pub fn relocate(analysis: &mut Analysis, documents: &AnswerDocuments) {
    relocate_diagnostics(&mut analysis.diagnostics, documents);
    for stage in &mut analysis.plan.pipeline.stages {
        let whole = stage.span;
        let or_stage = |span: &mut Span| {
            if !move_span(span, documents) {
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
        // Only the main text can be edited.
        let is_written = |list: Span| list.source != ANSWERS;
        deploy.services.flag = deploy.services.flag.filter(|flag| is_written(flag.list));
        deploy.targets.flag = deploy.targets.flag.filter(|flag| is_written(flag.list));
    }
}

/// Moves diagnostics to the places of the answers they are about; those of no answer are left out.
pub fn relocate_diagnostics(diagnostics: &mut Vec<Diagnostic>, documents: &AnswerDocuments) {
    diagnostics.retain_mut(|diagnostic| {
        diagnostic.related.retain(|related| related.span.source != ANSWERS);
        move_span(&mut diagnostic.span, documents)
    });
}

fn move_source(source: &mut ParallelSource, or_stage: &impl Fn(&mut Span)) {
    match source {
        ParallelSource::Written(span)
        | ParallelSource::Expression(span)
        | ParallelSource::Rejected(span) => or_stage(span),
        ParallelSource::Default | ParallelSource::AlwaysForGroup => {}
    }
}

/// Moves a span to the main text; false where it is of no answer.
fn move_span(span: &mut Span, documents: &AnswerDocuments) -> bool {
    if span.source != ANSWERS {
        return true;
    }
    let place = documents.source_map.iter().find(|(range, _)| range.contains(&span.start));
    if let Some((_, answered)) = place {
        *span = *answered;
    }
    place.is_some()
}
