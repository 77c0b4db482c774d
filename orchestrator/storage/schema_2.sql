-- Version 2: places in concurrency pools.

-- Steps that hold a slot of a pool, or wait for one.
CREATE TABLE pool_places (
    pool TEXT NOT NULL,
    run_id TEXT NOT NULL,
    step TEXT NOT NULL,
    held INTEGER NOT NULL, -- whether it holds a slot, or waits
    since REAL NOT NULL, -- when it asked first
    seen REAL NOT NULL, -- when its process gave a sign of life
    host TEXT NOT NULL,
    pid INTEGER NOT NULL,
    process_token TEXT NOT NULL,
    PRIMARY KEY (pool, run_id, step)
) WITHOUT ROWID;

CREATE INDEX events_by_type ON events (type);

-- Events that are about one asset: made, observed, wiped.
CREATE INDEX events_by_asset ON events (json_extract(body, '$.asset')) WHERE type BETWEEN 'asset_' AND 'asset_z';
