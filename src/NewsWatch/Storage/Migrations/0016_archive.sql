-- The archive: what rules saw, when, and under which configuration. Owners: Storage/DocumentStore, Storage/ReadingStore, Storage/SearchIndex.

-- What rules saw of an article, once for each content. It goes when neither a reading nor an article names it.
CREATE TABLE document (
  id            INTEGER PRIMARY KEY,
  hash          BLOB NOT NULL UNIQUE,        -- first 16 bytes of SHA-256 over all that follows
  title         TEXT NOT NULL,
  text          BLOB NOT NULL,               -- compressed: see Storage/PackedText
  authors       TEXT NOT NULL,               -- JSON array
  section       TEXT NOT NULL,
  language      TEXT NOT NULL
) STRICT;

-- One time that rules saw an article: one row in each commit 2.
CREATE TABLE reading (
  id            INTEGER PRIMARY KEY,
  article       INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  story         INTEGER NOT NULL,            -- the article's story at that time; articles move
  document      INTEGER NOT NULL REFERENCES document (id),
  source        TEXT NOT NULL,               -- the source of this reading, not of the article
  at            INTEGER NOT NULL,            -- when it was decided on
  first_seen    INTEGER NOT NULL,
  published     INTEGER,
  stage         TEXT NOT NULL CHECK (stage IN ('headline', 'page', 'copy', 'live', 'kept')), -- kept: what the article table held when the archive began
  change        TEXT NOT NULL CHECK (change IN ('new', 'copy', 'edit', 'live-update', 'correction', 'withdrawal')),
  configuration TEXT                         -- version of the configuration that decided; null for stage kept
) STRICT;
CREATE INDEX reading_at ON reading (at);
CREATE INDEX reading_article ON reading (article);
CREATE INDEX reading_document ON reading (document);

-- The text of the article's version is in its document; article.text holds it only until Storage/ArchiveMove has moved it, and is empty from then on.
ALTER TABLE article ADD COLUMN document INTEGER REFERENCES document (id);
ALTER TABLE article ADD COLUMN searchable INTEGER NOT NULL DEFAULT 0; -- 1: article_search holds this version
CREATE INDEX article_document ON article (document);
CREATE INDEX article_unmoved ON article (id) WHERE document IS NULL;
CREATE INDEX article_unsearchable ON article (id) WHERE searchable = 0 AND document IS NOT NULL;

-- The words of each article's title and text, folded as rules fold them (Core/Text/SearchWords). It holds no text: the documents do.
CREATE VIRTUAL TABLE article_search USING fts5 (title, text, content = '', contentless_delete = 1, tokenize = 'ascii');

-- Owner: Storage/ItemStore.

-- The item's link as its feed wrote it, where that is not link_key. The payload of an item that is done is empty.
ALTER TABLE item ADD COLUMN link TEXT;

-- Items up to this number are still as an earlier version wrote them; Storage/ArchiveMove counts it down.
INSERT INTO fact (name, value) SELECT 'items-to-move', CAST(id AS TEXT) FROM item ORDER BY id DESC LIMIT 1;
