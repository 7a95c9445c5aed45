//! Which failures a caller can match on.

/// The failure type of a callee, as its callers see it.
///
/// Whatever can fail with `E` fails with `F::Or<E>` for its callers. A callee that declares no failure type is
/// [`Undeclared`], and its callers get `E` itself.
pub trait FailureType: Sized + 'static {
    /// This failure type, or `E` for whatever else went wrong.
    type Or<E>;

    /// Looks for this failure in an error.
    fn or<E>(error: E) -> Self::Or<E>;
}

/// No failure type is declared: callers get Temporal's error as it is.
#[derive(Debug, Clone, Copy)]
pub enum Undeclared {}

impl FailureType for Undeclared {
    type Or<E> = E;

    fn or<E>(error: E) -> E {
        error
    }
}
