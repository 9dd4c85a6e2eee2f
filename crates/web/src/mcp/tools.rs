//! The tools: endpoints of the API, for assistants.

use std::sync::Arc;

use rmcp::model::{Tool as Described, ToolAnnotations};
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use crate::api::endpoints::{asking, finding, metrics, one, tables, waiting};
use crate::api::{Access, Endpoint, Kind, Parameter, Problem, perform};
use crate::service::Service;

/// One tool.
pub(super) struct Tool {
    pub name: &'static str,
    pub title: &'static str,
    /// When to take it and what it gives: all that an assistant knows of it.
    pub about: &'static str,
    pub endpoint: &'static Endpoint,
    /// Numbers that hold where the assistant gives none, instead of the endpoint's.
    pub defaults: &'static [(&'static str, u64)],
}

/// Every tool, in the order in which an assistant is likely to take them.
pub(super) static TOOLS: &[Tool] = &[
    Tool {
        name: "search",
        title: "Search",
        about: "Search messages, documents, people and events by words and meaning. `q` takes words, \"phrases\" and \
                filters (from: in: tier: before: after: is:waiting is:unanswered is:resolved has:code tag:), each with \
                - before it to exclude. Page with `offset`.",
        endpoint: &finding::SEARCH,
        defaults: &[("limit", 10)],
    },
    Tool {
        name: "similar",
        title: "Asked before?",
        about: "Find conversations that asked the same as a question, with the beginning of the answer each got, and \
                people who may know. Give the question in full, with error messages as they are.",
        endpoint: &asking::ASK,
        defaults: &[],
    },
    Tool {
        name: "who_knows",
        title: "Who knows?",
        about: "Find people who may be able to answer a question, each with the evidence. People who left or do not \
                want to be asked are never among them.",
        endpoint: &asking::WHO_KNOWS,
        defaults: &[],
    },
    Tool {
        name: "waiting",
        title: "Who waits?",
        about: "List conversations in which somebody waits for an answer, oldest promise first, each with the \
                question's beginning and people who could help. Page with `offset`.",
        endpoint: &waiting::WAITING,
        defaults: &[("limit", 10)],
    },
    Tool {
        name: "conversation",
        title: "One conversation",
        about: "Read one conversation by its id: its messages, its state, what kind of help it asks for, and \
                conversations about the same.",
        endpoint: &one::CONVERSATION,
        defaults: &[],
    },
    Tool {
        name: "person",
        title: "One person",
        about: "Read what one person did here and what they know, by their id.",
        endpoint: &one::PERSON,
        defaults: &[],
    },
    Tool {
        name: "metrics",
        title: "How the help goes",
        about: "Numbers on how the help goes (questions, share answered, time to first response, promises kept, \
                waiting), each with its definition and the number of cases; whole, or by source, channel, tier or \
                month.",
        endpoint: &metrics::METRICS,
        defaults: &[],
    },
    Tool {
        name: "tables",
        title: "What the tables hold",
        about: "Describe the tables that `sql` can ask, with every column. Give `name` for one table only.",
        endpoint: &tables::TABLES,
        defaults: &[],
    },
    Tool {
        name: "sql",
        title: "SQL",
        about: "Ask the tables with one SQL query that only reads (DataFusion's dialect, close to PostgreSQL's). \
                Look at `tables` first. Limits: 10 seconds, 1,000 rows unless `limit` says otherwise.",
        endpoint: &tables::SQL,
        defaults: &[],
    },
];

impl Tool {
    /// As the protocol describes it.
    pub(super) fn described(&self) -> Described {
        let annotations = ToolAnnotations::with_title(self.title)
            .read_only(true)
            .destructive(false)
            .idempotent(true)
            .open_world(false);
        Described::new(self.name, self.about, Arc::new(self.input()))
            .with_title(self.title)
            .with_raw_output_schema(Arc::new(self.output()))
            .with_annotations(annotations)
    }

    /// Takes it.
    pub(super) fn take(
        &self,
        service: &Service,
        access: &Access,
        arguments: Map<String, Value>,
    ) -> Result<Value, Problem> {
        if self.endpoint.body.is_some() {
            return perform(service, access, self.endpoint, &[], Some(Value::Object(arguments)));
        }
        let mut given = Vec::with_capacity(arguments.len());
        for (name, value) in arguments {
            let text = match value {
                // Assistants often say that they leave something out.
                Value::Null => continue,
                Value::String(text) => text,
                Value::Number(number) => number.to_string(),
                _ => return Err(Problem::Parameter(format!("`{}` must be a text or a number", short(&name)))),
            };
            given.push((name, text));
        }
        for (name, number) in self.defaults {
            if !given.iter().any(|(given, _)| given == name) {
                given.push(((*name).to_owned(), number.to_string()));
            }
        }
        perform(service, access, self.endpoint, &given, None)
    }

    fn input(&self) -> Map<String, Value> {
        if let Some(body) = self.endpoint.body {
            return root(body, SchemaSettings::for_deserialize);
        }
        let parameters = self.endpoint.parameters;
        let properties: Map<String, Value> =
            parameters.iter().map(|parameter| (parameter.name.to_owned(), self.property(parameter))).collect();
        let required = parameters.iter().filter(|parameter| parameter.required).map(|parameter| parameter.name);
        let required: Vec<&str> = required.collect();
        object(json!({
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": false,
        }))
    }

    fn property(&self, parameter: &Parameter) -> Value {
        let mut schema = parameter.kind.schema();
        schema["description"] = parameter.about.into();
        if let (Kind::Number { .. }, Some((_, number))) =
            (&parameter.kind, self.defaults.iter().find(|(name, _)| *name == parameter.name))
        {
            schema["default"] = (*number).into();
        }
        schema
    }

    fn output(&self) -> Map<String, Value> {
        root(self.endpoint.answer, SchemaSettings::for_serialize)
    }
}

/// A schema that stands alone, with all that it refers to.
fn root(
    shape: fn(&mut schemars::SchemaGenerator) -> schemars::Schema,
    contract: fn(SchemaSettings) -> SchemaSettings,
) -> Map<String, Value> {
    let settings = SchemaSettings::draft2020_12().with(|settings| settings.meta_schema = None);
    let mut generator = contract(settings).into_generator();
    let mut schema = object(shape(&mut generator).to_value());
    let mut definitions = generator.take_definitions(true);
    // Clients look for an object at the top, and few follow a reference there.
    let top = schema.get("$ref").and_then(Value::as_str).and_then(|place| place.strip_prefix("#/$defs/"));
    if let Some(Value::Object(own)) = top.and_then(|name| definitions.remove(name)) {
        schema = own;
    }
    schema.entry("type").or_insert_with(|| "object".into());
    if !definitions.is_empty() {
        schema.insert("$defs".to_owned(), Value::Object(definitions));
    }
    schema
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(object) => object,
        _ => Map::new(),
    }
}

fn short(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(40).collect()
}
