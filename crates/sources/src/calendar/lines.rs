//! iCalendar's content lines and components (RFC 5545, sections 3.1 and 3.4 to 3.6).

/// A property: `DTSTART;TZID=Europe/Rome:20240301T100000`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Property {
    /// Its name in upper case.
    pub name: String,
    /// Its parameters, names in upper case, quotes taken off.
    pub parameters: Vec<(String, String)>,
    /// Its value as it is written.
    pub value: String,
}

/// A component: what stands between `BEGIN:` and `END:`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Component {
    /// Its name in upper case.
    pub name: String,
    /// Its properties.
    pub properties: Vec<Property>,
    /// The components in it.
    pub parts: Vec<Component>,
}

/// Components nested deeper than this are passed over: an alarm in an event in a calendar is three deep.
const DEEPEST: usize = 8;

/// Reads the components of a file, and says what is wrong with it: fixed phrases.
pub fn read(text: &str) -> (Vec<Component>, Vec<&'static str>) {
    let mut wrong = Vec::new();
    let mut top = Component::default();
    let mut open: Vec<Component> = Vec::new();
    let mut too_deep = 0_usize;
    for line in unfolded(text) {
        let Some(property) = property(&line) else {
            if !line.trim().is_empty() {
                wrong.push("is no line of a calendar");
            }
            continue;
        };
        match property.name.as_str() {
            "BEGIN" if open.len() >= DEEPEST => too_deep += 1,
            "BEGIN" => {
                open.push(Component { name: property.value.trim().to_ascii_uppercase(), ..Component::default() })
            }
            "END" if too_deep > 0 => too_deep -= 1,
            "END" => {
                let name = property.value.trim().to_ascii_uppercase();
                if !open.iter().any(|component| component.name == name) {
                    wrong.push("ends what did not begin");
                    continue;
                }
                // What was not ended ends with what it is in.
                while let Some(component) = open.pop() {
                    let ended = component.name == name;
                    open.last_mut().unwrap_or(&mut top).parts.push(component);
                    if ended {
                        break;
                    }
                    wrong.push("does not end");
                }
            }
            _ if too_deep > 0 => {}
            _ => open.last_mut().unwrap_or(&mut top).properties.push(property),
        }
    }
    if !open.is_empty() {
        wrong.push("is cut short");
    }
    while let Some(component) = open.pop() {
        open.last_mut().unwrap_or(&mut top).parts.push(component);
    }
    wrong.sort_unstable();
    wrong.dedup();
    (top.parts, wrong)
}

/// The lines of a text; one that begins with a blank goes on with the line before.
fn unfolded(text: &str) -> impl Iterator<Item = String> + '_ {
    let mut lines =
        text.strip_prefix('\u{feff}').unwrap_or(text).split('\n').map(|line| line.trim_end_matches('\r')).peekable();
    std::iter::from_fn(move || {
        let mut line = lines.next()?.to_owned();
        while let Some(more) = lines.next_if(|next| next.starts_with([' ', '\t'])) {
            line.push_str(&more[1..]);
        }
        Some(line)
    })
}

fn property(line: &str) -> Option<Property> {
    let end = line.find([';', ':'])?;
    let name = line[..end].trim();
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        return None;
    }
    let mut parameters = Vec::new();
    let mut rest = &line[end..];
    while let Some(parameter) = rest.strip_prefix(';') {
        let end = end_of_parameter(parameter)?;
        if let Some((name, value)) = parameter[..end].split_once('=') {
            parameters.push((name.trim().to_ascii_uppercase(), value.replace('"', "")));
        }
        rest = &parameter[end..];
    }
    let value = rest.strip_prefix(':')?.to_owned();
    Some(Property { name: name.to_ascii_uppercase(), parameters, value })
}

/// Where a parameter ends: at a `;` or `:` outside quotes.
fn end_of_parameter(text: &str) -> Option<usize> {
    let mut quoted = false;
    text.bytes().position(|byte| {
        quoted ^= byte == b'"';
        !quoted && (byte == b';' || byte == b':')
    })
}

impl Component {
    /// The first property of this name.
    pub fn property(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|property| property.name == name)
    }

    /// All properties of this name.
    pub fn properties<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Property> {
        self.properties.iter().filter(move |property| property.name == name)
    }

    /// The text of the first property of this name, unless it is blank.
    pub fn text(&self, name: &str) -> Option<String> {
        self.property(name).map(Property::text).filter(|text| !text.is_empty())
    }
}

impl Property {
    /// A parameter's value.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Its value as text (section 3.3.11).
    pub fn text(&self) -> String {
        let mut out = String::with_capacity(self.value.len());
        let mut chars = self.value.chars();
        while let Some(c) = chars.next() {
            match (c, c == '\\') {
                (_, false) => out.push(c),
                _ => match chars.next() {
                    Some('n' | 'N') => out.push('\n'),
                    Some(c @ ('\\' | ',' | ';' | ':' | '"')) => out.push(c),
                    Some(c) => out.extend(['\\', c]),
                    None => out.push('\\'),
                },
            }
        }
        out.trim().to_owned()
    }
}
