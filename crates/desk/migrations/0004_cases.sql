-- Cases: what people decided about conversations, in steps that can be undone.

-- One act of a person on one or many conversations.
CREATE TABLE steps (
    id     INTEGER PRIMARY KEY AUTOINCREMENT, -- ascending in the order of deciding, never used twice
    at     INTEGER NOT NULL,                  -- when, microseconds since 1970, UTC
    who    TEXT    NOT NULL CHECK (who <> ''),
    what   TEXT    NOT NULL,                  -- in a few words, for lists
    undoes INTEGER REFERENCES steps (id),     -- the step that this one takes back
    undone INTEGER NOT NULL DEFAULT 0,        -- 1 while another step takes it back: all that changes later
    cases  INTEGER NOT NULL DEFAULT 0         -- how many conversations it is about
) STRICT;

-- What a step did to one conversation.
CREATE TABLE case_events (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    step         INTEGER NOT NULL REFERENCES steps (id),
    conversation TEXT    NOT NULL CHECK (conversation <> ''), -- stable id
    kind         TEXT    NOT NULL CHECK (kind <> ''),         -- desk::Deed
    value        TEXT,
    note         TEXT,
    seen         INTEGER -- the conversation's newest message when it was decided, microseconds UTC, if known
) STRICT;

CREATE INDEX case_events_by_conversation ON case_events (conversation, id);
CREATE INDEX case_events_by_step ON case_events (step);

CREATE TRIGGER case_events_are_not_changed BEFORE UPDATE ON case_events
BEGIN
    SELECT RAISE (ABORT, 'events are not changed: undo the step');
END;

CREATE TRIGGER case_events_are_not_removed BEFORE DELETE ON case_events
BEGIN
    SELECT RAISE (ABORT, 'events are not removed: undo the step');
END;

CREATE TRIGGER steps_are_not_removed BEFORE DELETE ON steps
BEGIN
    SELECT RAISE (ABORT, 'steps are not removed: undo the step');
END;

-- What the events of steps that stand come to. Kept in the same transaction; can be made again from them.
CREATE TABLE cases (
    conversation TEXT PRIMARY KEY,
    state        TEXT NOT NULL, -- desk::CaseState
    since        INTEGER,       -- when the state was decided
    decided_by   TEXT,          -- who decided it
    note         TEXT,          -- why, in their words
    seen         INTEGER,       -- case_events.seen of that decision
    holder       TEXT,
    held_since   INTEGER,
    until        INTEGER,       -- parked until
    tier         INTEGER,       -- handed over to
    why          TEXT,          -- why it was handed over
    next         TEXT,          -- the conversation that it goes on in
    tags         TEXT NOT NULL DEFAULT '', -- sorted, between spaces
    links        TEXT NOT NULL DEFAULT '', -- conversations, sorted, between spaces
    notes        INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- What was closed and reopened before there were cases.
INSERT INTO steps (id, at, who, what, cases)
SELECT row_number() OVER (ORDER BY id), at, CASE who WHEN '' THEN 'somebody' ELSE who END,
       CASE kind WHEN 'closed' THEN 'resolved' ELSE 'reopened' END, 1
FROM decisions WHERE kind IN ('closed', 'reopened');

INSERT INTO case_events (step, conversation, kind, note)
SELECT row_number() OVER (ORDER BY id), subject, CASE kind WHEN 'closed' THEN 'resolve' ELSE 'reopen' END, note
FROM decisions WHERE kind IN ('closed', 'reopened') ORDER BY id;

INSERT INTO cases (conversation, state, since, decided_by, note)
SELECT event.conversation, CASE event.kind WHEN 'resolve' THEN 'resolved' ELSE 'open' END, step.at, step.who, event.note
FROM case_events AS event JOIN steps AS step ON step.id = event.step
WHERE event.id = (SELECT max(id) FROM case_events AS other WHERE other.conversation = event.conversation);

-- What people said they like to be asked about; of one person the latest counts.
CREATE TABLE preferences (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    at         INTEGER NOT NULL,
    who        TEXT    NOT NULL CHECK (who <> ''),    -- who wrote it down
    person     TEXT    NOT NULL CHECK (person <> ''), -- stable id
    likes      TEXT    NOT NULL DEFAULT '', -- lines
    dislikes   TEXT    NOT NULL DEFAULT '', -- lines
    per_week   INTEGER,
    languages  TEXT    NOT NULL DEFAULT '', -- lines
    zone       TEXT,
    speak      INTEGER NOT NULL DEFAULT 0,
    mentor     INTEGER NOT NULL DEFAULT 0,
    review     INTEGER NOT NULL DEFAULT 0,
    away_until INTEGER
) STRICT;

CREATE INDEX preferences_by_person ON preferences (person, id);

-- Who was asked to help with what.
CREATE TABLE asked (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    at           INTEGER NOT NULL,
    who          TEXT    NOT NULL CHECK (who <> ''),    -- who asked them
    person       TEXT    NOT NULL CHECK (person <> ''), -- stable id
    conversation TEXT    NOT NULL CHECK (conversation <> '')
) STRICT;

CREATE INDEX asked_by_time ON asked (at);

-- Texts kept under a name: canned answers, macros, views. Of one name the latest counts; no text: removed.
CREATE TABLE saved (
    id   INTEGER PRIMARY KEY AUTOINCREMENT,
    at   INTEGER NOT NULL,
    who  TEXT    NOT NULL CHECK (who <> ''),
    kind TEXT    NOT NULL CHECK (kind <> ''), -- desk::SavedKind
    name TEXT    NOT NULL CHECK (name <> ''),
    text TEXT
) STRICT;

CREATE INDEX saved_by_name ON saved (kind, name, id);
