//! What may stand in the sections.

use std::path::Path;

use crate::config::Config;

const HEAD: &str = "[community]\nname = \"x\"\n";
const MAIL: &str = "[mail]\nserver = \"mail.example.org\"\nfrom = \"Desk <desk@example.org>\"\n";

/// What is wrong with the sections; else the rules, one line each.
#[track_caller]
fn check(text: &str, expected: &str) {
    let said = match Config::parse(format!("{HEAD}{text}"), Path::new("/w")) {
        Ok(config) => {
            let rules = config.alerts.rules.iter().map(|rule| {
                let hours = rule.quiet / 3_600_000_000;
                format!(
                    "{} {:?} in {:?} to {:?} {} quiet {hours}h",
                    rule.about.name, rule.about.when, rule.about.within, rule.to, rule.at
                )
            });
            rules.collect::<Vec<_>>().join("\n")
        }
        Err(message) => message,
    };
    assert_eq!(said, expected);
}

fn rule(more: &str) -> String {
    format!("{MAIL}[[alert]]\nname = \"late\"\nwhen = \"promise_broken\"\nto = [\"mail:ada@example.org\"]\n{more}")
}

#[test]
fn rules_are_understood() {
    check("", "");
    check(&rule(""), r#"late PromiseBroken in [] to ["mail:ada@example.org"] at once quiet 1h"#);
    check(
        &rule("at = \"weekly mon 09:00\"\nquiet = \"4h\"\nin = [\"list/dev\"]"),
        r#"late PromiseBroken in ["list/dev"] to ["mail:ada@example.org"] weekly mon 09:00 quiet 4h"#,
    );
    check(
        "[webhooks.bot]\nurl = \"https://example.org/hook\"\nkey = { env = \"KEY\" }\n\
         [chats.ops]\nkind = \"slack\"\nurl = { env = \"OPS\" }\n\
         [[alert]]\nname = \"near\"\nwhen = \"promise_near\"\nbefore = \"2h\"\nto = [\"webhook:bot\", \"chat:ops\"]\n\
         [[alert]]\nname = \"dark\"\nwhen = \"unwatched_question\"\ndays = 7\nto = [\"chat:ops\"]",
        "near PromiseNear(Some(7200000000)) in [] to [\"webhook:bot\", \"chat:ops\"] at once quiet 1h\n\
         dark UnwatchedQuestion(7) in [] to [\"chat:ops\"] at once quiet 1h",
    );
}

#[test]
fn what_is_wrong_is_named_with_its_line() {
    check(
        &rule("form = 1"),
        ":10: unknown field `form`, expected one of `name`, `when`, `to`, `in`, `at`, `quiet`, `before`, `days`",
    );
    check(&rule("at = \"noon\""), ":10: write `at` as \"once\", \"daily 09:00\" or \"weekly mon 09:00\"");
    check(&rule("before = \"2h\""), ":6: [[alert]] `late`: `before` is nothing that this `when` asks for");
    check(
        &rule("[[alert]]\nname = \"late\"\nwhen = \"angry_newcomer\"\nto = [\"mail:a@example.org\"]"),
        ":10: [[alert]] `late`: another rule, or an id, is called like this; give it another name",
    );
    check(
        "[[alert]]\nname = \"late\"\nwhen = \"soon\"\nto = []",
        ":5: unknown variant `soon`, expected one of `promise_broken`, `promise_near`, `angry_newcomer`, `first_contribution`, `unwatched_question`",
    );
    check(
        "[[alert]]\nname = \"late\"\nwhen = \"promise_broken\"\nto = []",
        ":3: [[alert]] `late`: `to` names nobody; write at least one target",
    );
    check(
        "[[alert]]\nname = \"late\"\nwhen = \"promise_broken\"\nto = [\"chat:ops\"]",
        ":3: [[alert]] `late`: `to`: there is no section [chats.ops]",
    );
    check(
        "[[alert]]\nname = \"late\"\nwhen = \"promise_broken\"\nto = [\"mail:ada@example.org\"]",
        ":3: [[alert]] `late`: `to`: mail needs a section [mail] with `server` and `from`",
    );
    check(
        "[webhooks.bot]\nurl = \"http://example.org/hook\"",
        ":3: [webhooks.bot] `url` is not encrypted; use https, or write `insecure = true` if the network is your own",
    );
    check(
        "[chats.ops]\nkind = \"fax\"\nurl = { env = \"OPS\" }",
        ":3: [chats.ops] `kind` is none of discord, hookshot, mattermost, rocketchat, slack",
    );
    check(
        &format!("{MAIL}security = \"none\""),
        ":3: [mail] mail would leave this machine unencrypted; write `security = \"starttls\"`, or `insecure = true` if the network is your own",
    );
    check(&format!("{MAIL}user = \"desk\""), ":3: [mail] `user` and `password` belong together");
}

#[test]
fn secrets_are_neither_printed_nor_read_before_they_are_needed() {
    for wrong in
        ["\"hush\"", "{ hush = \"x\" }", "{ env = [\"hush\"] }", "{ env = \"A\", file = \"hush\" }", "{ env = \"\" }"]
    {
        let text = format!("{HEAD}[chats.ops]\nkind = \"slack\"\nurl = {wrong}");
        let said = Config::parse(text, Path::new("/w")).err().expect("refused");
        assert!(said.starts_with(":5: write a secret as") && !said.contains("hush"), "{said}");
    }
    let text = format!("{HEAD}[chats.ops]\nkind = \"slack\"\nurl = {{ env = \"SWITCHBOARD_NO_SUCH\" }}");
    let config = Config::parse(text, Path::new("/w")).expect("fine");
    let said = config.alerts.chats["ops"].url.read_address(false).expect_err("not set");
    assert_eq!(said, "the environment variable SWITCHBOARD_NO_SUCH is not set; set it or name another");
}
