-- What people decided, one row each, in the order of deciding. A decision is never changed: another
-- one takes its place, and the way there stays to be seen.
CREATE TABLE decisions (
    id      INTEGER PRIMARY KEY AUTOINCREMENT, -- ascending in the order of deciding, never used twice
    at      INTEGER NOT NULL,                  -- when, microseconds since 1970, UTC
    who     TEXT    NOT NULL,                  -- who decided
    subject TEXT    NOT NULL CHECK (subject <> ''), -- stable id of the conversation, person or identity
    kind    TEXT    NOT NULL CHECK (kind <> ''),    -- desk::Kind
    value   TEXT,                              -- what was decided, where the kind alone does not say it
    note    TEXT                               -- why, in the decider's words
) STRICT;

CREATE INDEX decisions_by_kind ON decisions (kind, subject, id);
CREATE INDEX decisions_by_subject ON decisions (subject, id);

CREATE TRIGGER decisions_are_not_changed BEFORE UPDATE ON decisions
BEGIN
    SELECT RAISE (ABORT, 'decisions are not changed: add another one');
END;

CREATE TRIGGER decisions_are_not_removed BEFORE DELETE ON decisions
BEGIN
    SELECT RAISE (ABORT, 'decisions are not removed: add another one');
END;

-- The one that counts, per subject and kind. By `id`, not by `at`: clocks go back, ids do not.
CREATE VIEW latest_decisions AS
SELECT id, at, who, subject, kind, value, note
FROM decisions AS this
WHERE id = (SELECT max(id) FROM decisions AS other WHERE other.kind = this.kind AND other.subject = this.subject);
