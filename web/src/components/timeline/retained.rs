//! Elements that stay in the page from one picture to the next, with only what differs set anew.
//!
//! A virtual DOM writes out every attribute of every shape before it compares them; here they are
//! compared as numbers, and an update of all bars sets some hundred attributes and writes no others.

use deployline_timeline::{Geometry, Part, Semantics, Shape, Value};
use web_sys::Element;
use yew::prelude::*;
use yew::virtual_dom::VTag;

const SVG: &str = "http://www.w3.org/2000/svg";

/// A shape whose element is in the page.
struct KeptShape {
    /// Without the shapes in it.
    shape: Shape,
    element: Element,
    children: Vec<KeptShape>,
}

impl KeptShape {
    fn new(mut shape: Shape, semantics: Semantics<'_>) -> Option<Self> {
        let element = gloo::utils::document().create_element_ns(Some(SVG), shape.tag()).ok()?;
        for (name, value) in shape.attributes(semantics) {
            if value != Value::Absent {
                set(&element, name, value);
            }
        }
        if !shape.own_text().is_empty() {
            element.set_text_content(Some(shape.own_text()));
        }
        let mut children = Vec::new();
        update(&element, &mut children, shape.take_children(), semantics);
        Some(Self { shape, element, children })
    }

    /// Makes it another shape that is alike.
    fn become_shape(&mut self, mut shape: Shape, semantics: Semantics<'_>) {
        let before = self.shape.attributes(semantics);
        for ((name, value), (_, before)) in shape.attributes(semantics).zip(before) {
            if value != before {
                set(&self.element, name, value);
            }
        }
        if self.shape.own_text() != shape.own_text()
            && let Some(text) = self.element.first_child()
        {
            text.set_node_value(Some(shape.own_text()));
        }
        update(&self.element, &mut self.children, shape.take_children(), semantics);
        self.shape = shape;
    }
}

/// Returns true where one can become the other by other values alone.
fn is_alike(one: &Shape, other: &Shape, semantics: Semantics<'_>) -> bool {
    let names = |shape| Shape::attributes(shape, semantics).map(|(name, _)| name);
    one.tag() == other.tag()
        && one.own_text().is_empty() == other.own_text().is_empty()
        && names(one).eq(names(other))
}

/// Brings the elements in another one to the shapes that are to be in it.
fn update(
    parent: &Element,
    kept: &mut Vec<KeptShape>,
    shapes: Vec<Shape>,
    semantics: Semantics<'_>,
) {
    for gone in kept.drain(shapes.len().min(kept.len())..) {
        gone.element.remove();
    }
    for (position, shape) in shapes.into_iter().enumerate() {
        match kept.get_mut(position) {
            Some(before) if is_alike(&before.shape, &shape, semantics) => {
                before.become_shape(shape, semantics);
            }
            Some(before) => {
                let Some(made) = KeptShape::new(shape, semantics) else { continue };
                // The parent is the one it was put into.
                let _ = parent.replace_child(&made.element, &before.element);
                *before = made;
            }
            None => {
                let Some(made) = KeptShape::new(shape, semantics) else { continue };
                let _ = parent.append_child(&made.element);
                kept.push(made);
            }
        }
    }
}

fn set(element: &Element, name: &str, value: Value<'_>) {
    // The names are those of attributes, which no element refuses.
    let _ = match value {
        Value::Absent => element.remove_attribute(name),
        Value::Word(text) => element.set_attribute(name, text),
        Value::Text(text) => element.set_attribute(name, text),
        value => element.set_attribute(name, &value.to_string()),
    };
}

/// A shape for where there is no page to keep it in.
fn html_of(shape: &Shape, semantics: Semantics<'_>) -> Html {
    let mut tag = VTag::new(shape.tag());
    for (name, value) in shape.attributes(semantics) {
        if value != Value::Absent {
            tag.add_attribute(name, value.to_string());
        }
    }
    if !shape.own_text().is_empty() {
        tag.add_child(shape.own_text().to_owned().into());
    }
    tag.add_children(shape.children().iter().map(|shape| html_of(shape, semantics)));
    tag.into()
}

/// The shapes as one element, which stays the same. They are drawn at once and not as an effect, which may
/// come a frame after the rest of the picture.
#[hook]
pub(super) fn use_shapes(shapes: Vec<Shape>, semantics: Semantics<'_>) -> Html {
    let kept = use_mut_ref(|| None::<KeptShape>);
    let geometry = Geometry::Group { label: String::new(), shapes };
    let all = Shape { part: Part::Layer, geometry };
    // Without a page, as where the first picture is made, nothing can be kept in it; WebAssembly has one.
    if !cfg!(target_arch = "wasm32") {
        return html_of(&all, semantics);
    }
    let mut kept = kept.borrow_mut();
    match &mut *kept {
        Some(kept) => kept.become_shape(all, semantics),
        none => *none = KeptShape::new(all, semantics),
    }
    kept.as_ref().map(|kept| Html::VRef(kept.element.clone().into())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use deployline_timeline::{Anchor, FONT_PX, Rect, Text};

    use super::*;

    const SEMANTICS: Semantics<'static> = Semantics::ListBox { id_prefix: Some("dl") };

    fn text(part: Part, text: &str) -> Shape {
        let (anchor, spans) = (Anchor::Start, Vec::new());
        let text = Text { x: 1.5, y: 2.0, anchor, font_px: FONT_PX, text: text.to_owned(), spans };
        Shape { part, geometry: Geometry::Text(text) }
    }

    fn rect(part: Part, x: f64) -> Shape {
        let rect = Rect { x, y: 0.0, width: 1.0, height: 1.0 };
        Shape { part, geometry: Geometry::Rect { rect, radius: 0.0 } }
    }

    #[function_component(Drawn)]
    fn drawn() -> Html {
        let geometry = Geometry::Group { label: String::new(), shapes: vec![] };
        let group = Shape { part: Part::GroupHeader(3), geometry };
        use_shapes(vec![text(Part::RowLabel, "<b>"), group], SEMANTICS)
    }

    #[tokio::test(flavor = "current_thread")]
    async fn without_a_page_they_are_html_and_names_are_text() {
        let html = yew::LocalServerRenderer::<Drawn>::new().hydratable(false).render().await;
        let text = r#"<text class="dl-name" x="1.5" y="2">&lt;b&gt;</text>"#;
        let group = r#"<g class="dl-group-header" role="presentation" data-group="3"></g>"#;
        assert_eq!(html, format!(r#"<g role="presentation">{text}{group}</g>"#));
    }

    #[test]
    fn one_becomes_the_other_by_values_alone() {
        let is_alike = |one: &Shape, other: &Shape| is_alike(one, other, SEMANTICS);
        let ghost = rect(Part::Ghost, 1.0);
        assert!(is_alike(&ghost, &rect(Part::Ghost, 2.0)));
        assert!(is_alike(&ghost, &rect(Part::BarBody, 1.0)), "a class is a value");
        let at = deployline_engine::DeploymentId { stage: 0, index: 0 };
        assert!(!is_alike(&ghost, &rect(Part::BarEnd(at), 1.0)), "it has one attribute more");
        assert!(!is_alike(&ghost, &text(Part::Ghost, "1")));
        // What is not there is a value, too.
        let mut anchored = text(Part::Number, "1");
        let Geometry::Text(it) = &mut anchored.geometry else { panic!("a text") };
        it.anchor = Anchor::End;
        assert!(is_alike(&text(Part::Number, "2"), &anchored));
        // The text is an element's first child, if there is one.
        assert!(!is_alike(&text(Part::Number, ""), &text(Part::Number, "1")));
    }
}
