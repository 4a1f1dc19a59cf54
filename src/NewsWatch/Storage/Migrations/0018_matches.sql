-- Owner: Storage/MatchStore.

-- Each rule that fired in a reading, whether it alerted or not.
CREATE TABLE match (
  reading       INTEGER NOT NULL REFERENCES reading (id) ON DELETE CASCADE,
  rule          TEXT NOT NULL,
  outcome       TEXT NOT NULL CHECK (outcome IN ('alert', 'silent')),
  clauses       TEXT NOT NULL,               -- JSON array: the clauses that found something, as their author wrote them
  hits          TEXT NOT NULL,               -- JSON array of [field, start, length, clause's place in clauses, term, 1 when negated]
  PRIMARY KEY (reading, rule)
) STRICT, WITHOUT ROWID;

-- Owner: Storage/VerdictStore.

ALTER TABLE verdict ADD COLUMN reading INTEGER REFERENCES reading (id) ON DELETE SET NULL; -- null for those from before the archive
ALTER TABLE verdict ADD COLUMN reason TEXT CHECK (reason IN (
  'at-once', 'grouped', 'quiet-hours', 'digest', 'cap', 'muted', 'too-old', 'same-story', 'not-routed', 'not-wanted', 'unsubscribed')); -- null until Storage/ArchiveMove has been there
CREATE INDEX verdict_at ON verdict (at);
CREATE INDEX verdict_reading ON verdict (reading);
