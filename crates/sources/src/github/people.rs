//! Accounts to identities.

use model::{ActivityKind, Affiliation, Id, Identity, IdentityKind, Timestamp};

use super::context::{Deed, HUB, Reading, Repo};
use super::field::{Field, Text};
use super::place::{Place, Thing};
use super::types::{Signature, User};

/// The account that stands for deleted ones: it is nobody.
const GHOST: &str = "ghost";

/// Who an object says an account is.
struct Account<'a> {
    /// As written, and with the ending that REST gives to bots.
    login: String,
    /// Its site; for one of elsewhere its address.
    host: &'a str,
    /// Placeholders of an import, and accounts of other sites that a migration archive names.
    foreign: bool,
    bot: bool,
}

fn account<'a>(user: &'a User<'_>) -> Option<Account<'a>> {
    let addresses = [&user.html_url, &user.url].map(Field::text);
    let place = addresses.into_iter().flatten().find_map(Place::parse);
    let host = place.as_ref().map_or(HUB, |place| place.host);
    let sort = user.sort.text().unwrap_or_default();
    let named = match (user.login.text(), place.as_ref()) {
        (Some(login), _) => login,
        (None, Some(Place { thing: Thing::User(login), .. })) => login,
        // `/apps/dependabot`, as archives name bots.
        (None, Some(Place { repository: Some(("apps", name)), .. })) => name,
        (None, Some(_)) => {
            // Importers name people of other sites by their addresses there.
            let url = addresses.into_iter().flatten().next()?;
            let (_, rest) = url.split_once("://")?;
            return Some(Account { login: rest.to_owned(), host, foreign: true, bot: false });
        }
        (None, None) => return None,
    };
    let app = named.strip_prefix("app/");
    let from_app = place.as_ref().is_some_and(|place| matches!(place.repository, Some(("apps", _))));
    let bot = sort == "Bot" || user.is_bot.yes() || app.is_some() || from_app || named.ends_with("[bot]");
    let login = app.unwrap_or(named);
    let marked = bot && (sort == "Bot" || app.is_some() || from_app) && !login.ends_with("[bot]");
    let login = if marked { format!("{login}[bot]") } else { login.to_owned() };
    Some(Account { login, host, foreign: sort.eq_ignore_ascii_case("mannequin"), bot })
}

impl Reading<'_> {
    /// The identity of an account, pushed as seen; `None` for nobody and for a deleted account.
    pub fn who(&mut self, user: &Field<User<'_>>, seen: Option<Timestamp>) -> Option<Id> {
        self.somebody(user.get()?, seen).map(|(id, _)| id)
    }

    /// The same, with the identity's value.
    pub fn somebody(&mut self, user: &User<'_>, seen: Option<Timestamp>) -> Option<(Id, String)> {
        let account = account(user)?;
        let login = account.login.to_lowercase();
        if login == GHOST {
            return None;
        }
        let host = account.host.to_ascii_lowercase();
        let value = match (account.foreign, host == HUB) {
            (true, _) => format!("import of {login}"),
            (false, true) => login.clone(),
            (false, false) => format!("{host}/{login}"),
        };
        let primary = user.emails.each().find(|one| one.primary.yes()).or_else(|| user.emails.each().next());
        let email = user.email.text().or_else(|| primary.and_then(|one| one.address.text()));
        let name = user.name.text().map(str::trim).filter(|name| !name.is_empty());
        let identity = Identity {
            name: Some(name.map_or(account.login, str::to_owned)),
            email: email.filter(|email| email.contains('@')).map(|email| email.trim().to_lowercase()),
            account: (!account.foreign).then(|| format!("{host}/{login}")),
            bot: account.bot,
            seen,
            ..Identity::new(self.source, IdentityKind::Account, value.clone())
        };
        let id = identity.id;
        self.rows.identities.push(identity);
        Some((id, value))
    }

    /// A user as a list of users or a profile describes one.
    pub fn profile(&mut self, user: &User<'_>) {
        let Some((who, _)) = self.somebody(user, None) else { return self.problem("account without a login", "user") };
        let company = user.company.text().map(|company| company.trim().trim_start_matches('@'));
        if let Some(organization) = company.filter(|company| !company.is_empty()) {
            let organization = organization.to_owned();
            self.rows.affiliations.push(Affiliation { who, organization, from: None, until: None });
        }
    }

    /// Who signed a commit, where the account is told: address and account are then one person's. Commits
    /// themselves are left to the `git` source, which has all of them.
    pub fn signed(&mut self, signature: &Field<Signature<'_>>, account: Option<&User<'_>>) {
        let Some(signature) = signature.get() else { return };
        // Merges made by GitHub's own button bear GitHub's address.
        if signature.email.text().is_none_or(|email| email.starts_with("noreply@")) {
            return;
        }
        let by_name = User { login: signature.username.clone(), ..User::default() };
        let user = account.or_else(|| signature.user.get()).unwrap_or(&by_name);
        let (name, email) = (signature.name.clone(), signature.email.clone());
        let (login, sort) = (user.login.clone(), user.sort.clone());
        let (html_url, url) = (user.html_url.clone(), user.url.clone());
        self.somebody(&User { login, name, email, sort, html_url, url, ..User::default() }, None);
    }

    /// What somebody is to a repository. It is told with every text of theirs, and kept once.
    pub fn association(&mut self, repo: &Repo, who: &(Id, String), word: &Text<'_>, time: Option<Timestamp>) {
        let Some(word) = word.text() else { return };
        let word = word.to_ascii_lowercase();
        if word == "none" || word == "mannequin" {
            return;
        }
        let key = format!("{}/association/{}/{word}", repo.name, who.1);
        let detail = format!("association {}", word.replace('_', " "));
        self.once(ActivityKind::Other, repo, Deed { key, who: Some(who.0), time, detail, ..Deed::default() });
    }
}
