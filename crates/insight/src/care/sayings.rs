//! What could be said: sentences for a person to read, change and send. They thank before they ask, name what somebody
//! did, and leave time.

/// A greeting with a name; without it for those of whom no name is known.
pub(super) fn hello(name: &str) -> String {
    if name.starts_with("somebody ") { "Hello,".to_owned() } else { format!("Hello {name},") }
}

/// To somebody who asks much and well. `next` is a question that they could try to answer.
pub(super) fn asks_well(solved: Option<&str>, next: Option<&str>) -> String {
    let thanks = match solved {
        Some(title) => format!("Thank you for saying in “{title}” what helped: others find it there."),
        None => "Thank you for asking so that others can follow.".to_owned(),
    };
    let ask = match next {
        Some(title) => format!(
            "Somebody has asked something close to it, “{title}”; would you like to try an answer? There is no hurry."
        ),
        None => "If you ever feel like answering somebody else, we would gladly look over it with you.".to_owned(),
    };
    format!("{thanks} {ask}")
}

/// To somebody who answers without having been asked.
pub(super) fn answers_unasked(answered: Option<&str>, place: &str) -> String {
    let thanks = match answered {
        Some(title) => format!("Thank you for your answer in “{title}”, and for all the others on {place}."),
        None => format!("Thank you for all your answers on {place}."),
    };
    format!("{thanks} Is there anything that would make it easier for you? You owe us nothing.")
}

/// To somebody who complains and stays.
pub(super) fn complains_and_cares(title: Option<&str>) -> String {
    let read = match title {
        Some(title) => format!("We read what you wrote in “{title}” and would like to understand it."),
        None => "We read what you wrote and would like to understand it.".to_owned(),
    };
    format!("{read} What would have helped? A few words are enough, whenever it suits you.")
}

/// To somebody who does most of something.
pub(super) fn relieve(what: &str, done: u32, of: u32, other: Option<&str>) -> String {
    let ask = match other {
        Some(name) => format!("Would it help if {name} took a part of it, and what should they know first?"),
        None => "What of it should be written down, so that others can take a part?".to_owned(),
    };
    format!("Thank you: {done} of {of} {what} in the last year were yours. {ask}")
}

/// To a regular who has gone quiet.
pub(super) fn quiet() -> &'static str {
    "We have not read you for a while and only wanted to say hello. I hope you are well; nothing waits for you here."
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_thank_first_and_leave_time() {
        assert_eq!(hello("somebody 1abc"), "Hello,");
        insta::assert_snapshot!(
            [
                asks_well(Some("How to stop?"), Some("Does it stop?")),
                asks_well(None, None),
                answers_unasked(Some("How to stop?"), "chat/#help"),
                complains_and_cares(Some("It never stops")),
                relieve("answers about tls", 30, 40, Some("Ada")),
                relieve("answers about tls", 30, 40, None),
            ]
            .join("\n"),
            @"
            Thank you for saying in “How to stop?” what helped: others find it there. Somebody has asked something close to it, “Does it stop?”; would you like to try an answer? There is no hurry.
            Thank you for asking so that others can follow. If you ever feel like answering somebody else, we would gladly look over it with you.
            Thank you for your answer in “How to stop?”, and for all the others on chat/#help. Is there anything that would make it easier for you? You owe us nothing.
            We read what you wrote in “It never stops” and would like to understand it. What would have helped? A few words are enough, whenever it suits you.
            Thank you: 30 of 40 answers about tls in the last year were yours. Would it help if Ada took a part of it, and what should they know first?
            Thank you: 30 of 40 answers about tls in the last year were yours. What of it should be written down, so that others can take a part?
            "
        );
    }
}
