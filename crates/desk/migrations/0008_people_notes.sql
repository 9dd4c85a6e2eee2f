-- What the team wrote down about people: tags and notes, in the steps that cases have (so they are undone alike).
-- What stands is what the events of steps that stand come to.
CREATE TABLE person_events (
    id     INTEGER PRIMARY KEY AUTOINCREMENT, -- ascending in the order of deciding, never used twice
    step   INTEGER NOT NULL REFERENCES steps (id),
    person TEXT    NOT NULL CHECK (person <> ''), -- stable id
    kind   TEXT    NOT NULL CHECK (kind <> ''),   -- desk::PersonChange
    value  TEXT    NOT NULL
) STRICT;

CREATE INDEX person_events_by_person ON person_events (person, id);
CREATE INDEX person_events_by_step ON person_events (step);

-- Notes are about people: an erasure removes them, so nothing but that is forbidden.
CREATE TRIGGER person_events_are_not_changed BEFORE UPDATE ON person_events
BEGIN
    SELECT RAISE (ABORT, 'events are not changed: undo the step');
END;
