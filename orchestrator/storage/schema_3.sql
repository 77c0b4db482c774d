-- Version 3: the books of automation.

CREATE TABLE automation_states (
    location TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL, -- schedule or sensor
    status TEXT NOT NULL, -- empty: what the definition says
    cursor TEXT,
    last_tick REAL,
    last_run_key TEXT,
    PRIMARY KEY (location, name)
) WITHOUT ROWID;

CREATE TABLE ticks (
    number INTEGER PRIMARY KEY, -- in the order they were recorded
    id TEXT NOT NULL UNIQUE,
    location TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    scheduled REAL NOT NULL,
    status TEXT NOT NULL,
    record TEXT NOT NULL -- JSON
);
CREATE INDEX ticks_by_name ON ticks (location, name, number);
CREATE UNIQUE INDEX ticks_of_schedules ON ticks (location, name, scheduled) WHERE kind = 'schedule';
CREATE INDEX skipped_ticks ON ticks (location, name, scheduled) WHERE kind = 'sensor' AND status = 'skipped';

-- Kept for ever: a run key is used once.
CREATE TABLE run_requests (
    number INTEGER PRIMARY KEY, -- in the order they were made
    id TEXT NOT NULL UNIQUE,
    tick_id TEXT NOT NULL,
    location TEXT NOT NULL,
    name TEXT NOT NULL,
    run_key TEXT,
    status TEXT NOT NULL,
    record TEXT NOT NULL -- JSON
);
CREATE UNIQUE INDEX run_keys ON run_requests (location, name, run_key) WHERE run_key IS NOT NULL;
CREATE INDEX run_requests_by_tick ON run_requests (tick_id);
CREATE INDEX open_run_requests ON run_requests (status, number) WHERE status IN ('queued', 'launched');

CREATE TABLE leases (
    name TEXT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL,
    expires REAL NOT NULL -- seconds since 1970
) WITHOUT ROWID;
