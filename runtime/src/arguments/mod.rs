//! Arguments on the wire: by position, one payload each.

mod decode;
mod error;
mod given;
mod list;
mod travels;

pub use decode::Decoder;
pub(crate) use decode::{decode_list, decode_with};
pub(crate) use error::Unencodable;
pub use error::{ArgumentError, Callee};
pub use given::IntoArgument;
pub(crate) use list::encode_list;
pub use list::{ArgumentList, ArgumentValue};
pub use travels::{Checked, Travels};

use temporalio_common::{
    data_converters::{PayloadConversionError, SerializationContext, TemporalDeserializable, TemporalSerializable},
    protos::temporal::api::common::v1::Payload,
};

/// The arguments of a signal, a query or an update on their way to a workflow.
///
/// Interceptors see this type; [`Arguments::get`] gives them the typed values.
pub struct Arguments(Box<dyn ErasedList>);

/// An [`ArgumentList`] whose type is forgotten.
trait ErasedList: std::any::Any + Send + Sync {
    fn encode(&self, context: &SerializationContext<'_>) -> Result<Vec<Payload>, PayloadConversionError>;
    fn as_any(&self) -> &dyn std::any::Any;
}

impl<L: ArgumentList> ErasedList for L {
    fn encode(&self, context: &SerializationContext<'_>) -> Result<Vec<Payload>, PayloadConversionError> {
        encode_list(self, context)
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

impl Arguments {
    /// Arguments from a list: `(first, (second, ()))`.
    pub fn new(list: impl ArgumentList) -> Self {
        Self(Box::new(list))
    }

    /// The arguments as the list `L`, if that is their type.
    ///
    /// ```
    /// use durably::Arguments;
    ///
    /// let arguments = Arguments::new((String::from("Ada"), (7_u32, ())));
    /// assert_eq!(arguments.get::<(String, (u32, ()))>().map(|(name, _)| name.as_str()), Some("Ada"));
    /// ```
    pub fn get<L: ArgumentList>(&self) -> Option<&L> {
        self.0.as_any().downcast_ref()
    }
}

impl std::fmt::Debug for Arguments {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Arguments").finish_non_exhaustive()
    }
}

impl TemporalSerializable for Arguments {
    fn to_payloads(&self, context: &SerializationContext<'_>) -> Result<Vec<Payload>, PayloadConversionError> {
        self.0.encode(context)
    }
}

// The client's traits ask for this although a client never decodes what it sends: refused rather than guessed.
impl TemporalDeserializable for Arguments {}
