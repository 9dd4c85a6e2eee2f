//! The schema of every table: its columns, their units, where they come from and the order of rows.
//!
//! `switchboard tables`, the generated reference and the Parquet files are all made from this list.
//! Tables are Parquet, partitioned by source and UTC month where that pays ([`Table::partitioned`]).
//! Instants are microseconds UTC; a column named `…_id` holds an [`crate::Id`].

use std::sync::Arc;

use arrow::datatypes::{DataType, Field, Schema, SchemaRef, TimeUnit};

mod list;
pub use list::*;

/// One table.
#[derive(Debug)]
pub struct Table {
    /// Its name in SQL.
    pub name: &'static str,
    /// What one row is.
    pub about: &'static str,
    /// The columns, in order.
    pub columns: &'static [Column],
    /// Whether it lies in folders `source=…/month=YYYY-MM/` (else it is one file).
    pub partitioned: bool,
    /// The columns that its rows are sorted by within one file.
    pub sort: &'static [&'static str],
}

/// One column.
#[derive(Debug)]
pub struct Column {
    /// Its name in SQL.
    pub name: &'static str,
    /// Its type.
    pub kind: Kind,
    /// Whether it may be null.
    pub nullable: bool,
    /// What it says, its unit, and where it comes from.
    pub about: &'static str,
}

/// The few types that columns have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// UTF-8.
    Text,
    /// 64-bit signed.
    Int,
    /// 64-bit.
    Float,
    /// True or false.
    Bool,
    /// Microseconds since 1970, UTC.
    Time,
    /// A list of texts, never null, possibly empty.
    Texts,
}

impl Kind {
    /// The Arrow type.
    pub fn arrow(self) -> DataType {
        match self {
            Kind::Text => DataType::Utf8,
            Kind::Int => DataType::Int64,
            Kind::Float => DataType::Float64,
            Kind::Bool => DataType::Boolean,
            Kind::Time => DataType::Timestamp(TimeUnit::Microsecond, Some("+00:00".into())),
            Kind::Texts => DataType::List(Arc::new(Field::new("item", DataType::Utf8, false))),
        }
    }

    /// The word a person reads.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Int => "integer",
            Kind::Float => "float",
            Kind::Bool => "boolean",
            Kind::Time => "timestamp (µs, UTC)",
            Kind::Texts => "list of text",
        }
    }
}

impl Table {
    /// The Arrow schema of its files. Partition columns (`source`, `month`) are real columns in the
    /// file as well, so that a single file says all about itself.
    pub fn schema(&self) -> SchemaRef {
        let field = |column: &Column| Field::new(column.name, column.kind.arrow(), column.nullable);
        Arc::new(Schema::new(self.columns.iter().map(field).collect::<Vec<_>>()))
    }

    /// Whether a column holds mail addresses or accounts as such. Programs see those only with the right to.
    pub fn is_address(&self, column: &str) -> bool {
        ADDRESSES.contains(&(self.name, column))
    }

    /// Looks a table up by its name.
    pub fn named(name: &str) -> Option<&'static Table> {
        TABLES.iter().copied().find(|table| table.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_alphabetical_and_sound() {
        assert!(TABLES.is_sorted_by_key(|table| table.name));
        for table in TABLES {
            assert!(!table.about.is_empty());
            let known = |name: &str| table.columns.iter().any(|column| column.name == name);
            assert!(table.sort.iter().all(|name| known(name)), "{}", table.name);
            for (_, column) in ADDRESSES.iter().filter(|(of, _)| *of == table.name) {
                assert!(known(column), "{} has no {column}", table.name);
            }
            assert!(!table.partitioned || (known("source") && known("month")), "{}", table.name);
            assert!(table.columns.iter().all(|column| column.about.len() > 3), "{}", table.name);
        }
    }
}
