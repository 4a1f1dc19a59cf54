-- Drills: marked articles that show whether an alert still arrives. Owner: Storage/Operators/DrillStore.
CREATE TABLE drill (
  id            INTEGER PRIMARY KEY,
  at            INTEGER NOT NULL,            -- when its article was written
  planned       INTEGER UNIQUE,              -- the time of the schedule that it is for; null for one that a person began
  made_by       TEXT NOT NULL,
  rule          TEXT NOT NULL,               -- empty for one that was missed
  decided       INTEGER,                     -- when its messages were put into the outbox
  trouble       TEXT NOT NULL DEFAULT '',    -- why there are no messages
  ended         INTEGER,
  outcome       TEXT,                        -- passed | failed | missed
  result        TEXT NOT NULL DEFAULT ''     -- one sentence; stays when its messages are deleted
) STRICT;
CREATE INDEX drill_open ON drill (at) WHERE ended IS NULL;

-- Whom a drill goes to.
CREATE TABLE drill_address (
  drill         INTEGER NOT NULL REFERENCES drill (id) ON DELETE CASCADE,
  subscriber    TEXT NOT NULL,               -- a subscriber's id, or an operator's address
  channel       TEXT NOT NULL,
  PRIMARY KEY (drill, subscriber, channel)
) STRICT, WITHOUT ROWID;
