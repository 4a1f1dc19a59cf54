-- Services that work side by side on one database of PostgreSQL, and what of the work is whose. A SQLite file has one service and no row here.
-- Owner: Storage/Replicas/ReplicaStore, Storage/PostgresReplica.
CREATE TABLE replica (
  id        INTEGER PRIMARY KEY,          -- of one start, unlike every other
  name      TEXT NOT NULL UNIQUE,
  version   TEXT NOT NULL,
  alone     INTEGER NOT NULL CHECK (alone IN (0, 1)), -- 1: one round (run --once), beside which no other service starts
  started   INTEGER NOT NULL,
  seen      INTEGER NOT NULL              -- when it was last heard of, by the database's clock
) STRICT;

-- What belongs to one replica at a time, or to nobody.
CREATE TABLE owned (
  kind      TEXT NOT NULL,                -- shard: hosts; lane: one message at a time over a channel; role: what one replica does for all
  key       TEXT NOT NULL,
  replica   INTEGER REFERENCES replica (id) ON DELETE SET NULL,
  PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX owned_replica ON owned (replica);

-- Which shard the host of the address in use belongs to; the replica that finds a wrong number here corrects it.
ALTER TABLE due ADD COLUMN shard INTEGER NOT NULL DEFAULT 0;
ALTER TABLE page ADD COLUMN shard INTEGER NOT NULL DEFAULT 0;
