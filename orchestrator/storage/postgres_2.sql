-- Version 2: the books of automation.

CREATE TABLE orch_automation_states (
    location TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL, -- schedule or sensor
    status TEXT NOT NULL, -- empty: what the definition says
    cursor TEXT,
    last_tick DOUBLE PRECISION,
    last_run_key TEXT,
    PRIMARY KEY (location, name)
);

CREATE TABLE orch_ticks (
    number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- in the order they were recorded
    id TEXT NOT NULL UNIQUE,
    location TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    scheduled DOUBLE PRECISION NOT NULL,
    status TEXT NOT NULL,
    record TEXT NOT NULL -- JSON
);
CREATE INDEX orch_ticks_by_name ON orch_ticks (location, name, number);
CREATE UNIQUE INDEX orch_ticks_of_schedules ON orch_ticks (location, name, scheduled) WHERE kind = 'schedule';
CREATE INDEX orch_skipped_ticks ON orch_ticks (location, name, scheduled)
    WHERE kind = 'sensor' AND status = 'skipped';

-- Kept for ever: a run key is used once.
CREATE TABLE orch_run_requests (
    number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- in the order they were made
    id TEXT NOT NULL UNIQUE,
    tick_id TEXT NOT NULL,
    location TEXT NOT NULL,
    name TEXT NOT NULL,
    run_key TEXT,
    status TEXT NOT NULL,
    record TEXT NOT NULL -- JSON
);
CREATE UNIQUE INDEX orch_run_keys ON orch_run_requests (location, name, run_key) WHERE run_key IS NOT NULL;
CREATE INDEX orch_run_requests_by_tick ON orch_run_requests (tick_id);
CREATE INDEX orch_open_run_requests ON orch_run_requests (status, number) WHERE status IN ('queued', 'launched');

CREATE TABLE orch_leases (
    name TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    expires DOUBLE PRECISION NOT NULL -- seconds since 1970
);
