-- Erasing people: that it was done, and hashes by which they are recognized when a source gives them again. Nothing here
-- says who they were.
CREATE TABLE erasures (
    id    INTEGER PRIMARY KEY AUTOINCREMENT,
    at    INTEGER NOT NULL,                  -- when it was asked for, microseconds since 1970, UTC
    who   TEXT    NOT NULL CHECK (who <> ''), -- who asked
    done  INTEGER,                           -- when nothing was left; null while it is to be gone on with
    items INTEGER NOT NULL DEFAULT 0         -- items of the archive that were written anew
) STRICT;

CREATE TABLE erased (
    mark    BLOB    PRIMARY KEY, -- BLAKE3 under the key: of an id, address, account or nick
    erasure INTEGER NOT NULL REFERENCES erasures (id)
) STRICT, WITHOUT ROWID;

CREATE TABLE erased_key (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    key  BLOB NOT NULL -- 32 random bytes
) STRICT;
