-- Deadlines of stories, as their articles put them last. Owner: Storage/DeadlineStore.
CREATE TABLE deadline (
  id            INTEGER PRIMARY KEY,
  story         INTEGER NOT NULL REFERENCES story (id) ON DELETE CASCADE,
  number        INTEGER NOT NULL,            -- 1 for the story's first, then counting
  facts         TEXT NOT NULL,               -- JSON: DeadlineFacts
  ends          INTEGER,                     -- when it passes; null where it is not in force, or has no day
  sequence      INTEGER NOT NULL,            -- how often it has changed
  publisher     TEXT NOT NULL,               -- who named it first
  UNIQUE (story, number)
) STRICT;
CREATE INDEX deadline_ends ON deadline (ends) WHERE ends IS NOT NULL;

-- What each rule has told of a deadline. Owner: Storage/DeadlineStore.
CREATE TABLE told_deadline (
  deadline      INTEGER NOT NULL REFERENCES deadline (id) ON DELETE CASCADE,
  rule          TEXT NOT NULL,
  sequence      INTEGER NOT NULL,            -- the deadline's when it was told
  alert         INTEGER NOT NULL REFERENCES alert (id) ON DELETE CASCADE,
  at            INTEGER NOT NULL,            -- when it was told
  PRIMARY KEY (deadline, rule)
) STRICT, WITHOUT ROWID;
CREATE INDEX told_deadline_alert ON told_deadline (alert);

-- Reminders that were decided on: each once. Owner: Storage/DeadlineStore.
CREATE TABLE deadline_reminder (
  deadline      INTEGER NOT NULL REFERENCES deadline (id) ON DELETE CASCADE,
  rule          TEXT NOT NULL,
  sequence      INTEGER NOT NULL,            -- a deadline that moved is near again
  lead          INTEGER NOT NULL,            -- how long before, in milliseconds
  PRIMARY KEY (deadline, rule, sequence, lead)
) STRICT, WITHOUT ROWID;
