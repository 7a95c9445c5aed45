//! Closures that stand in for activities, of any number of arguments.

use crate::arguments::{ArgumentList, ArgumentValue};

/// A closure that answers to the arguments `L` of an activity: one parameter for each, with its type written out.
#[diagnostic::on_unimplemented(
    message = "this closure does not take the arguments of the activity",
    label = "the arguments are `{L}`, as a list",
    note = "write one parameter with its type for each argument: `|card: String, cents: u32| Ok(receipt)`"
)]
pub trait Answers<L>: Send + 'static {
    /// What it returns.
    type Answer;

    /// Answers one call.
    #[doc(hidden)]
    fn answer(&mut self, arguments: L) -> Self::Answer;
}

/// Arguments as a test compares them: a single one as it is, several as a tuple.
pub trait Unlisted: ArgumentList {
    /// The value of a single argument, a tuple of several, `()` for none.
    type Values;

    /// The list as that.
    #[doc(hidden)]
    fn unlisted(self) -> Self::Values;
}

macro_rules! arity {
    (($($name:ident)*) $values:ty, $value:expr, $list:pat, $list_type:ty) => {
        impl<Closure, Answer, $($name: ArgumentValue),*> Answers<$list_type> for Closure
        where
            Closure: FnMut($($name),*) -> Answer + Send + 'static,
        {
            type Answer = Answer;

            #[allow(non_snake_case)]
            fn answer(&mut self, $list: $list_type) -> Answer {
                self($($name),*)
            }
        }

        impl<$($name: ArgumentValue),*> Unlisted for $list_type {
            type Values = $values;

            #[allow(non_snake_case)]
            fn unlisted(self) -> Self::Values {
                let $list = self;
                $value
            }
        }
    };
}

macro_rules! arities {
    () => {
        arity!(() (), (), (), ());
    };
    ($first:ident) => {
        arity!(($first) $first, $first, ($first, ()), ($first, ()));
        arities!();
    };
    ($first:ident $($rest:ident)+) => {
        arity!(
            ($first $($rest)+)
            ($first, $($rest),+),
            ($first, $($rest),+),
            listed!($first $($rest)+),
            listed!($first $($rest)+)
        );
        arities!($($rest)+);
    };
}

macro_rules! listed {
    () => { () };
    ($first:ident $($rest:ident)*) => { ($first, listed!($($rest)*)) };
}

arities!(A B C D E F G H I J K L M N O P);
