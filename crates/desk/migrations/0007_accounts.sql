-- The people of the team, how they sign in, and what they changed. Of secrets only hashes are kept, but for the second
-- factor's: to check a code takes the secret itself.

CREATE TABLE accounts (
    id           INTEGER PRIMARY KEY AUTOINCREMENT, -- never used twice; accounts are disabled, not removed
    sign_in      TEXT    NOT NULL UNIQUE CHECK (sign_in <> ''), -- what they type, in lower case
    name         TEXT    NOT NULL CHECK (name <> ''),           -- what they decide is signed with it
    role         TEXT    NOT NULL,                              -- desk::Role
    password     TEXT,                                          -- Argon2id as a PHC string; none: not by password
    zone         TEXT,                                          -- IANA time zone; UTC if null
    hours        INTEGER NOT NULL DEFAULT 12,                   -- how long a session of theirs lasts
    factor       BLOB,                                          -- secret of RFC 6238, when it is on
    factor_step  INTEGER,                                       -- the step of the latest code that was accepted
    factor_begun BLOB,                                          -- secret that no code has confirmed yet
    made         INTEGER NOT NULL,                              -- microseconds since 1970, UTC, as all times here
    seen         INTEGER,                                       -- when they last signed in
    disabled     INTEGER                                        -- since when they are not let in
) STRICT;

CREATE UNIQUE INDEX accounts_by_name ON accounts (lower(name));

-- Accounts somewhere else (OpenID Connect) that sign in as one here.
CREATE TABLE account_subjects (
    issuer  TEXT    NOT NULL,
    subject TEXT    NOT NULL,
    account INTEGER NOT NULL REFERENCES accounts (id),
    PRIMARY KEY (issuer, subject)
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    hash    TEXT    NOT NULL UNIQUE,                   -- BLAKE3 of the cookie's 32 random bytes, in hex
    account INTEGER NOT NULL REFERENCES accounts (id),
    how     TEXT    NOT NULL,                          -- desk::How
    passed  INTEGER NOT NULL,                          -- 0 while the second factor is still to come
    browser TEXT    NOT NULL,                          -- which browser, in a few words
    made    INTEGER NOT NULL,
    used    INTEGER NOT NULL,                          -- noted every five minutes at most
    expires INTEGER NOT NULL
) STRICT;

CREATE INDEX sessions_by_account ON sessions (account);

CREATE TABLE recovery_codes (
    account INTEGER NOT NULL REFERENCES accounts (id),
    hash    TEXT    NOT NULL, -- BLAKE3 of 80 random bits
    used    INTEGER,
    PRIMARY KEY (account, hash)
) STRICT, WITHOUT ROWID;

-- Links that work once: to set up the first account, to join, to choose another password.
CREATE TABLE links (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    hash    TEXT    NOT NULL UNIQUE,          -- BLAKE3 of 32 random bytes
    kind    TEXT    NOT NULL,                 -- desk::LinkKind
    role    TEXT,                             -- of whoever joins by it
    name    TEXT,                             -- whom it is for
    account INTEGER REFERENCES accounts (id), -- whose password it is about
    who     TEXT    NOT NULL,                 -- who made it
    made    INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    used    INTEGER                           -- when it was used or taken back
) STRICT;

-- Browsers from which somebody has signed in: failures of others do not slow them down.
CREATE TABLE known_browsers (
    hash    TEXT    PRIMARY KEY, -- BLAKE3 of the cookie's 32 random bytes
    account INTEGER NOT NULL REFERENCES accounts (id),
    used    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Failed sign-ins of the last day. A key is a hash: neither names nor addresses can be read from it.
CREATE TABLE sign_in_failures (
    id  INTEGER PRIMARY KEY,
    at  INTEGER NOT NULL,
    key TEXT    NOT NULL
) STRICT;

CREATE INDEX sign_in_failures_by_time ON sign_in_failures (at);

CREATE TABLE team_settings (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What was changed besides cases and decisions, and by whom.
CREATE TABLE changes (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    at      INTEGER NOT NULL,
    who     TEXT    NOT NULL CHECK (who <> ''),
    area    TEXT    NOT NULL CHECK (area <> ''), -- in a word: team, sources, settings
    what    TEXT    NOT NULL CHECK (what <> ''),
    subject TEXT                                 -- whom or what it is about
) STRICT;

CREATE TRIGGER changes_are_not_changed BEFORE UPDATE ON changes
BEGIN
    SELECT RAISE (ABORT, 'what was noted is not changed');
END;

CREATE TRIGGER changes_are_not_removed BEFORE DELETE ON changes
BEGIN
    SELECT RAISE (ABORT, 'what was noted is not removed');
END;
