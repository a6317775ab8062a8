//! The one integration test binary.

#[cfg(test)]
mod notation;
#[cfg(test)]
mod reading;
#[cfg(test)]
mod reading_clauses;
#[cfg(test)]
mod reading_properties;
#[cfg(test)]
mod reading_rules;
#[cfg(test)]
mod reading_sample;
#[cfg(test)]
mod reading_shapes;
