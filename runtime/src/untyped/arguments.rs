//! Arguments of calls by name.

use std::fmt;

use temporalio_common::{
    data_converters::{
        GenericPayloadConverter, PayloadConversionError, RawValue, SerializationContext, TemporalSerializable,
    },
    protos::temporal::api::common::v1::Payload,
};

use crate::arguments::{ArgumentError, ArgumentList, Decoder};

/// What a call by name takes: a tuple with an element for each argument, or a [`RawValue`] with a payload for each.
///
/// The elements are serde types, and whatever implements Temporal's own payload traits.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no list of arguments",
    label = "write a tuple, with an element for each argument",
    note = "none is `()`, one is `(first,)` with its comma; each must be `Send`, `Sync`, `'static` and implement `serde::Serialize`"
)]
pub trait IntoArguments {
    /// The arguments, their types forgotten.
    fn into_arguments(self) -> UntypedArguments;
}

/// The arguments of a call by name, their types forgotten.
pub struct UntypedArguments {
    /// What they are for; empty for a signal, a query or an update.
    name: String,
    values: Values,
}

enum Values {
    Typed(Vec<Box<dyn Value>>),
    Raw(Vec<Payload>),
}

/// A value that can become a payload.
trait Value: Send + Sync {
    fn encode(&self, context: &SerializationContext<'_>) -> Result<Payload, PayloadConversionError>;
}

impl<T: TemporalSerializable + Send + Sync + 'static> Value for T {
    fn encode(&self, context: &SerializationContext<'_>) -> Result<Payload, PayloadConversionError> {
        context.converter.to_payload(context, self)
    }
}

impl UntypedArguments {
    pub(super) fn named(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    pub(super) fn name(&self) -> String {
        self.name.clone()
    }

    /// The payloads, of arguments that came from the server; `None` of arguments that were given as values.
    pub fn payloads(&self) -> Option<&[Payload]> {
        match &self.values {
            Values::Typed(_) => None,
            Values::Raw(payloads) => Some(payloads),
        }
    }
}

impl fmt::Debug for UntypedArguments {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UntypedArguments").field("name", &self.name).finish_non_exhaustive()
    }
}

#[diagnostic::do_not_recommend]
impl ArgumentList for UntypedArguments {
    fn encode_into(
        &self,
        context: &SerializationContext<'_>,
        payloads: &mut Vec<Payload>,
    ) -> Result<(), PayloadConversionError> {
        match &self.values {
            Values::Typed(values) => {
                for value in values {
                    payloads.push(value.encode(context)?);
                }
            }
            Values::Raw(raw) => payloads.extend_from_slice(raw),
        }
        Ok(())
    }

    fn decode_from(decoder: &mut Decoder<'_>) -> Result<Self, Box<ArgumentError>> {
        Ok(Self { name: String::new(), values: Values::Raw(decoder.rest()) })
    }
}

impl IntoArguments for UntypedArguments {
    fn into_arguments(self) -> UntypedArguments {
        self
    }
}

impl IntoArguments for RawValue {
    fn into_arguments(self) -> UntypedArguments {
        UntypedArguments { name: String::new(), values: Values::Raw(self.payloads) }
    }
}

impl IntoArguments for () {
    fn into_arguments(self) -> UntypedArguments {
        UntypedArguments { name: String::new(), values: Values::Typed(Vec::new()) }
    }
}

macro_rules! tuple {
    ($($Type:ident $value:ident),+) => {
        impl<$($Type: TemporalSerializable + Send + Sync + 'static),+> IntoArguments for ($($Type,)+) {
            fn into_arguments(self) -> UntypedArguments {
                let ($($value,)+) = self;
                UntypedArguments { name: String::new(), values: Values::Typed(vec![$(Box::new($value)),+]) }
            }
        }
    };
}

tuple!(A a);
tuple!(A a, B b);
tuple!(A a, B b, C c);
tuple!(A a, B b, C c, D d);
tuple!(A a, B b, C c, D d, E e);
tuple!(A a, B b, C c, D d, E e, F f);
tuple!(A a, B b, C c, D d, E e, F f, G g);
tuple!(A a, B b, C c, D d, E e, F f, G g, H h);
