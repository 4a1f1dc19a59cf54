-- When each source is due, apart from what was learned of it: this is what every poll changes, and it is short. Owner: Storage/Sources/PollQueue.
CREATE TABLE due (
  source        TEXT PRIMARY KEY REFERENCES source (id) ON DELETE CASCADE,
  polled        INTEGER NOT NULL CHECK (polled IN (0, 1)), -- 0: no longer in the configuration, or gone, as its row in source says
  next_due      INTEGER NOT NULL,
  not_before    INTEGER,                     -- Retry-After: no request before it
  last_poll     INTEGER,                     -- when the last request was sent
  last_success  INTEGER,
  starts        INTEGER NOT NULL DEFAULT 0,  -- polls in a row that were started and did not end
  replica       INTEGER,                     -- the start of the service that polls it; null when nobody does
  fence         INTEGER NOT NULL DEFAULT 0   -- raised by each claim and each release, reset by nothing
) STRICT, WITHOUT ROWID;
INSERT INTO due (source, polled, next_due, not_before, last_poll, last_success, starts, replica, fence)
SELECT id, CASE WHEN configured = 1 AND state <> 'gone' THEN 1 ELSE 0 END, next_due, not_before, last_poll, last_success, starts, replica, fence FROM source;
CREATE INDEX due_next ON due (next_due) WHERE polled = 1;

DROP INDEX source_due;
ALTER TABLE source DROP COLUMN next_due;
ALTER TABLE source DROP COLUMN not_before;
ALTER TABLE source DROP COLUMN last_poll;
ALTER TABLE source DROP COLUMN last_success;
ALTER TABLE source DROP COLUMN starts;
ALTER TABLE source DROP COLUMN replica;
ALTER TABLE source DROP COLUMN fence;
