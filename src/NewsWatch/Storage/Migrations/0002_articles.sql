-- Owner: Storage/ArticleStore.

-- Articles about the same happening.
CREATE TABLE story (
  id            INTEGER PRIMARY KEY,
  key           TEXT NOT NULL UNIQUE,        -- from its first article's identity: alert keys are built on it, and it survives a restore from a backup
  title         TEXT NOT NULL,
  first_seen    INTEGER NOT NULL,
  last_seen     INTEGER NOT NULL
) STRICT;
CREATE INDEX story_age ON story (last_seen);

-- Every headline a story has had, normalised: what comes under one of them within a day is the same story.
CREATE TABLE story_title (
  title_key     TEXT NOT NULL,
  story         INTEGER NOT NULL REFERENCES story (id) ON DELETE CASCADE,
  seen          INTEGER NOT NULL,            -- when the story first had it
  PRIMARY KEY (title_key, story)
) STRICT, WITHOUT ROWID;
CREATE INDEX story_title_story ON story_title (story);

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
  modified      INTEGER,
  first_seen    INTEGER NOT NULL,
  updated       INTEGER NOT NULL,            -- when this version was read
  language      TEXT NOT NULL,
  section       TEXT NOT NULL,
  keywords      TEXT NOT NULL,               -- JSON array
  completeness  TEXT NOT NULL,               -- full | partial | paywalled
  revision      INTEGER NOT NULL DEFAULT 1,
  page_due      INTEGER,                     -- when its page is to be read (again); null when it is not
  page_lease    INTEGER,                     -- set while it is read
  page_attempts INTEGER NOT NULL DEFAULT 0,  -- started
  page_error    TEXT                         -- why the page could not be had, the last time
) STRICT;
CREATE INDEX article_story ON article (story);
CREATE INDEX article_age ON article (first_seen);
CREATE INDEX article_page ON article (page_due) WHERE page_due IS NOT NULL;

-- Other canonical URLs of an article: what its page calls itself.
CREATE TABLE article_alias (
  url           TEXT PRIMARY KEY,
  article       INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX article_alias_article ON article_alias (article);

-- Which items their source still shows.
CREATE INDEX item_shown ON item (source, last_seen);
