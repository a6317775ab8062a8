//! Row identifiers, one type a record, so that an item's id cannot be handed over as a duty's.

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident;)+) => {
        $(
            $(#[$meta])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
            #[serde(transparent)]
            pub struct $name(pub i64);

            impl std::fmt::Display for $name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(f) }
            }
        )+
    };
}

ids! {
    /// An agency, government or zone.
    AgencyId;
    /// A legal source.
    SourceId;
    /// An enforcement item.
    ItemId;
    /// One version of an item's baseline.
    VersionId;
    /// A duty with its clock.
    DutyId;
    /// A publication batch.
    BatchId;
    /// An event such as a change of the law.
    EventId;
}
