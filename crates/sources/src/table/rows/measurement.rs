//! Numbers.

use model::{Id, Measurement, Rows};

use crate::table::cells;
use crate::table::normalize::Row;
use crate::table::number::number;

/// Pushes the measurements of a row: one of a name and a value, or one for each column that holds one.
pub fn measurements(row: &mut Row<'_>, rows: &mut Rows) {
    let time = row.time("time");
    if time.is_none() && row.text("time").is_some() {
        // Without its time it would replace those that have none.
        return;
    }
    let channel = row.channel(rows);
    let labels: Vec<String> = row
        .mapping
        .labels
        .iter()
        .filter_map(|label| Some(format!("{}={}", label.to_lowercase(), text(row, label)?)))
        .collect();
    values(row, rows, &channel, time, &labels);
    if row.mapping.field("value").is_none() {
        return;
    }
    let Some(name) = row.text("name") else {
        return row.wrong.push(("row does not say what was measured", row.column("name")));
    };
    let (Some(value), unit) = (row.text("value"), row.text("unit")) else { return };
    let column = row.column("value");
    push(row, rows, Told { name, column, value, unit, channel: &channel, time, labels: &labels });
}

/// Pushes a measurement for each column of [`crate::table::mapping::Mapping::values`] that is not empty.
pub fn values(row: &mut Row<'_>, rows: &mut Rows, channel: &str, time: Option<i64>, labels: &[String]) {
    let mapping = row.mapping;
    for column in &mapping.values {
        let Some(value) = text(row, column) else { continue };
        let (name, column) = (column.to_lowercase(), column.clone());
        push(row, rows, Told { name, column, value, unit: None, channel, time, labels });
    }
}

struct Told<'a> {
    name: String,
    column: String,
    value: String,
    unit: Option<String>,
    channel: &'a str,
    time: Option<i64>,
    labels: &'a [String],
}

fn push(row: &mut Row<'_>, rows: &mut Rows, told: Told<'_>) {
    match number(&told.value, row.mapping.decimal) {
        Ok(Some((value, percent))) => rows.measurements.push(Measurement {
            // The item's id holds what tells the row from others: time, labels.
            id: Id::measurement(row.source, &format!("{}#{}", row.item.id, told.column)),
            name: told.name,
            channel: told.channel.to_owned(),
            time: told.time,
            value,
            unit: told.unit.or_else(|| percent.then(|| "%".to_owned())),
            labels: told.labels.to_vec(),
        }),
        Ok(None) => {}
        Err(what) => row.wrong.push((what, told.column)),
    }
}

fn text(row: &Row<'_>, column: &String) -> Option<String> {
    let found = cells::find(row.value, std::slice::from_ref(column))?;
    Some(cells::text(found).trim().to_owned())
}
