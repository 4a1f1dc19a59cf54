-- Owner: Storage/AttemptStore.

-- Every attempt to send a delivery that ended, or whose process died: one that was put back untried is none.
CREATE TABLE attempt (
  delivery      INTEGER NOT NULL REFERENCES delivery (id) ON DELETE CASCADE,
  n             INTEGER NOT NULL,            -- 1 for the first
  started       INTEGER NOT NULL,
  ended         INTEGER NOT NULL,            -- for lost: when that was found
  outcome       TEXT NOT NULL CHECK (outcome IN ('sent', 'again', 'unfinished', 'dead', 'lost')),
  reply         TEXT,                        -- the server's words, or ours where it said none; cleaned
  PRIMARY KEY (delivery, n)
) STRICT, WITHOUT ROWID;

-- Owner: Storage/RefusalStore.

-- The last configurations that were refused.
CREATE TABLE refusal (
  id            INTEGER PRIMARY KEY,
  at            INTEGER NOT NULL,
  files         TEXT NOT NULL,               -- hash of the refused texts
  problems      TEXT NOT NULL                -- JSON: all that was wrong or odd
) STRICT;
