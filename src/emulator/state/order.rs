//! A list that is paged by position in logarithmic time, however long it is.
//!
//! Entries are only ever appended. Removing one leaves a hole, and a Fenwick tree over the holes finds the
//! n-th remaining entry. So a page in the middle of a million users costs as much as the first one.

/// The place of an entry; never reused.
pub(crate) type Position = u32;

/// Appended values with holes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Order {
    slots: Vec<Option<u32>>,
    tree: Vec<u32>,
    live: usize,
}

impl Order {
    /// How many entries there are.
    pub(crate) fn len(&self) -> usize {
        self.live
    }

    /// How many places have been used, holes included.
    pub(crate) fn places(&self) -> usize {
        self.slots.len()
    }

    /// Appends a value and returns its place.
    pub(crate) fn push(&mut self, value: u32) -> Position {
        let position = self.slots.len();
        self.slots.push(Some(value));
        // A new Fenwick node covers the `lowbit` entries that end here; all but the new one are already
        // summed below it.
        let node = position + 1;
        let low = node & node.wrapping_neg();
        let mut sum = 1;
        let mut child = 1;
        while child < low {
            sum += self.tree.get(node - child - 1).copied().unwrap_or(0);
            child <<= 1;
        }
        self.tree.push(sum);
        self.live += 1;
        u32::try_from(position).unwrap_or(u32::MAX)
    }

    /// Leaves a hole.
    pub(crate) fn remove(&mut self, position: Position) {
        let Some(slot) = self.slots.get_mut(position as usize) else { return };
        if slot.take().is_none() {
            return;
        }
        self.live -= 1;
        let mut node = position as usize + 1;
        while let Some(count) = self.tree.get_mut(node - 1) {
            *count = count.saturating_sub(1);
            node += node & node.wrapping_neg();
        }
    }

    /// `limit` values from the oldest on, after skipping `skip`.
    pub(crate) fn oldest(&self, skip: usize, limit: usize) -> Vec<u32> {
        let Some(start) = self.place_of(skip) else { return Vec::new() };
        self.slots.iter().skip(start).flatten().take(limit).copied().collect()
    }

    /// `limit` values from the newest on, after skipping `skip`.
    pub(crate) fn newest(&self, skip: usize, limit: usize) -> Vec<u32> {
        let Some(rank) = self.live.checked_sub(1).and_then(|last| last.checked_sub(skip)) else {
            return Vec::new();
        };
        let Some(start) = self.place_of(rank) else { return Vec::new() };
        let (head, _) = self.slots.split_at(start + 1);
        head.iter().rev().flatten().take(limit).copied().collect()
    }

    /// Every value, oldest first.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = u32> + '_ {
        self.slots.iter().flatten().copied()
    }

    /// The place of the entry that has `rank` entries before it.
    fn place_of(&self, rank: usize) -> Option<usize> {
        if rank >= self.live {
            return None;
        }
        let mut left = u32::try_from(rank).ok()?;
        let mut node = 0;
        let mut step = self.tree.len().checked_next_power_of_two()?;
        while step > 0 {
            if let Some(&count) = self.tree.get((node + step).wrapping_sub(1)) {
                if count <= left {
                    node += step;
                    left -= count;
                }
            }
            step >>= 1;
        }
        Some(node)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_those_of_a_plain_list() {
        let mut order = Order::default();
        let mut plain: Vec<u32> = Vec::new();
        for value in 0..777_u32 {
            assert_eq!(order.push(value), value);
            plain.push(value);
            if value % 3 == 0 {
                let gone = (value * 7919) % (value + 1);
                order.remove(gone);
                plain.retain(|kept| *kept != gone);
            }
        }
        assert_eq!(order.len(), plain.len());
        for skip in 0..plain.len() + 2 {
            let oldest: Vec<u32> = plain.iter().skip(skip).take(5).copied().collect();
            let newest: Vec<u32> = plain.iter().rev().skip(skip).take(5).copied().collect();
            assert_eq!(order.oldest(skip, 5), oldest, "{skip}");
            assert_eq!(order.newest(skip, 5), newest, "{skip}");
        }
    }
}
