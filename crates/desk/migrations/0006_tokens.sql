-- What programs and assistants show to be let in. The secret itself is not kept, only its hash.
CREATE TABLE tokens (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    name     TEXT    NOT NULL CHECK (name <> ''), -- what people call it
    hash     TEXT    NOT NULL UNIQUE,             -- BLAKE3 of the secret's 32 random bytes, in hex
    scopes   TEXT    NOT NULL,                    -- desk::Scope, separated by spaces
    who      TEXT    NOT NULL,                    -- who made it
    made     INTEGER NOT NULL,                    -- when, microseconds since 1970, UTC
    expires  INTEGER,                             -- from when on it is not let in; never if null
    revoked  INTEGER,                             -- when it was taken back, if it was
    last_day INTEGER                              -- the last day (UTC, days since 1970) on which it was used
) STRICT;

-- Of those that are let in, no two have one name.
CREATE UNIQUE INDEX tokens_by_name ON tokens (name) WHERE revoked IS NULL;
