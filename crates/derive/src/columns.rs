//! Rows to Arrow columns and back: the only place that knows how a message lies in a batch.

use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, BooleanArray, BooleanBuilder, Float64Array, Float64Builder, Int64Array, Int64Builder, ListArray,
    ListBuilder, RecordBatch, StringArray, StringBuilder, TimestampMicrosecondArray, TimestampMicrosecondBuilder,
};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use model::tables::{ACTIVITIES, MESSAGES, SIGNALS, Table};
use model::{Activity, Message};
use text::Signal;

use crate::error::{DeriveError, Result};

/// How many leading columns of [`SIGNALS`] repeat those of [`MESSAGES`].
const SHARED: usize = 4;

/// One column being filled.
pub enum Column {
    /// Text.
    Text(StringBuilder),
    /// Integer.
    Int(Int64Builder),
    /// Float.
    Float(Float64Builder),
    /// Boolean.
    Bool(BooleanBuilder),
    /// Time.
    Time(TimestampMicrosecondBuilder),
    /// List of text.
    Texts(ListBuilder<StringBuilder>),
}

/// Columns of one table being filled, row by row, in the order of its schema.
pub struct Filling {
    schema: SchemaRef,
    columns: Vec<Column>,
    next: usize,
}

impl Filling {
    /// Empty columns of `table`.
    pub fn new(table: &Table) -> Filling {
        Filling::of(table.schema())
    }

    /// Empty columns of some of a table's columns, in the table's order.
    pub fn of_columns(table: &Table, names: &[&str]) -> Filling {
        let schema = table.schema();
        let fields = schema.fields().iter().filter(|field| names.contains(&field.name().as_str())).cloned();
        Filling::of(Arc::new(Schema::new(fields.collect::<Vec<_>>())))
    }

    fn of(schema: SchemaRef) -> Filling {
        let column = |field: &Arc<Field>| match field.data_type() {
            DataType::Int64 => Column::Int(Int64Builder::new()),
            DataType::Float64 => Column::Float(Float64Builder::new()),
            DataType::Boolean => Column::Bool(BooleanBuilder::new()),
            DataType::Timestamp(..) => {
                Column::Time(TimestampMicrosecondBuilder::new().with_data_type(field.data_type().clone()))
            }
            DataType::List(item) => Column::Texts(ListBuilder::new(StringBuilder::new()).with_field(item.clone())),
            _ => Column::Text(StringBuilder::new()),
        };
        Filling { columns: schema.fields().iter().map(column).collect(), schema, next: 0 }
    }

    fn next(&mut self) -> Option<&mut Column> {
        let at = self.next;
        self.next = (at + 1) % self.columns.len();
        self.columns.get_mut(at)
    }

    /// The next column of the row is this text.
    pub fn text(&mut self, value: &str) -> &mut Self {
        self.text_or_null(Some(value))
    }

    /// The next column of the row is this text or null.
    pub fn text_or_null(&mut self, value: Option<&str>) -> &mut Self {
        if let Some(Column::Text(column)) = self.next() {
            column.append_option(value);
        }
        self
    }

    /// The next column of the row is this number or null.
    pub fn int(&mut self, value: impl Into<Option<i64>>) -> &mut Self {
        if let Some(Column::Int(column)) = self.next() {
            column.append_option(value.into());
        }
        self
    }

    /// The next column of the row is this number.
    pub fn float(&mut self, value: f64) -> &mut Self {
        if let Some(Column::Float(column)) = self.next() {
            column.append_value(value);
        }
        self
    }

    /// The next column of the row is this truth.
    pub fn bool(&mut self, value: bool) -> &mut Self {
        if let Some(Column::Bool(column)) = self.next() {
            column.append_value(value);
        }
        self
    }

    /// The next column of the row is this instant or null.
    pub fn time(&mut self, value: impl Into<Option<i64>>) -> &mut Self {
        if let Some(Column::Time(column)) = self.next() {
            column.append_option(value.into());
        }
        self
    }

    /// The next column of the row is this list.
    pub fn texts<T: AsRef<str>>(&mut self, values: impl IntoIterator<Item = T>) -> &mut Self {
        if let Some(Column::Texts(column)) = self.next() {
            values.into_iter().for_each(|value| column.values().append_value(value));
            column.append(true);
        }
        self
    }

    /// The rows so far as a batch; the columns are empty afterwards.
    pub fn finish(&mut self) -> Result<RecordBatch> {
        let array = |column: &mut Column| -> ArrayRef {
            match column {
                Column::Text(column) => Arc::new(column.finish()),
                Column::Int(column) => Arc::new(column.finish()),
                Column::Float(column) => Arc::new(column.finish()),
                Column::Bool(column) => Arc::new(column.finish()),
                Column::Time(column) => Arc::new(column.finish()),
                Column::Texts(column) => Arc::new(column.finish()),
            }
        };
        let arrays = self.columns.iter_mut().map(array).collect();
        Ok(RecordBatch::try_new(self.schema.clone(), arrays)?)
    }
}

/// The columns of a message and of its signals side by side, as they travel until they are written.
pub fn wide_schema() -> SchemaRef {
    let mut fields = MESSAGES.schema().fields().to_vec();
    fields.extend(SIGNALS.schema().fields().iter().skip(SHARED).cloned());
    Arc::new(Schema::new(fields))
}

/// Splits a wide batch into the rows of `messages` and those of `signals`.
pub fn split(wide: &RecordBatch) -> Result<(RecordBatch, RecordBatch)> {
    let width = MESSAGES.columns.len();
    let messages = RecordBatch::try_new(MESSAGES.schema(), wide.columns()[..width].to_vec())?;
    let signals = [&wide.columns()[..SHARED], &wide.columns()[width..]].concat();
    Ok((messages, RecordBatch::try_new(SIGNALS.schema(), signals)?))
}

/// Puts a batch of `messages` and the same rows' `signals` side by side.
pub fn join(messages: &RecordBatch, signals: &RecordBatch) -> Result<RecordBatch> {
    let columns = [messages.columns(), &signals.columns()[SHARED..]].concat();
    Ok(RecordBatch::try_new(wide_schema(), columns)?)
}

/// What else goes into a message's row.
pub struct Beside<'a> {
    /// The source's id.
    pub source: &'a str,
    /// The partition's month.
    pub month: &'a str,
    /// Time to write, and whether it is an estimate.
    pub time: (Option<i64>, bool),
    /// `source/segment/row`.
    pub item: &'a str,
    /// What the message's own words say.
    pub reading: &'a text::Reading,
    /// How its own words begin.
    pub lead: &'a str,
}

/// Fills wide columns with messages. `conversation_id`, `seen_in` and `seen_count` stay empty: they
/// are known only when all messages are.
pub struct WideFilling(Filling);

impl WideFilling {
    /// Empty columns.
    pub fn new() -> WideFilling {
        WideFilling(Filling::of(wide_schema()))
    }

    /// Adds a message.
    pub fn push(&mut self, message: &Message, beside: &Beside<'_>) {
        let (time, estimated) = beside.time;
        self.0
            .text(message.id.as_str())
            .text("")
            .text(beside.source)
            .text(beside.month)
            .text(&message.channel)
            .text(&message.native_id)
            .text(message.kind.as_str())
            .text_or_null(message.author.as_ref().map(|id| id.as_str()))
            .time(time)
            .bool(estimated)
            .int(message.order)
            .texts(message.parents.iter().map(|id| id.as_str()))
            .bool(message.threaded)
            .text_or_null(message.subject.as_deref())
            .text(&message.body)
            .texts(&message.attachments)
            .texts(&message.tags)
            .texts(&message.mentions)
            .text_or_null(message.accepted.as_ref().map(|id| id.as_str()))
            .text_or_null(message.closed.as_deref())
            .int(message.score)
            .text_or_null(message.url.as_deref())
            .texts(std::iter::empty::<&str>())
            .int(0)
            .text(beside.item);
        let text::Reading { signals, facts, .. } = beside.reading;
        self.0
            .bool(signals.has(Signal::Question))
            .bool(signals.has(Signal::Thanks) || signals.has(Signal::Works))
            .bool(signals.has(Signal::Complaint) || signals.has(Signal::Frustration))
            .bool(facts.code || facts.log || facts.trace || facts.diff)
            .int(i64::from(facts.words))
            .text(beside.lead);
    }

    /// The rows so far as a batch.
    pub fn finish(&mut self) -> Result<RecordBatch> {
        self.0.finish()
    }
}

/// Adds an activity to columns of [`ACTIVITIES`].
pub fn push_activity(filling: &mut Filling, activity: &Activity, source: &str, month: &str, time: Option<i64>) {
    debug_assert_eq!(filling.columns.len(), ACTIVITIES.columns.len());
    filling
        .text(activity.id.as_str())
        .text(source)
        .text(month)
        .text(&activity.channel)
        .text(activity.kind.as_str())
        .text_or_null(activity.who.as_ref().map(|id| id.as_str()))
        .time(time)
        .int(activity.order)
        .text_or_null(activity.object.as_deref())
        .text_or_null(activity.detail.as_deref())
        .bool(activity.merge);
}

/// Reads columns of one table's batch by name.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    /// The table, for errors.
    pub table: &'static Table,
    /// The batch.
    pub batch: &'a RecordBatch,
}

impl<'a> Reading<'a> {
    fn column<T: 'static>(self, column: &'static str) -> Result<&'a T> {
        let array = self.batch.column_by_name(column).and_then(|array| array.as_any().downcast_ref());
        array.ok_or(DeriveError::Column { table: self.table.name, column })
    }

    /// A column of text.
    pub fn text(self, column: &'static str) -> Result<&'a StringArray> {
        self.column(column)
    }

    /// A column of integers.
    pub fn int(self, column: &'static str) -> Result<&'a Int64Array> {
        self.column(column)
    }

    /// A column of floats.
    pub fn float(self, column: &'static str) -> Result<&'a Float64Array> {
        self.column(column)
    }

    /// A column of truths.
    pub fn bool(self, column: &'static str) -> Result<&'a BooleanArray> {
        self.column(column)
    }

    /// A column of instants.
    pub fn time(self, column: &'static str) -> Result<&'a TimestampMicrosecondArray> {
        self.column(column)
    }

    /// A column of lists of text.
    pub fn texts(self, column: &'static str) -> Result<Lists<'a>> {
        let lists: &ListArray = self.column(column)?;
        let items = lists.values().as_any().downcast_ref();
        let items = items.ok_or(DeriveError::Column { table: self.table.name, column })?;
        Ok(Lists { lists, items })
    }
}

/// A column of lists of text.
#[derive(Clone, Copy)]
pub struct Lists<'a> {
    lists: &'a ListArray,
    items: &'a StringArray,
}

impl<'a> Lists<'a> {
    /// The texts of one row.
    pub fn row(self, row: usize) -> impl Iterator<Item = &'a str> {
        let offsets = self.lists.value_offsets();
        (offsets[row] as usize..offsets[row + 1] as usize).map(move |item| self.items.value(item))
    }
}

/// The value of a nullable text column.
pub fn some(array: &StringArray, row: usize) -> Option<&str> {
    array.is_valid(row).then(|| array.value(row))
}

/// The value of a nullable time column.
pub fn some_time(array: &TimestampMicrosecondArray, row: usize) -> Option<i64> {
    array.is_valid(row).then(|| array.value(row))
}
