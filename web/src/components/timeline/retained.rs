//! Shapes that stay in the page from one picture to the next, with only what differs set anew.
//!
//! A virtual DOM writes out every attribute of every shape before it compares them; here they are
//! compared as numbers, and an update of all bars sets some hundred attributes and writes no others.

use deployline_timeline::Px;
use web_sys::Element;
use yew::prelude::*;
use yew::virtual_dom::VTag;

use crate::browser;

const SVG: &str = "http://www.w3.org/2000/svg";

/// What an attribute is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// Not there.
    None,
    Fixed(&'static str),
    Text(String),
    Px(f64),
    Number(usize),
}

impl Value {
    fn written(&self) -> Option<String> {
        Some(match self {
            Self::None => return None,
            Self::Fixed(text) => (*text).to_owned(),
            Self::Text(text) => text.clone(),
            Self::Px(pixels) => Px(*pixels).to_string(),
            Self::Number(number) => number.to_string(),
        })
    }
}

impl From<&'static str> for Value {
    fn from(text: &'static str) -> Self {
        Self::Fixed(text)
    }
}

impl From<f64> for Value {
    fn from(pixels: f64) -> Self {
        Self::Px(pixels)
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        Self::Number(number)
    }
}

/// An SVG element.
#[derive(Debug, PartialEq)]
pub(super) struct Shape {
    tag: &'static str,
    attributes: Vec<(&'static str, Value)>,
    /// Stands before the parts.
    text: String,
    parts: Vec<Shape>,
}

impl Shape {
    pub(super) fn new(tag: &'static str, attributes: Vec<(&'static str, Value)>) -> Self {
        Self { tag, attributes, text: String::new(), parts: Vec::new() }
    }

    pub(super) fn with_text(self, text: &str) -> Self {
        Self { text: text.to_owned(), ..self }
    }

    pub(super) fn with(self, parts: Vec<Self>) -> Self {
        Self { parts, ..self }
    }

    /// Whether the one can become the other by other values.
    fn is_alike(&self, other: &Self) -> bool {
        self.tag == other.tag
            && self.text.is_empty() == other.text.is_empty()
            && self.attributes.len() == other.attributes.len()
            && self.attributes.iter().zip(&other.attributes).all(|(one, other)| one.0 == other.0)
    }

    /// For where there is no page to keep them in.
    pub(super) fn html(&self) -> Html {
        let mut tag = VTag::new(self.tag);
        for (name, value) in &self.attributes {
            if let Some(value) = value.written() {
                tag.add_attribute(name, value);
            }
        }
        if !self.text.is_empty() {
            tag.add_child(self.text.clone().into());
        }
        tag.add_children(self.parts.iter().map(Self::html));
        tag.into()
    }
}

/// A shape that is in the page.
struct Kept {
    shape: Shape,
    element: Element,
    parts: Vec<Kept>,
}

impl Kept {
    fn new(mut shape: Shape) -> Option<Self> {
        let element = gloo::utils::document().create_element_ns(Some(SVG), shape.tag).ok()?;
        for (name, value) in &shape.attributes {
            set(&element, name, value);
        }
        if !shape.text.is_empty() {
            element.set_text_content(Some(&shape.text));
        }
        let mut parts = Vec::new();
        keep(&element, &mut parts, std::mem::take(&mut shape.parts));
        Some(Self { shape, element, parts })
    }

    /// Makes it what a shape that is alike says.
    fn follow(&mut self, mut shape: Shape) {
        for (before, (name, value)) in self.shape.attributes.iter().zip(&shape.attributes) {
            if before.1 != *value {
                set(&self.element, name, value);
            }
        }
        if self.shape.text != shape.text
            && let Some(text) = self.element.first_child()
        {
            text.set_node_value(Some(&shape.text));
        }
        keep(&self.element, &mut self.parts, std::mem::take(&mut shape.parts));
        self.shape = shape;
    }
}

/// Brings what is in an element to the shapes that are to be in it.
fn keep(parent: &Element, kept: &mut Vec<Kept>, shapes: Vec<Shape>) {
    for gone in kept.drain(shapes.len().min(kept.len())..) {
        gone.element.remove();
    }
    for (place, shape) in shapes.into_iter().enumerate() {
        match kept.get_mut(place) {
            Some(before) if before.shape.is_alike(&shape) => before.follow(shape),
            Some(before) => {
                let Some(made) = Kept::new(shape) else { continue };
                // The parent is the one it was put into.
                let _ = parent.replace_child(&made.element, &before.element);
                *before = made;
            }
            None => {
                let Some(made) = Kept::new(shape) else { continue };
                let _ = parent.append_child(&made.element);
                kept.push(made);
            }
        }
    }
}

fn set(element: &Element, name: &str, value: &Value) {
    // The names are those of attributes, which no element refuses.
    let _ = match value.written() {
        Some(value) => element.set_attribute(name, &value),
        None => element.remove_attribute(name),
    };
}

/// The shapes as one element, which stays the same. They are drawn at once and not as an effect, which may
/// come a frame after the rest of the picture.
#[hook]
pub(super) fn use_shapes(shapes: Vec<Shape>) -> Html {
    let kept = use_mut_ref(|| None::<Kept>);
    let all = Shape::new("g", vec![("role", "presentation".into())]).with(shapes);
    // Without a page, nothing can be kept in it.
    if browser::window().is_none() {
        return all.html();
    }
    let mut kept = kept.borrow_mut();
    match &mut *kept {
        Some(kept) => kept.follow(all),
        none => *none = Kept::new(all),
    }
    kept.as_ref().map(|kept| Html::VRef(kept.element.clone().into())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[function_component(Drawn)]
    fn drawn() -> Html {
        let name = Shape::new("text", vec![("x", 1.5.into()), ("class", "a".into())]);
        let hidden = Shape::new("g", vec![("id", Value::None), ("data-at", 3.into())]);
        use_shapes(vec![name.with_text("<b>"), hidden])
    }

    #[tokio::test(flavor = "current_thread")]
    async fn without_a_page_they_are_html_and_names_are_text() {
        let html = yew::LocalServerRenderer::<Drawn>::new().hydratable(false).render().await;
        let expected = "<text x=\"1.5\" class=\"a\">&lt;b&gt;</text><g data-at=\"3\"></g>";
        assert_eq!(html, format!("<g role=\"presentation\">{expected}</g>"));
    }

    #[test]
    fn one_becomes_the_other_by_values_alone() {
        let one = |attributes| Shape::new("rect", attributes);
        assert!(one(vec![("x", 1.0.into())]).is_alike(&one(vec![("x", 2.0.into())])));
        // What is not there is a value, too.
        assert!(one(vec![("x", 1.0.into())]).is_alike(&one(vec![("x", Value::None)])));
        assert!(!one(vec![("x", 1.0.into())]).is_alike(&one(vec![("y", 1.0.into())])));
        assert!(!one(vec![("x", 1.0.into())]).is_alike(&one(Vec::new())));
        assert!(!one(Vec::new()).is_alike(&Shape::new("path", Vec::new())));
        // The text is an element's first child, if there is one.
        assert!(!one(Vec::new()).is_alike(&one(Vec::new()).with_text("1")));
    }
}
