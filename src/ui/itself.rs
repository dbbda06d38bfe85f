//! A value from which something was worked out, known again by being the very same one.
//!
//! It keeps the value: its address alone would say nothing once another one lies there. It never looks into it.

use std::sync::Arc;

/// Equal only to itself.
pub struct Itself<T: ?Sized>(Arc<T>);

impl<T: ?Sized> Itself<T> {
    /// Of that value.
    pub fn of(value: &Arc<T>) -> Self {
        Self(Arc::clone(value))
    }
}

impl<T: ?Sized> Clone for Itself<T> {
    fn clone(&self) -> Self {
        Self::of(&self.0)
    }
}

impl<T: ?Sized> PartialEq for Itself<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<T: ?Sized> std::fmt::Debug for Itself<T> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{:p}", Arc::as_ptr(&self.0))
    }
}

#[cfg(test)]
mod tests {
    use crate::ui::itself::Itself;
    use std::sync::Arc;

    #[test]
    fn an_equal_value_is_another_one() {
        let (one, other) = (Arc::new(1), Arc::new(1));
        assert_eq!(Itself::of(&one), Itself::of(&one).clone());
        assert_ne!(Itself::of(&one), Itself::of(&other));
    }
}
