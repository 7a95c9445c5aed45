//! How the errors look that `main`, `unwrap` and `expect` print.

/// Makes `Debug` the message of an error: an error that `main` returns is printed by its `Debug`, where a person wants to
/// read what is wrong and what to do, not the insides of a connection.
macro_rules! debug_is_display {
    ($error:ty) => {
        impl ::std::fmt::Debug for $error {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(self, f)
            }
        }
    };
}
pub(crate) use debug_is_display;
