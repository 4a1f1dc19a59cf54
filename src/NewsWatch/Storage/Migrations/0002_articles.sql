-- Owner: Storage/ArticleStore.

-- Articles about the same happening.
CREATE TABLE story (
  id            INTEGER PRIMARY KEY,
  title         TEXT NOT NULL,
  title_key     TEXT NOT NULL,               -- normalised title, compared within a day
  first_seen    INTEGER NOT NULL,
  last_seen     INTEGER NOT NULL
) STRICT;
CREATE INDEX story_title ON story (title_key, last_seen);

-- The document behind one or more items.
CREATE TABLE article (
  id            INTEGER PRIMARY KEY,
  url           TEXT NOT NULL UNIQUE,        -- canonical identity
  story         INTEGER NOT NULL REFERENCES story (id),
  source        TEXT NOT NULL,               -- the source that brought it first
  title         TEXT NOT NULL,
  text          TEXT NOT NULL,
  authors       TEXT NOT NULL,               -- JSON array
  published     INTEGER,
  first_seen    INTEGER NOT NULL,
  updated       INTEGER NOT NULL,            -- when this version was read
  language      TEXT NOT NULL,
  section       TEXT NOT NULL,
  completeness  TEXT NOT NULL,               -- full | partial | paywalled
  revision      INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX article_story ON article (story);
CREATE INDEX article_age ON article (first_seen);
