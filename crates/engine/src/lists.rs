//! Asking the columns that are lists of text: `array_length(list)` and `array_has(list, text)`, named
//! and meant as in DataFusion, DuckDB and Spark. DataFusion's own functions for nested values would be
//! another crate to build for these two; `unnest(list)` is there without it.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, Int64Array, ListArray};
use arrow::datatypes::DataType;
use datafusion::common::plan_err;
use datafusion::error::Result as PlanResult;
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility};

/// The functions, to be registered.
pub(crate) fn functions() -> [ScalarUDF; 2] {
    let function = |kind: Kind, arguments| {
        ScalarUDF::from(ListFunction { kind, signature: Signature::any(arguments, Volatility::Immutable) })
    };
    [function(Kind::Length, 1), function(Kind::Has, 2)]
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct ListFunction {
    kind: Kind,
    signature: Signature,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Length,
    Has,
}

impl ScalarUDFImpl for ListFunction {
    fn name(&self) -> &str {
        match self.kind {
            Kind::Length => "array_length",
            Kind::Has => "array_has",
        }
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, arguments: &[DataType]) -> PlanResult<DataType> {
        match (self.kind, arguments) {
            (Kind::Length, [DataType::List(_)]) => Ok(DataType::Int64),
            (Kind::Has, [DataType::List(item), DataType::Utf8]) if *item.data_type() == DataType::Utf8 => {
                Ok(DataType::Boolean)
            }
            (Kind::Length, _) => plan_err!("array_length takes a list"),
            (Kind::Has, _) => plan_err!("array_has takes a list of text and a text"),
        }
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> PlanResult<ColumnarValue> {
        let arrays = ColumnarValue::values_to_arrays(&arguments.args)?;
        let result: ArrayRef = match (self.kind, arrays.as_slice()) {
            (Kind::Length, [list]) if list.as_list_opt::<i32>().is_some() => Arc::new(lengths(list.as_list())),
            (Kind::Has, [list, text]) if list.as_list_opt::<i32>().is_some() => Arc::new(has(list.as_list(), text)),
            _ => return plan_err!("{} takes a list", self.name()),
        };
        Ok(ColumnarValue::Array(result))
    }
}

fn lengths(lists: &ListArray) -> Int64Array {
    (0..lists.len()).map(|row| lists.is_valid(row).then(|| i64::from(lists.value_length(row)))).collect()
}

/// Null where the list or the text is.
fn has(lists: &ListArray, texts: &ArrayRef) -> BooleanArray {
    let (Some(values), Some(texts)) = (lists.values().as_string_opt::<i32>(), texts.as_string_opt::<i32>()) else {
        return BooleanArray::new_null(lists.len());
    };
    let one = |row: usize| {
        let bounds = lists.value_offsets().get(row..=row + 1)?;
        let among = bounds[0] as usize..bounds[1] as usize;
        let text = texts.is_valid(row).then(|| texts.value(row))?;
        lists.is_valid(row).then(|| among.into_iter().any(|at| values.is_valid(at) && values.value(at) == text))
    };
    (0..lists.len()).map(one).collect()
}
