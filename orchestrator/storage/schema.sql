-- Version 1. A change of this layout is a new script with the next number; this one stays as it is.

-- The truth. Everything below can be computed from it again.
CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL,
    type TEXT NOT NULL,
    body TEXT NOT NULL -- JSON
);
CREATE INDEX events_by_run ON events (run_id);

CREATE TABLE runs (
    number INTEGER PRIMARY KEY, -- in the order they started
    run_id TEXT NOT NULL UNIQUE,
    status TEXT NOT NULL,
    job TEXT,
    record TEXT NOT NULL -- JSON
);
CREATE INDEX runs_by_status ON runs (status);

-- The event of each asset's newest materialization.
CREATE TABLE materialized (
    asset TEXT NOT NULL PRIMARY KEY,
    event_id INTEGER NOT NULL REFERENCES events (id)
) WITHOUT ROWID;

-- The assets whose newest attempt failed.
CREATE TABLE failed (
    asset TEXT NOT NULL PRIMARY KEY,
    run_id TEXT NOT NULL
) WITHOUT ROWID;
