//! The interface of both sides.

/// The address of the pool, and one of its users.
pub(crate) struct Place {
    pub(crate) url: String,
    pub(crate) pool_id: String,
    pub(crate) secret: String,
    pub(crate) user_id: String,
    pub(crate) username: String,
}

/// One side of the comparison.
pub(crate) trait Side {
    fn new(place: &Place) -> Self;
    fn decode(page: &[u8]) -> usize;
    fn detail(&self, id: &str) -> bool;
    fn find(&self, username: &str) -> bool;
    fn list(&self, limit: u32) -> usize;
    fn export(&self) -> usize;
    fn create(&self, username: &str);
}
