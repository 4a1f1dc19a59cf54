-- Where each article of the last days belongs. Owner: Storage/PlacementStore. The book of stories (Core/Stories) is read back from it.
CREATE TABLE placement (
  article       INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
  at            INTEGER NOT NULL,            -- when it was placed
  publisher     TEXT NOT NULL,
  report        INTEGER NOT NULL,            -- the report's first article: one fact, told once
  story         INTEGER NOT NULL,            -- the story's first article: one thread; merges and splits change it
  doubtful      INTEGER NOT NULL CHECK (doubtful IN (0, 1)), -- 1: joined its report narrowly
  why           TEXT NOT NULL,               -- one sentence
  fingerprint   BLOB NOT NULL
) STRICT;
CREATE INDEX placement_at ON placement (at);
CREATE INDEX placement_report ON placement (report);
CREATE INDEX placement_story ON placement (story);
