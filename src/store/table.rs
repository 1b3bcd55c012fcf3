//! Tables of resources: by position for speed, by id for people.

use std::borrow::Borrow;
use std::hash::Hash;
use std::marker::PhantomData;
use std::ops::Index;

use rustc_hash::FxHashMap;

use super::place::PlaceIx;

/// The position of a row in its table.
pub struct Ix<T>(u32, PhantomData<fn() -> T>);

/// One resource and where it was seen.
#[derive(Clone, Debug)]
pub struct Row<T> {
    /// The resource as AWS described it.
    pub data: T,
    /// Account and region.
    pub place: PlaceIx,
}

/// Resources of one kind in the order in which AWS listed them, each id once.
#[derive(Clone, Debug)]
pub struct Table<K, T> {
    rows: Vec<Row<T>>,
    by_id: FxHashMap<K, u32>,
}

impl<K: Clone + Eq + Hash, T> Table<K, T> {
    /// Indexes `rows`. Of two rows with one id (a shared subnet seen from two accounts) the one that `better` prefers
    /// over the other stays.
    pub fn build(
        rows: impl IntoIterator<Item = Row<T>>,
        id: impl Fn(&Row<T>) -> K,
        better: impl Fn(&Row<T>, &Row<T>) -> bool,
    ) -> Self {
        let mut table = Self { rows: Vec::new(), by_id: FxHashMap::default() };
        for row in rows {
            let id = id(&row);
            match table.by_id.get(&id).and_then(|at| table.rows.get_mut(*at as usize)) {
                Some(old) if better(&row, old) => *old = row,
                Some(_) => {}
                None => table.push(id, row),
            }
        }
        table
    }

    /// Appends a row under a new id, or replaces the row of that id.
    pub fn push(&mut self, id: K, row: Row<T>) {
        if let Some(old) = self.by_id.get(&id).and_then(|at| self.rows.get_mut(*at as usize)) {
            *old = row;
            return;
        }
        let at = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        self.by_id.insert(id, at);
        self.rows.push(row);
    }

    /// The position of an id.
    pub fn position<Q: Hash + Eq + ?Sized>(&self, id: &Q) -> Option<Ix<T>>
    where
        K: Borrow<Q>,
    {
        self.by_id.get(id).map(|at| Ix(*at, PhantomData))
    }

    /// The resource with this id.
    pub fn get<Q: Hash + Eq + ?Sized>(&self, id: &Q) -> Option<&T>
    where
        K: Borrow<Q>,
    {
        self.row(id).map(|row| &row.data)
    }

    /// The row with this id.
    pub fn row<Q: Hash + Eq + ?Sized>(&self, id: &Q) -> Option<&Row<T>>
    where
        K: Borrow<Q>,
    {
        self.by_id.get(id).and_then(|at| self.rows.get(*at as usize))
    }

    /// The resource with this id, to be changed.
    pub fn get_mut<Q: Hash + Eq + ?Sized>(&mut self, id: &Q) -> Option<&mut T>
    where
        K: Borrow<Q>,
    {
        let at = *self.by_id.get(id)?;
        self.rows.get_mut(at as usize).map(|row| &mut row.data)
    }

    /// The row at a position.
    pub fn at(&self, at: Ix<T>) -> &Row<T> {
        &self[at]
    }

    /// Every row with its position.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = (Ix<T>, &Row<T>)> {
        self.rows.iter().enumerate().map(|(at, row)| (Ix::at(at), row))
    }

    /// Every resource.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &T> {
        self.rows.iter().map(|row| &row.data)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

impl<K, T> Default for Table<K, T> {
    fn default() -> Self {
        Self { rows: Vec::new(), by_id: FxHashMap::default() }
    }
}

impl<K, T> Index<Ix<T>> for Table<K, T> {
    type Output = Row<T>;

    fn index(&self, at: Ix<T>) -> &Row<T> {
        &self.rows[at.0 as usize]
    }
}

impl<T> Ix<T> {
    /// The position as a number, for tables that run parallel to this one.
    pub fn number(self) -> usize {
        self.0 as usize
    }

    /// Position number `at`; the caller has it from the table itself.
    pub(super) fn at(at: usize) -> Self {
        Self(u32::try_from(at).unwrap_or(u32::MAX), PhantomData)
    }
}

impl<T> Clone for Ix<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Ix<T> {}

impl<T> PartialEq for Ix<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T> Eq for Ix<T> {}

impl<T> PartialOrd for Ix<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Ix<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}

impl<T> Hash for Ix<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<T> std::fmt::Debug for Ix<T> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "#{}", self.0)
    }
}
