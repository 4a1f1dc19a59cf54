-- Stories that turned out to be one, or to be two. Owner: Storage/Stories/StoryEventStore.
CREATE TABLE story_event (
  id            INTEGER PRIMARY KEY,
  article       INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE, -- with which it showed
  story         INTEGER NOT NULL,            -- the story that goes on, as placement has it
  other         INTEGER NOT NULL,            -- the one that was merged into it, or split off it
  kind          TEXT NOT NULL CHECK (kind IN ('merged', 'split')),
  why           TEXT NOT NULL,               -- one sentence
  at            INTEGER NOT NULL
) STRICT;
CREATE INDEX story_event_article ON story_event (article);
CREATE INDEX story_event_story ON story_event (story);
CREATE INDEX story_event_other ON story_event (other);
