//! What an argument may be given as.

/// What an argument of type `T` may be given as, where that is a string: whatever turns into one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be given for a `{T}`",
    label = "this argument is a `{T}`",
    note = "give a `{T}`, or what implements `Into<{T}>`, such as a `&str`"
)]
pub trait IntoArgument<T> {
    /// The argument.
    fn into_argument(self) -> T;
}

// The compiler would otherwise report what the conversion lacks, which is not what a caller has in mind.
#[diagnostic::do_not_recommend]
impl<T, G: Into<T>> IntoArgument<T> for G {
    fn into_argument(self) -> T {
        self.into()
    }
}
