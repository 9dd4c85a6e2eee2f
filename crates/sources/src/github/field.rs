//! A field of JSON that may be of another type than it should be: that costs the field, not the object.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// A field as it was found. `null` is as good as missing.
#[derive(Debug, Default, Clone, PartialEq)]
pub enum Field<T> {
    /// It was not there, or null.
    #[default]
    Missing,
    /// It was there and of a type that says nothing.
    Wrong,
    /// It was there.
    Is(T),
}

/// A text.
pub type Text<'a> = Field<Cow<'a, str>>;
/// A number, or a text of digits.
pub type Number = Field<i64>;

impl<T> Field<T> {
    /// What was there.
    pub fn get(&self) -> Option<&T> {
        match self {
            Field::Is(value) => Some(value),
            _ => None,
        }
    }
}

impl Text<'_> {
    /// The text, if it is not empty.
    pub fn text(&self) -> Option<&str> {
        self.get().map(AsRef::as_ref).filter(|text| !text.is_empty())
    }
}

impl Number {
    /// The number, if it can be that of something.
    pub fn id(&self) -> Option<u64> {
        self.get().and_then(|number| u64::try_from(*number).ok()).filter(|number| *number > 0)
    }
}

impl Field<bool> {
    /// Whether it says yes.
    pub fn yes(&self) -> bool {
        self.get() == Some(&true)
    }
}

/// What a type makes of each form that JSON may give it; `None` where it is of no use.
pub trait Read<'de>: Sized {
    /// Of a text.
    fn text(_: Cow<'de, str>) -> Option<Self> {
        None
    }
    /// Of a whole number.
    fn number(_: i64) -> Option<Self> {
        None
    }
    /// Of a yes or no.
    fn yes(_: bool) -> Option<Self> {
        None
    }
    /// Of a list, which must be read to its end.
    fn list<A: SeqAccess<'de>>(mut list: A) -> Result<Option<Self>, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }
    /// Of an object, which must be read to its end.
    fn object<A: MapAccess<'de>>(mut object: A) -> Result<Option<Self>, A::Error> {
        while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}

impl<'de: 'a, 'a> Read<'de> for Cow<'a, str> {
    fn text(text: Cow<'de, str>) -> Option<Self> {
        Some(text)
    }
}

impl Read<'_> for i64 {
    fn number(number: i64) -> Option<Self> {
        Some(number)
    }
    fn text(text: Cow<'_, str>) -> Option<Self> {
        text.parse().ok()
    }
}

impl Read<'_> for bool {
    fn yes(yes: bool) -> Option<Self> {
        Some(yes)
    }
}

impl<'de, T: Read<'de>> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Form(PhantomData))
    }
}

struct Form<T>(PhantomData<T>);

fn found<T>(read: Option<T>) -> Field<T> {
    read.map_or(Field::Wrong, Field::Is)
}

impl<'de, T: Read<'de>> Visitor<'de> for Form<T> {
    type Value = Field<T>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("any JSON")
    }
    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Field::Missing)
    }
    fn visit_bool<E>(self, yes: bool) -> Result<Self::Value, E> {
        Ok(found(T::yes(yes)))
    }
    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(found(T::number(number)))
    }
    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(found(i64::try_from(number).ok().and_then(T::number)))
    }
    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Field::Wrong)
    }
    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(found(T::text(Cow::Borrowed(text))))
    }
    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(found(T::text(Cow::Owned(text.to_owned()))))
    }
    fn visit_string<E>(self, text: String) -> Result<Self::Value, E> {
        Ok(found(T::text(Cow::Owned(text))))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        T::list(list).map(found)
    }
    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<Self::Value, A::Error> {
        T::object(object).map(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_type_costs_only_its_field() {
        #[derive(serde::Deserialize, Default)]
        #[serde(default, bound(deserialize = "'de: 'a"))]
        struct Some<'a> {
            text: Text<'a>,
            number: Number,
            yes: Field<bool>,
        }
        let read = |json: &'static str| serde_json::from_str::<Some<'_>>(json).expect("it is JSON");
        let some = read(r#"{"text":"a\"b","number":"17","yes":true,"more":{}}"#);
        assert_eq!((some.text.text(), some.number.id(), some.yes.yes()), (Some("a\"b"), Some(17), true));
        let some = read(r#"{"text":{"a":[1]},"number":1e300,"yes":[[]]}"#);
        assert_eq!((some.text, some.number, some.yes), (Field::Wrong, Field::Wrong, Field::Wrong));
        let some = read(r#"{"text":null,"number":-1}"#);
        assert_eq!((some.text, some.number.id(), some.yes), (Field::Missing, None, Field::Missing));
    }
}
