//! Settings of a thread for the duration of one call.
//!
//! `Deserialize` and `Serialize` take no additional arguments. What a page or a model must know about the
//! caller's wishes is therefore kept here, only while the caller's closure runs.

use std::cell::Cell;
use std::thread::LocalKey;

/// A setting that is off unless a caller has switched it on.
type Scope = LocalKey<Cell<bool>>;

thread_local! {
    static LENIENT: Cell<bool> = const { Cell::new(false) };
}

/// Runs a reader that reads the items of a page separately, so that one that cannot be read does not fail the
/// others.
pub(crate) fn leniently<T>(read: impl FnOnce() -> T) -> T {
    within(&LENIENT, true, read)
}

/// Runs a reader of one item. Inside an item, errors are errors again: for pages inside pages the parser
/// would restart counting its depth at each level.
pub(crate) fn strictly<T>(read: impl FnOnce() -> T) -> T {
    within(&LENIENT, false, read)
}

pub(crate) fn is_lenient() -> bool {
    LENIENT.get()
}

/// Runs `call` under a setting, and restores the previous one even if `call` panics.
pub(crate) fn within<T>(scope: &'static Scope, value: bool, call: impl FnOnce() -> T) -> T {
    struct Restore(&'static Scope, bool);

    impl Drop for Restore {
        fn drop(&mut self) {
            self.0.set(self.1);
        }
    }

    let _restore = Restore(scope, scope.replace(value));
    call()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_ends_with_its_call_even_by_a_panic() {
        assert!(!is_lenient());
        assert!(leniently(|| is_lenient() && !strictly(is_lenient) && is_lenient()));
        assert!(std::panic::catch_unwind(|| leniently(|| panic!("on purpose"))).is_err());
        assert!(!is_lenient());
    }
}
