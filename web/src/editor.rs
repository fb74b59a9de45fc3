//! The editor of a page, whether it runs yet or not.
//!
//! Its JavaScript is loaded when the picture stands ([`js`]). The page brings it to the state's text,
//! and shows places in it.

pub(crate) mod assist;
mod help;
pub(crate) mod js;

use std::cell::RefCell;
use std::rc::Rc;

use deployline_span::Span;
use web_sys::Element;
use yew::NodeRef;

use self::js::EditorHandle;
use crate::derived::{Derived, Shared};
use crate::utf16::Utf16Index;

/// The editor of a page.
#[derive(Clone, Default)]
pub(crate) struct Editor(Rc<Inner>);

#[derive(Default)]
struct Inner {
    handle: RefCell<Option<EditorHandle>>,
    document: RefCell<Document>,
    /// Latest plan, for notes and marks in the text.
    plan: RefCell<Option<Shared<Derived>>>,
    host: NodeRef,
}

/// A text, and its tab's number: another number, another document.
#[derive(Clone, Default)]
pub(crate) struct Document {
    pub(crate) text: Rc<str>,
    pub(crate) number: u32,
}

impl PartialEq for Editor {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Editor {
    /// Element that the editor is in.
    pub(crate) fn host(&self) -> &NodeRef {
        &self.0.host
    }

    /// The document that the editor holds, or is to hold once it runs.
    pub(crate) fn document(&self) -> Document {
        self.0.document.borrow().clone()
    }

    pub(crate) fn text(&self) -> Rc<str> {
        self.0.document.borrow().text.clone()
    }

    /// Takes over a running editor, or lets go of it.
    pub(crate) fn attach(&self, handle: Option<EditorHandle>) {
        self.0.handle.replace(handle);
    }

    /// Brings the editor to a document: by a small edit, or by opening another one.
    pub(crate) fn open(&self, document: Document) {
        let before = self.0.document.replace(document.clone());
        let Some(handle) = self.handle() else { return };
        if before.number != document.number {
            handle.open_document(document.number, &document.text);
        } else if before.text != document.text {
            handle.change(&before.text, &document.text);
        }
    }

    /// Takes note of a text that the editor holds already.
    pub(crate) fn set_text(&self, text: Rc<str>) {
        self.0.document.borrow_mut().text = text;
    }

    pub(crate) fn set_plan(&self, plan: Shared<Derived>) {
        self.0.plan.replace(Some(plan));
    }

    /// The latest plan, if there is one.
    pub(crate) fn plan(&self) -> Option<Shared<Derived>> {
        self.0.plan.borrow().clone()
    }

    pub(crate) fn undo(&self) {
        if let Some(handle) = self.handle() {
            handle.undo();
        }
    }

    pub(crate) fn redo(&self) {
        if let Some(handle) = self.handle() {
            handle.redo();
        }
    }

    /// Selects a range, and highlights another one that belongs to it. Does nothing where the editor
    /// holds another text than `text`: places would be wrong.
    pub(crate) fn select(&self, text: &str, range: Span, also: Option<Span>) {
        let Some(handle) = self.handle_of(text) else { return };
        let utf16 = Utf16Index::new(text);
        let (from, to) = utf16.range(text, range);
        handle.select(from, to);
        let (from, to) = also.map_or((0, 0), |also| utf16.range(text, also));
        handle.highlight(from, to);
    }

    /// Takes the focus, with a selection in UTF-16 offsets.
    pub(crate) fn take_focus(&self, from: u32, to: u32) {
        if let Some(handle) = self.handle() {
            handle.select(from, to);
        }
    }

    /// Scrolls to a range and marks it, and leaves the focus where it is; an empty one marks nothing.
    pub(crate) fn mark(&self, text: &str, range: Span) {
        let Some(handle) = self.handle_of(text) else { return };
        let (from, to) = Utf16Index::new(text).range(text, range);
        handle.show(from, to);
    }

    pub(crate) fn unmark(&self) {
        if let Some(handle) = self.handle() {
            handle.show(0, 0);
        }
    }

    /// Checks whether it has room on the screen: a panel may have taken its place.
    pub(crate) fn is_visible(&self) -> bool {
        let parent = self.0.host.cast::<Element>().and_then(|host| host.parent_element());
        parent.is_some_and(|parent| parent.client_height() > 0)
    }

    pub(crate) fn handle(&self) -> Option<EditorHandle> {
        self.0.handle.borrow().clone()
    }

    fn handle_of(&self, text: &str) -> Option<EditorHandle> {
        self.handle().filter(|_| *self.text() == *text)
    }
}
