//! What is compared.

use temporalio_client::GrpcCompression;

pub(super) enum Framework {
    Durably,
    Official,
}

pub(super) struct Variant {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    pub(super) framework: Framework,
    /// `None`: whatever the framework does unless told otherwise.
    pub(super) compression: Option<GrpcCompression>,
}

pub(super) const VARIANTS: [Variant; 4] = [
    Variant { id: "durably", name: "Durably, its defaults", framework: Framework::Durably, compression: None },
    Variant {
        id: "durably-gzip",
        name: "Durably, gzip",
        framework: Framework::Durably,
        compression: Some(GrpcCompression::Gzip),
    },
    Variant {
        id: "official-gzip",
        name: "official macros, their defaults",
        framework: Framework::Official,
        compression: None,
    },
    Variant {
        id: "official",
        name: "official macros, no compression",
        framework: Framework::Official,
        compression: Some(GrpcCompression::None),
    },
];
