//! Values that a stage gives the pipeline that it runs, as a document of their own.

use deployline_span::Span;
use deployline_yaml::{Composed, Composer, Document, NodeKind, ScalarStyle};

use crate::resolve::chain::{MAX_VALUES, given_expression};
use crate::resolve::view::View;

/// The inputs as a document, below `pipeline:` as in an input set, with these values of its expressions.
pub(super) fn document(inputs: &View<'_>, values: &[Option<String>]) -> Document {
    let mut copy = Copy {
        composer: Composer::new(inputs.span().source),
        values: values.iter(),
        left: MAX_VALUES,
        around: inputs.span(),
    };
    let body = copy.add(inputs);
    let key = copy.composer.scalar("pipeline", ScalarStyle::Plain, inputs.span());
    let root = copy.composer.mapping(&[key, body], inputs.span());
    copy.composer.finish(root)
}

/// Size of a document, in bytes of text as long.
pub(super) fn size(document: &Document) -> usize {
    8 * document.node_count()
}

struct Copy<'v> {
    composer: Composer,
    values: std::slice::Iter<'v, Option<String>>,
    left: usize,
    /// Place of what is around the value that is copied, in the text of the stage.
    around: Span,
}

impl Copy<'_> {
    fn add(&mut self, view: &View<'_>) -> Composed {
        let outside = self.around;
        // What an input set of the stage's own pipeline gives stands in another text.
        if view.span().source == outside.source {
            self.around = view.span();
        }
        let added = self.add_here(view);
        self.around = outside;
        added
    }

    fn add_here(&mut self, view: &View<'_>) -> Composed {
        let span = self.around;
        if self.left == 0 {
            return self.composer.scalar("", ScalarStyle::Plain, span);
        }
        self.left -= 1;
        match view.kind() {
            NodeKind::Null => self.composer.scalar("", ScalarStyle::Plain, span),
            NodeKind::Scalar => self.scalar(view, span),
            NodeKind::Sequence => {
                let items: Vec<Composed> = view.items().iter().map(|item| self.add(item)).collect();
                self.composer.sequence(&items, span)
            }
            NodeKind::Mapping => {
                let mut all = Vec::new();
                for (key, value) in view.entries() {
                    let place = if key.span().source == span.source { key.span() } else { span };
                    let name = key.as_str().unwrap_or_default();
                    all.push(self.composer.scalar(name, ScalarStyle::DoubleQuoted, place));
                    all.push(self.add(&value));
                }
                self.composer.mapping(&all, span)
            }
        }
    }

    fn scalar(&mut self, view: &View<'_>, span: Span) -> Composed {
        let style = view.node().style().unwrap_or(ScalarStyle::Plain);
        if given_expression(view).is_none() {
            return self.composer.scalar(view.as_str().unwrap_or_default(), style, span);
        }
        match self.values.next() {
            Some(Some(value)) => self.composer.scalar(value, style, span),
            // It leaves open what it would fill.
            _ => self.composer.scalar("<+input>", ScalarStyle::Plain, span),
        }
    }
}
