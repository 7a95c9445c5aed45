//! Types that derive `Failure`, wherever they stand and whatever stands beside them.
#![allow(dead_code, missing_docs)]

pub mod bare {
    //! Without the standard prelude.
    #![no_implicit_prelude]

    use ::std::string::String;

    /// What fails.
    #[derive(::std::fmt::Debug, ::durably::Failure)]
    #[failure(rename_all = "snake_case")]
    pub enum BareError {
        /// With a field.
        #[failure(non_retryable, message = "bare {0}")]
        WithField(String),
        /// Without one.
        #[failure(next_retry_delay = "1s", category = Benign, message = "bare")]
        Plain,
    }

    /// Declares it.
    #[::durably::activity(retry_policy(non_retryable_error_types(BareError::Plain)))]
    pub async fn bare_failing() -> ::std::result::Result<(), BareError> {
        ::std::result::Result::Err(BareError::Plain)
    }
}

pub mod shadows {
    //! Beside types of the names that the derive uses.

    use ::serde::{Deserialize, Serialize};

    /// What fails.
    #[derive(::std::fmt::Debug, ::durably::Failure)]
    pub enum Failure {
        /// Fields of these types.
        #[failure(message = "{string:?} {option:?}")]
        Fields { string: String, option: Option, details: Details },
        /// Named like what the derive names.
        #[failure(message = "{0:?}")]
        Ok(Result),
        /// Likewise.
        #[failure(message = "none")]
        None,
    }

    #[derive(Debug, Serialize, Deserialize)]
    pub struct String;
    #[derive(Debug, Serialize, Deserialize)]
    pub struct Option;
    #[derive(Debug, Serialize, Deserialize)]
    pub struct Result;
    #[derive(Debug, Serialize, Deserialize)]
    pub struct Details;
    pub struct Decoder;
    pub struct Box;
    pub struct Names;
    pub struct ApplicationFailure;
    pub trait From {}
    pub trait Display {}
    pub trait Error {}
    pub mod durably {}
    pub mod std {}
    pub mod fmt {}

    macro_rules! write {
        () => {};
    }
    write!();

    /// Declares it.
    #[::durably::activity]
    pub async fn shadowed_failing() -> ::std::result::Result<(), Failure> {
        ::std::result::Result::Err(Failure::None)
    }
}

pub mod macros {
    //! Made by a macro, whose literals and names come from different places.

    use ::durably::prelude::*;

    macro_rules! failure {
        ($name:ident { $variant:ident { $field:ident: $ty:ty } }, $wire:literal, $message:literal) => {
            /// What fails.
            #[derive(Debug, Failure)]
            pub enum $name {
                /// Message and field of the caller.
                #[failure(name = $wire, message = $message)]
                $variant { $field: $ty },
                /// Message of the macro, and fields of both.
                #[failure(message = "own {reason} {count}")]
                Own { reason: $ty, count: u8 },
                /// Numbered.
                #[failure(message = "of {0}")]
                Numbered($ty),
            }
        };
    }

    failure!(MadeError { Made { reason: String } }, "made", "made of {reason}");
}

/// The crate under another path.
pub mod facade {
    pub use ::durably as renamed;

    /// What fails.
    #[derive(Debug, renamed::Failure)]
    #[failure(crate = "crate::hygiene::failures::facade::renamed")]
    pub enum RenamedError {
        /// In this way.
        #[failure(message = "renamed")]
        Renamed,
    }

    /// A failure of one kind.
    #[derive(Debug, renamed::Failure)]
    #[failure(crate = "renamed", message = "a struct")]
    pub struct RenamedStruct;
}

pub mod warnings {
    //! Where every warning is an error.
    #![deny(warnings, missing_docs, unused, nonstandard_style, rust_2018_idioms)]
    #![deny(clippy::all, clippy::pedantic)]
    #![deny(
        unused_qualifications,
        missing_debug_implementations,
        missing_copy_implementations,
        trivial_casts,
        unreachable_pub,
        elided_lifetimes_in_paths,
        explicit_outlives_requirements,
        variant_size_differences
    )]

    use ::durably::prelude::*;

    /// What fails.
    #[derive(Debug, Clone, PartialEq, Failure)]
    pub enum WarnedError {
        /// With a field.
        #[failure(message = "{0}, at last")]
        WithField(String),
        /// Deprecated, and still there.
        #[deprecated]
        #[failure(message = "old")]
        Old,
    }

    /// Fails in one way.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Failure)]
    #[failure(message = "alone")]
    pub struct Alone;

    #[derive(Debug, Failure)]
    pub(crate) enum Private {
        #[failure(message = "private {code}")]
        Of { code: u8 },
    }

    /// Declares it.
    ///
    /// # Errors
    ///
    /// Always.
    #[activity]
    pub fn warned_failing(code: u8) -> Result<(), ActivityFailed<WarnedError>> {
        drop(Private::Of { code }.to_string());
        Err(WarnedError::WithField(String::new()))?
    }
}
