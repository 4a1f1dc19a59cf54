-- Pages that are read, or could not be read, apart from their articles: an article without a page of its own has no row. Owner: Storage/Articles/PageQueue.
CREATE TABLE page (
  article       INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
  due           INTEGER,                     -- when it is to be read (again); null when it is not
  attempts      INTEGER NOT NULL DEFAULT 0,  -- started
  replica       INTEGER,                     -- the start of the service that reads it; null when nobody does
  fence         INTEGER NOT NULL DEFAULT 0,  -- raised by each claim and each release, reset by nothing
  error         TEXT                         -- why it changed nothing, the last time
) STRICT;
INSERT INTO page (article, due, attempts, replica, fence, error)
SELECT id, page_due, page_attempts, page_replica, page_fence, page_error FROM article WHERE page_due IS NOT NULL OR page_error IS NOT NULL OR page_fence > 0;
CREATE INDEX page_due ON page (due) WHERE due IS NOT NULL;

DROP INDEX article_page;
ALTER TABLE article DROP COLUMN page_due;
ALTER TABLE article DROP COLUMN page_attempts;
ALTER TABLE article DROP COLUMN page_replica;
ALTER TABLE article DROP COLUMN page_fence;
ALTER TABLE article DROP COLUMN page_error;
