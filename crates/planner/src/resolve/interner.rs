//! Equal items once, by number.

use deployline_map::Map;

/// Numbers items in the order in which they first come.
pub(super) struct Interner<T> {
    pub(super) items: Vec<T>,
    numbers: Map<T, u32>,
}

impl<T> Default for Interner<T> {
    fn default() -> Self {
        Self { items: Vec::new(), numbers: Map::new() }
    }
}

impl<T: Clone + Ord> Interner<T> {
    /// The number of an item; of a new one, the next.
    pub(super) fn index_of(&mut self, item: &T) -> u32 {
        if let Some(number) = self.numbers.get(item) {
            return *number;
        }
        let number = u32::try_from(self.items.len()).unwrap_or(u32::MAX);
        self.items.push(item.clone());
        self.numbers.insert(item.clone(), number);
        number
    }
}
