//! The map.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Index;

use crate::order::{Numbers, Order, Place};

/// Values by key, in the order of the keys. It is made to grow: taking one out takes as long as going
/// through all.
///
/// ```
/// use deployline_map::Map;
/// let mut numbers = Map::from_iter([("two", 2), ("one", 1)]);
/// *numbers.or_insert_with("two", || 0) += 1;
/// assert_eq!(numbers.get("two"), Some(&3));
/// assert_eq!(numbers.into_iter().collect::<Vec<_>>(), [("one", 1), ("two", 3)]);
/// ```
#[derive(Clone)]
pub struct Map<K, V> {
    /// In the order in which they came.
    entries: Vec<(K, V)>,
    order: Order,
}

impl<K, V> Map<K, V> {
    /// An empty one.
    pub const fn new() -> Self {
        Self { entries: Vec::new(), order: Order::ascending(0) }
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Returns `true` where it has none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Removes all entries.
    pub fn clear(&mut self) {
        self.entries.clear();
        self.order = Order::ascending(0);
    }

    /// The keys in order.
    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.iter().map(|(key, _)| key)
    }

    /// Brings the entries themselves into the order of the keys.
    fn settle(&mut self) {
        if !self.order.is_ascending() {
            let order = self.order.numbers().collect();
            crate::sort::arrange(&mut self.entries, order);
            self.order = Order::ascending(self.entries.len() as u32);
        }
    }

    /// Keys and values in the order of the keys.
    pub fn iter(&self) -> Iter<'_, K, V> {
        Iter { entries: &self.entries, order: self.order.numbers() }
    }
}

impl<K: Ord, V> Map<K, V> {
    fn find<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, Place>
    where
        K: Borrow<Q>,
    {
        let compare = |at: u32| key.cmp(self.entries[at as usize].0.borrow());
        self.order.find(&compare).map(|at| at as usize)
    }

    /// The value of a key.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.find(key).ok().map(|at| &self.entries[at].1)
    }

    /// The same, to change it.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        self.find(key).ok().map(|at| &mut self.entries[at].1)
    }

    /// Returns `true` where a key has a value.
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.find(key).is_ok()
    }

    /// Sets the value of a key. The one it had before.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.find(&key) {
            Ok(at) => Some(std::mem::replace(&mut self.entries[at].1, value)),
            Err(place) => {
                self.add(place, key, value);
                None
            }
        }
    }

    /// The value of a key, which is made where there is none.
    pub fn or_insert_with(&mut self, key: K, make: impl FnOnce() -> V) -> &mut V {
        let at = match self.find(&key) {
            Ok(at) => at,
            Err(place) => self.add(place, key, make()),
        };
        &mut self.entries[at].1
    }

    /// All values, in no order.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.entries.iter_mut().map(|(_, value)| value)
    }

    /// Takes the value of a key out.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        self.settle();
        let (_, value) = self.entries.remove(self.find(key).ok()?);
        self.order = Order::ascending(self.entries.len() as u32);
        Some(value)
    }

    /// Keeps those of which `is_kept` is true.
    pub fn retain(&mut self, mut is_kept: impl FnMut(&K, &mut V) -> bool) {
        self.settle();
        self.entries.retain_mut(|(key, value)| is_kept(key, value));
        self.order = Order::ascending(self.entries.len() as u32);
    }

    fn add(&mut self, place: Place, key: K, value: V) -> usize {
        self.order.add(place);
        self.entries.push((key, value));
        self.entries.len() - 1
    }
}

impl<K: Ord, V: Default> Map<K, V> {
    /// The value of a key; where there is none, it becomes the default of its type.
    pub fn or_default(&mut self, key: K) -> &mut V {
        self.or_insert_with(key, V::default)
    }
}

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for Map<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl<K: PartialEq, V: PartialEq> PartialEq for Map<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().eq(other.iter())
    }
}

impl<K: Eq, V: Eq> Eq for Map<K, V> {}

impl<K: Ord, V> FromIterator<(K, V)> for Map<K, V> {
    /// Of a key that comes twice, the last value stays.
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = Self::new();
        for (key, value) in entries {
            map.insert(key, value);
        }
        map
    }
}

impl<K: Ord, V, const N: usize> From<[(K, V); N]> for Map<K, V> {
    fn from(entries: [(K, V); N]) -> Self {
        entries.into_iter().collect()
    }
}

/// Iterator of [`Map::iter`].
#[derive(Debug)]
pub struct Iter<'a, K, V> {
    entries: &'a [(K, V)],
    order: Numbers<'a>,
}

impl<'a, K, V> Iterator for Iter<'a, K, V> {
    type Item = (&'a K, &'a V);

    fn next(&mut self) -> Option<Self::Item> {
        let (key, value) = self.entries.get(self.order.next()? as usize)?;
        Some((key, value))
    }
}

impl<'a, K, V> IntoIterator for &'a Map<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = Iter<'a, K, V>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<K, V> IntoIterator for Map<K, V> {
    type Item = (K, V);
    type IntoIter = std::vec::IntoIter<(K, V)>;

    /// In the order of the keys.
    fn into_iter(mut self) -> Self::IntoIter {
        self.settle();
        self.entries.into_iter()
    }
}

impl<K: Ord + Borrow<Q>, V, Q: Ord + ?Sized> Index<&Q> for Map<K, V> {
    type Output = V;

    fn index(&self, key: &Q) -> &V {
        self.get(key).expect("the key is there")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_is_a_btree_map(entries: Vec<(u8, u16)>, others: Vec<(u8, u16)>, gone: Vec<u8>) {
            let map: Map<u8, u16> = entries.iter().copied().collect();
            let expected: BTreeMap<u8, u16> = entries.iter().copied().collect();
            prop_assert!(map.iter().eq(&expected));
            prop_assert_eq!(map.len(), expected.len());
            for key in 0..=u8::MAX {
                prop_assert_eq!(map.get(&key), expected.get(&key));
            }
            let other: Map<u8, u16> = others.iter().copied().collect();
            let other_expected: BTreeMap<u8, u16> = others.into_iter().collect();
            prop_assert_eq!(map == other, expected == other_expected);
            prop_assert!(map.clone().into_iter().eq(expected.clone()));
            let (mut map, mut expected) = (map, expected);
            for key in gone {
                prop_assert_eq!(map.remove(&key), expected.remove(&key));
            }
            prop_assert!(map.iter().eq(&expected));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]
        #[test]
        fn so_is_one_of_many_parts(keys in prop::collection::vec(0..9_999_u32, 3_000)) {
            let map: Map<u32, usize> = keys.iter().copied().zip(0..).collect();
            let expected: BTreeMap<u32, usize> = keys.iter().copied().zip(0..).collect();
            prop_assert!(map.iter().eq(&expected));
            prop_assert!((0..9_999).all(|key| map.get(&key) == expected.get(&key)));
        }
    }

    #[test]
    fn few_are_asked_however_the_keys_come() {
        const COUNT: u32 = 100_000;
        let outward = (0..COUNT).map(|i| if i % 2 == 0 { COUNT + i } else { COUNT - i });
        for keys in
            [(0..COUNT).collect::<Vec<u32>>(), (0..COUNT).rev().collect(), outward.collect()]
        {
            let last = keys[keys.len() - 1];
            let map: Map<u32, ()> = keys.into_iter().map(|key| (key, ())).collect();
            let asked = std::cell::Cell::new(0);
            let found = map.order.find(&|at| {
                asked.set(asked.get() + 1);
                last.cmp(&map.entries[at as usize].0)
            });
            assert_eq!(found.ok(), Some(COUNT - 1));
            assert!(asked.get() <= 20, "{} questions", asked.get());
        }
    }

    #[test]
    fn what_is_taken_out_is_gone() {
        let mut map = Map::from([(3, 'c'), (1, 'a'), (2, 'b')]);
        assert_eq!((map.remove(&1), map.remove(&1)), (Some('a'), None));
        assert_eq!(map, Map::from([(2, 'b'), (3, 'c')]));
        map.retain(|key, _| *key > 2);
        assert_eq!((map.get(&2), map.get(&3)), (None, Some(&'c')));
    }

    #[test]
    fn what_was_emptied_can_be_filled_again() {
        let mut map = Map::from_iter([(1, 'a'), (2, 'b')]);
        map.clear();
        assert_eq!((map.get(&1), map.is_empty()), (None, true));
        map.insert(2, 'c');
        assert_eq!(map[&2], 'c');
    }
}
