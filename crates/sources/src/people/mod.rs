//! Who is who and who was where, from files that other tools keep by hand.
//!
//! A file is one item: whoever takes a line out of it takes back what the line said, because a later version
//! of the file replaces the earlier one whole. [`normalize`] tells the formats apart; each has a file here
//! that reads it into [`person::Person`]s and domains.

use source::{Look, Place, Seen, Source};

mod collect;
mod config;
mod date;
mod gitdm;
mod mailmap;
mod normalize;
mod person;
mod sorting_hat;
mod stackalytics;
mod stanzas;
#[cfg(test)]
mod tests;
mod users;

/// The `people` source.
pub static SOURCE: Source = Source {
    kind: "people",
    title: "who is who and who works where: SortingHat, gitdm, CNCF, Stackalytics, .mailmap",
    place: Place::People,
    about: ABOUT,
    example: EXAMPLE,
    recognize,
    version: 1,
    takes_back: true,
    collect: collect::collect,
    normalizer: normalize::normalizer,
};

const EXAMPLE: &str = r#"path = "people"                # a file, or a folder of them
# glob = "*.json"              # of the files in a folder, only these
"#;

const ABOUT: &str = "\
Reads what others have written down by hand about who is who. `switchboard people import FILE` adds such a file as a
source and reads it at once; edit the file and `switchboard sync` to change what it says. What a newer version of a file
no longer says is taken back.

| format | told by | gives |
|---|---|---|
| SortingHat (`sortinghat export`, `--identities` and `--orgs`) | `uidentities`, `organizations` | identities that are one person, employers with dates, bots, organizations' domains |
| Stackalytics `default_data.json`, OpenStack's members | `users` with `user_name`, `companies` | identities that are one person, employers with dates, companies' domains |
| CNCF `developers_affiliations*.txt` | `login: address, address` and employers in lines set in below it | the same, with the account on GitHub |
| CNCF `github_users.json` | a list with `login` and `affiliation` | the same |
| gitdm's maps of addresses, domains and aliases, CNCF's with `!` for `@` | `address employer < date`, `domain employer < date`, `address address` | employers with dates, organizations' domains, addresses that are one person |
| `.mailmap` | `Name <address> Name <address>` | addresses that are one person, and their proper name |

**Dates**: `1900-01-01` and `2100-01-01` stand for an unknown beginning and end. `< 2014-01-01` and an `end_date` end a
stay; the next one begins there. Employers called `NotFound`, `(Unknown)`, `?` and the like give nothing.

**Accounts** on GitHub, GitLab, Launchpad and alike are the same accounts that other sources see. Mail domains belong to
their organization for everybody who writes from them; domains of free-mail providers never do.

**Limits**: a file of more than 64 MiB is passed over with a problem. Countries, genders and time zones are left out.
";

/// A file by what each format cannot do without.
fn recognize(look: &Look) -> Option<Seen> {
    look.files.iter().find_map(|file| {
        let (sure, what) = match () {
            _ if file.holds("\"uidentities\"") => (95, "identities from SortingHat"),
            _ if file.holds("\"user_name\"") && file.holds("\"companies\"") => {
                (95, "people as Stackalytics keeps them")
            }
            _ if file.holds("\"login\"") && file.holds("\"affiliation\"") => (90, "affiliations as CNCF keeps them"),
            _ if file.base_name().ends_with("mailmap") => (90, "a .mailmap"),
            _ if normalize::is_stanzas(&file.text()) => (80, "affiliations as CNCF keeps them"),
            _ if look.total == 1 && gitdm::is_map(&file.text()) => {
                (75, "a map of addresses or domains as gitdm reads it")
            }
            _ => return None,
        };
        Some(Seen::new(sure, format!("{what}: {}", file.base_name())))
    })
}
