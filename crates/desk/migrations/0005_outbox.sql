-- What is to be sent, one row for each thing and each target. The key keeps anything from being sent twice, whatever
-- is run twice.
CREATE TABLE outbox (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    rule     TEXT    NOT NULL CHECK (rule <> ''),    -- the rule that said so
    subject  TEXT    NOT NULL CHECK (subject <> ''), -- stable id of the conversation or person
    happened TEXT    NOT NULL,                       -- what happened to it, so that the next thing is another one
    target   TEXT    NOT NULL CHECK (target <> ''),  -- `mail:ADDRESS`, `webhook:NAME`, `chat:NAME`
    again    INTEGER NOT NULL CHECK (again IN (0, 1)), -- whether the target drops what comes a second time
    at       INTEGER NOT NULL,                       -- when it happened; times are microseconds since 1970, UTC
    queued   INTEGER NOT NULL,                       -- when it was put here
    due      INTEGER NOT NULL,                       -- when it should go out
    next     INTEGER NOT NULL,                       -- when it is tried next: `due`, later after a failure
    state    TEXT    NOT NULL DEFAULT 'queued'
        CHECK (state IN ('queued', 'sending', 'handed', 'sent', 'failed', 'stopped', 'unsure', 'over')),
    message  TEXT,                                   -- the id of the message that it is part of
    attempts INTEGER NOT NULL DEFAULT 0,
    lease    INTEGER,                                -- whoever sends it has until then
    ended    INTEGER,                                -- when it came to its state, if that is an end
    error    TEXT,                                   -- why the last try failed; never a secret
    text     TEXT,                                   -- what to say, personal data; null when it was forgotten
    UNIQUE (rule, subject, happened, target)
) STRICT;

CREATE INDEX outbox_by_state ON outbox (state, next);
CREATE INDEX outbox_by_message ON outbox (message);

-- Since when each rule looks. One whose condition changed is a new rule.
CREATE TABLE alert_rules (
    name      TEXT PRIMARY KEY,
    condition TEXT    NOT NULL,
    since     INTEGER NOT NULL
) STRICT;

-- What people stopped and let go on again, one row each, in that order: the last one counts.
CREATE TABLE alert_stops (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    at      INTEGER NOT NULL,
    who     TEXT    NOT NULL,
    subject TEXT    NOT NULL CHECK (subject <> ''), -- a rule's name, a target, or the id of a conversation or person
    stopped INTEGER NOT NULL CHECK (stopped IN (0, 1))
) STRICT;

CREATE INDEX alert_stops_by_subject ON alert_stops (subject, id);
