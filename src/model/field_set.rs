//! A set of known fields of a user.

use super::user_fields::{UserField, user_fields};
use super::wire_names::wire_names;

macro_rules! declare_index {
    ($( $group:ident { $(
        $(#[$meta:meta])* $variant:ident $field:ident : $type:ident $(= $name:literal)?,
    )* } )*) => {
        /// The wire names of the fields.
        pub(crate) const NAMES: &[&str] =
            wire_names!(id, $( $( $field $(= $name)?, )* )* identities);

        /// The fields in the order of [`UserField::ALL`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Index {
            Id,
            $( $( $variant, )* )*
            Identities,
        }

        impl Index {
            const ALL: &[Self] = &[Self::Id, $( $( Self::$variant, )* )* Self::Identities];

            /// The field of that wire name.
            pub(crate) fn of(name: &str) -> Option<Self> {
                let number = NAMES.iter().position(|known| *known == name)?;
                Self::ALL.get(number).copied()
            }
        }
    };
}
user_fields! { declare_index }

/// One bit for each field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct FieldSet(u64);

const _: () = assert!((Index::Identities as u32) < u64::BITS);

impl FieldSet {
    pub(crate) const NONE: Self = Self(0);

    pub(crate) fn insert(&mut self, index: Index) {
        self.0 |= 1 << (index as u32);
    }

    pub(crate) fn contains(self, index: Index) -> bool {
        self.0 & (1 << (index as u32)) != 0
    }

    /// The fields in the set, always in the same order.
    pub(crate) fn iter(self) -> impl Iterator<Item = &'static UserField> {
        UserField::ALL
            .iter()
            .enumerate()
            .filter(move |(index, _)| self.0 & (1 << index) != 0)
            .map(|(_, field)| field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_the_fields_that_were_put_in_and_tells_them_in_order() {
        for field in UserField::ALL {
            let mut set = FieldSet::default();
            set.insert(Index::of(field.as_str()).unwrap());
            assert_eq!(set.iter().collect::<Vec<_>>(), [field]);
        }
        let mut set = FieldSet::default();
        [Index::Identities, Index::Email, Index::Id].into_iter().for_each(|index| set.insert(index));
        assert_eq!(
            set.iter().collect::<Vec<_>>(),
            [&UserField::Id, &UserField::Email, &UserField::Identities]
        );
        assert!(set.contains(Index::Email) && !set.contains(Index::Phone));
        assert_eq!(Index::of("shoeSize"), None);
    }
}
