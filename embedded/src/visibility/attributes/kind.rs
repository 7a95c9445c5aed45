use temporalio_protos::temporal::api::enums::v1::IndexedValueType;

/// The type of a search attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Words: found by any of them, whatever the case.
    Text,
    /// One string, compared as a whole.
    Keyword,
    Int,
    Double,
    Bool,
    Datetime,
    /// Strings, found by any of them.
    KeywordList,
}

impl Kind {
    pub(crate) const fn from_proto(proto: IndexedValueType) -> Option<Self> {
        Some(match proto {
            IndexedValueType::Unspecified => return None,
            IndexedValueType::Text => Self::Text,
            IndexedValueType::Keyword => Self::Keyword,
            IndexedValueType::Int => Self::Int,
            IndexedValueType::Double => Self::Double,
            IndexedValueType::Bool => Self::Bool,
            IndexedValueType::Datetime => Self::Datetime,
            IndexedValueType::KeywordList => Self::KeywordList,
        })
    }

    pub(crate) const fn proto(self) -> IndexedValueType {
        match self {
            Self::Text => IndexedValueType::Text,
            Self::Keyword => IndexedValueType::Keyword,
            Self::Int => IndexedValueType::Int,
            Self::Double => IndexedValueType::Double,
            Self::Bool => IndexedValueType::Bool,
            Self::Datetime => IndexedValueType::Datetime,
            Self::KeywordList => IndexedValueType::KeywordList,
        }
    }

    /// The name in the `type` of a payload and in error texts.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Text => "Text",
            Self::Keyword => "Keyword",
            Self::Int => "Int",
            Self::Double => "Double",
            Self::Bool => "Bool",
            Self::Datetime => "Datetime",
            Self::KeywordList => "KeywordList",
        }
    }
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
