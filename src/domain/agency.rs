//! The tree of agencies and governments.

use serde::{Deserialize, Serialize};

use super::ids::AgencyId;

crate::terms! {
    /// On which level an agency or an item stands.
    pub enum Level {
        /// Provincial: reference only; no duty, no stage but published.
        Province = "province", "省级", "province";
        /// City.
        City = "city", "市级", "city";
        /// County, district, or a zone whose record says that it is a government.
        County = "county", "县级", "county";
    }
}

crate::terms! {
    /// What a node of the tree is.
    pub enum AgencyForm {
        /// A government: city, county, district.
        Government = "government", "政府", "government";
        /// A functional zone; it counts as a county where `is_government` says so.
        Zone = "zone", "功能区", "zone";
        /// The justice bureau of its government.
        Bureau = "bureau", "司法行政部门", "justice bureau";
        /// Any other agency.
        Agency = "agency", "行政机关", "agency";
    }
}

/// One node of the tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agency {
    /// Row id.
    pub id: AgencyId,
    /// Short stable code, unique in the register.
    pub code: String,
    /// Full name, unique in the register.
    pub name: String,
    /// Short name as people say it (市城管局), may be empty.
    pub short: String,
    /// What the node is.
    pub form: AgencyForm,
    /// On which level it stands.
    pub level: Level,
    /// The node above; `None` for the root.
    pub parent: Option<AgencyId>,
    /// True for governments, and for zones that are governments in the sense of the plan.
    pub is_government: bool,
    /// A central body (tax, fire): listed, not reviewed by the city, no duties.
    pub vertical: bool,
}
