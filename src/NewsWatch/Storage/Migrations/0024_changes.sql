-- The versions of alerted articles that were told: what the next version is compared with. Owner: Storage/ToldVersionStore.
CREATE TABLE told_version (
  article       INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  stage         TEXT NOT NULL CHECK (stage IN ('feed', 'page')), -- a feed's words are compared with the feed's, a page's with the page's
  document      INTEGER NOT NULL REFERENCES document (id),
  at            INTEGER NOT NULL,            -- when it was told
  PRIMARY KEY (article, stage)
) STRICT, WITHOUT ROWID;
CREATE INDEX told_version_document ON told_version (document);

-- Articles that were alerted and whose pages are looked at again. Owner: Storage/PageWatchStore.
CREATE TABLE page_watch (
  article       INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
  began         INTEGER NOT NULL,            -- when it was alerted first
  missing       INTEGER NOT NULL DEFAULT 0,  -- looks in a row that found no page
  missing_since INTEGER,                     -- the first of those
  validators    TEXT                         -- JSON: of the last good look, for the next request
) STRICT;

-- Changes of alerted articles that were not told, and why. Owner: Storage/QuietChangeStore.
CREATE TABLE quiet_change (
  article       INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  rule          TEXT NOT NULL,
  at            INTEGER NOT NULL,
  why           TEXT NOT NULL,               -- one sentence
  PRIMARY KEY (article, rule, at)
) STRICT, WITHOUT ROWID;
