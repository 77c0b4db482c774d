-- Version 1. A change of this layout is a new script with the next number; this one stays as it is.

-- The id of the last event. Who appends holds this row until its transaction ends: ids rise in the order of commits.
CREATE TABLE orch_counter (last_event BIGINT NOT NULL);
INSERT INTO orch_counter VALUES (0);

-- The truth. Everything below can be computed from it again.
CREATE TABLE orch_events (
    id BIGINT PRIMARY KEY,
    run_id TEXT NOT NULL,
    type TEXT NOT NULL,
    asset TEXT, -- of events that are about one asset: made, observed, wiped
    body TEXT NOT NULL -- JSON; not `jsonb`, which cannot hold every text
);
CREATE INDEX orch_events_by_run ON orch_events (run_id, id);
CREATE INDEX orch_events_by_type ON orch_events (type, id);
CREATE INDEX orch_events_by_asset ON orch_events (asset, id) WHERE asset IS NOT NULL;

CREATE TABLE orch_runs (
    number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- in the order they started
    run_id TEXT NOT NULL UNIQUE,
    status TEXT NOT NULL,
    job TEXT,
    record TEXT NOT NULL -- JSON
);
CREATE INDEX orch_runs_by_status ON orch_runs (status);

-- The event of each asset's newest materialization.
CREATE TABLE orch_materialized (
    asset TEXT PRIMARY KEY,
    event_id BIGINT NOT NULL
);

-- The assets whose newest attempt failed.
CREATE TABLE orch_failed (
    asset TEXT PRIMARY KEY,
    run_id TEXT NOT NULL
);

-- Steps that hold a slot of a pool, or wait for one.
CREATE TABLE orch_pool_places (
    pool TEXT NOT NULL,
    run_id TEXT NOT NULL,
    step TEXT NOT NULL,
    held BOOLEAN NOT NULL, -- whether it holds a slot, or waits
    since DOUBLE PRECISION NOT NULL, -- when it asked first
    seen DOUBLE PRECISION NOT NULL, -- when its process gave a sign of life
    host TEXT NOT NULL,
    pid INTEGER NOT NULL,
    process_token TEXT NOT NULL,
    PRIMARY KEY (pool, run_id, step)
);
