//! Lists of things, which GraphQL wraps in connections and REST often only counts.

use std::borrow::Cow;

use serde::de::{IgnoredAny, MapAccess, SeqAccess};

use super::field::{Field, Read};

/// A list of things: an array, or `{nodes: […]}` or `{edges: [{node: …}]}`; none where they are only counted.
/// What is of a wrong type among them is passed over.
#[derive(Debug)]
pub struct Many<T>(Vec<T>);

impl<T> Default for Many<T> {
    fn default() -> Self {
        Many(Vec::new())
    }
}

impl<T> Field<Many<T>> {
    /// Its elements.
    pub fn each(&self) -> impl Iterator<Item = &T> {
        self.get().into_iter().flat_map(|many| &many.0)
    }
}

impl<'de, T: Read<'de>> Read<'de> for Many<T> {
    fn number(_: i64) -> Option<Self> {
        Some(Many::default())
    }

    fn list<A: SeqAccess<'de>>(mut list: A) -> Result<Option<Self>, A::Error> {
        let mut many = Vec::new();
        while let Some(element) = list.next_element::<Field<T>>()? {
            many.extend(if let Field::Is(element) = element { Some(element) } else { None });
        }
        Ok(Some(Many(many)))
    }

    fn object<A: MapAccess<'de>>(mut object: A) -> Result<Option<Self>, A::Error> {
        let mut many = Vec::new();
        while let Some(key) = object.next_key::<Cow<'de, str>>()? {
            let found: Field<Nodes<T>> = match key.as_ref() {
                "nodes" => object.next_value()?,
                "edges" => match object.next_value::<Field<Edges<T>>>()? {
                    Field::Is(Edges(nodes)) => Field::Is(Nodes(nodes)),
                    _ => Field::Missing,
                },
                _ => {
                    object.next_value::<IgnoredAny>()?;
                    Field::Missing
                }
            };
            if let Field::Is(Nodes(nodes)) = found {
                many.extend(nodes);
            }
        }
        Ok(Some(Many(many)))
    }
}

struct Nodes<T>(Vec<T>);

impl<'de, T: Read<'de>> Read<'de> for Nodes<T> {
    fn list<A: SeqAccess<'de>>(list: A) -> Result<Option<Self>, A::Error> {
        Ok(Many::list(list)?.map(|many: Many<T>| Nodes(many.0)))
    }
}

struct Edges<T>(Vec<T>);

impl<'de, T: Read<'de>> Read<'de> for Edges<T> {
    fn list<A: SeqAccess<'de>>(mut list: A) -> Result<Option<Self>, A::Error> {
        let mut nodes = Vec::new();
        while let Some(edge) = list.next_element::<Field<Edge<T>>>()? {
            nodes.extend(if let Field::Is(Edge(node)) = edge { node } else { None });
        }
        Ok(Some(Edges(nodes)))
    }
}

struct Edge<T>(Option<T>);

impl<'de, T: Read<'de>> Read<'de> for Edge<T> {
    fn object<A: MapAccess<'de>>(mut object: A) -> Result<Option<Self>, A::Error> {
        let mut node = None;
        while let Some(key) = object.next_key::<Cow<'de, str>>()? {
            if key != "node" {
                object.next_value::<IgnoredAny>()?;
            } else if let Field::Is(found) = object.next_value::<Field<T>>()? {
                node = Some(found);
            }
        }
        Ok(Some(Edge(node)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_in_any_form() {
        for (json, expected) in [
            ("[1,\"x\",2]", vec![1, 2]),
            (r#"{"nodes":[1,null,2],"totalCount":2}"#, vec![1, 2]),
            (r#"{"edges":[{"cursor":"a","node":1},{"node":{}},7]}"#, vec![1]),
            (r#"{"nodes":{},"edges":3}"#, vec![]),
            ("17", vec![]),
        ] {
            let many: Field<Many<i64>> = serde_json::from_str(json).expect("it is JSON");
            assert_eq!(many.each().copied().collect::<Vec<_>>(), expected, "{json}");
        }
    }
}
