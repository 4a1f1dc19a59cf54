-- Owner: Storage/InstallationStore.

-- Configurations that were in force; the newest is the last good one.
CREATE TABLE configuration (
  version       TEXT PRIMARY KEY,
  at            INTEGER NOT NULL,
  files         TEXT NOT NULL                -- JSON: file name to text, without secrets (they are never in the files)
) STRICT;

-- Facts about this installation: its id, signing key of unsubscribe tokens, last cycle.
CREATE TABLE fact (
  name          TEXT PRIMARY KEY,
  value         TEXT NOT NULL
) STRICT;
