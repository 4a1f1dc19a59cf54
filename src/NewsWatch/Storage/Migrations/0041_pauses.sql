-- Sources whose polling operators have stopped for a time. Owner: Storage/Operators/PauseStore.
CREATE TABLE pause (
  id            INTEGER PRIMARY KEY,
  source        TEXT NOT NULL,
  made          INTEGER NOT NULL,
  until         INTEGER NOT NULL,
  reason        TEXT NOT NULL,
  made_by       TEXT NOT NULL,
  ended         INTEGER,                     -- ended by a person before its time
  ended_by      TEXT
) STRICT;
CREATE INDEX pause_until ON pause (until);
CREATE INDEX pause_source ON pause (source);
