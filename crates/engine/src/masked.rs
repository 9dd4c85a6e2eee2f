//! The tables without mail addresses, for those who may not see any.
//!
//! A masked table is a view: the columns that are nothing but addresses ([`Table::is_address`]) are not in it, and in
//! all others addresses are taken out of the texts before any part of a query sees them. So no query can tell
//! whether an address is there, neither by asking for it nor by comparing with it.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, ListArray, StringArray};
use arrow::datatypes::DataType;
use datafusion::catalog::TableProvider;
use datafusion::common::plan_err;
use datafusion::error::Result as PlanResult;
use datafusion::logical_expr::{
    ColumnarValue, Expr, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};
use datafusion::prelude::{SessionContext, ident};
use model::tables::{Column, Kind, Table};

/// Columns by which files are found, or whose words are ours: nothing in them is an address of a person.
const OURS: &[&str] = &["source", "month", "channel", "kind", "state"];

/// A view of `table`, whose rows are `rows`, without addresses.
pub(crate) fn view(
    context: &SessionContext,
    table: &Table,
    rows: Arc<dyn TableProvider>,
) -> PlanResult<Arc<dyn TableProvider>> {
    let mask = ScalarUDF::from(Mask { signature: Signature::any(1, Volatility::Immutable) });
    let columns = table.columns.iter().filter(|column| !table.is_address(column.name));
    let columns = columns.map(|column| match holds_text(column) {
        true => mask.call(vec![ident(column.name)]).alias(column.name),
        false => ident(column.name),
    });
    Ok(context.read_table(rows)?.select(columns.collect::<Vec<Expr>>())?.into_view())
}

fn holds_text(column: &Column) -> bool {
    // Our ids are hashes; a source's own may well hold an address.
    let is_id = (column.name.ends_with("_id") || column.name.ends_with("_ids")) && column.name != "native_id";
    matches!(column.kind, Kind::Text | Kind::Texts) && !is_id && !OURS.contains(&column.name)
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct Mask {
    signature: Signature,
}

impl ScalarUDFImpl for Mask {
    fn name(&self) -> &str {
        "without_addresses"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, arguments: &[DataType]) -> PlanResult<DataType> {
        match arguments {
            [kind @ (DataType::Utf8 | DataType::List(_))] => Ok(kind.clone()),
            _ => plan_err!("without_addresses takes a text or a list of texts"),
        }
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> PlanResult<ColumnarValue> {
        let arrays = ColumnarValue::values_to_arrays(&arguments.args)?;
        match arrays.as_slice() {
            [array] => Ok(ColumnarValue::Array(masked(array)?)),
            _ => plan_err!("without_addresses takes one column"),
        }
    }
}

fn masked(array: &ArrayRef) -> PlanResult<ArrayRef> {
    if let Some(texts) = array.as_string_opt::<i32>() {
        return Ok(Arc::new(without(texts)));
    }
    let Some(lists) = array.as_list_opt::<i32>() else {
        return plan_err!("without_addresses takes a text or a list of texts");
    };
    let Some(texts) = lists.values().as_string_opt::<i32>() else {
        return plan_err!("without_addresses takes a list of texts");
    };
    let DataType::List(field) = lists.data_type() else {
        return plan_err!("without_addresses takes a list of texts");
    };
    let (offsets, nulls) = (lists.offsets().clone(), lists.nulls().cloned());
    Ok(Arc::new(ListArray::try_new(field.clone(), offsets, Arc::new(without(texts)), nulls)?))
}

fn without(texts: &StringArray) -> StringArray {
    texts.iter().map(|text| text.map(text::without_addresses)).collect()
}
