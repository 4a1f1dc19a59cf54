-- Times are Unix milliseconds, UTC. Owner: Storage/SourceStore, Storage/ItemStore.

-- What is known of a configured source between two polls.
CREATE TABLE source (
  id             TEXT PRIMARY KEY,           -- the id from the configuration
  configured     INTEGER NOT NULL DEFAULT 1, -- 0: no longer in the configuration; kept, so that its return is no first sight
  url            TEXT NOT NULL,              -- the address in the configuration
  poll           INTEGER NOT NULL,           -- the configured interval that next_due was computed with
  moved_to       TEXT,                       -- after 301/308: the address seen there, in use after two confirmations
  moved_seen     INTEGER NOT NULL DEFAULT 0,
  validators_url TEXT,                       -- the address that etag and last_modified belong to
  etag           TEXT,                       -- validators of the last 200/304 of exactly that address
  last_modified  TEXT,
  body_hash      TEXT,                       -- hash of the last body, for servers without validators
  next_due       INTEGER NOT NULL,
  lease_until    INTEGER,                    -- set while a poll is in flight
  not_before     INTEGER,                    -- Retry-After: no request before it
  state          TEXT NOT NULL DEFAULT 'ok', -- ok | failing | stale | gone
  state_since    INTEGER NOT NULL,
  state_reason   TEXT NOT NULL DEFAULT '',
  failures       INTEGER NOT NULL DEFAULT 0, -- in a row
  last_error     TEXT,                       -- of the last poll; null when it was good
  last_poll      INTEGER,                    -- when the last request was sent
  last_success   INTEGER,
  last_item      INTEGER,                    -- when the newest unseen item was first seen
  baselined      INTEGER,                    -- when the first good poll was recorded
  unstable_ids   INTEGER NOT NULL DEFAULT 0, -- 1: its guids change from poll to poll, so links identify its items
  rhythm         TEXT NOT NULL DEFAULT '[]', -- JSON: arrival times of recent items, for AutoPoll and staleness
  hints          TEXT NOT NULL DEFAULT '{}'  -- JSON: what the feed says about polling it
) STRICT;
CREATE INDEX source_due ON source (next_due) WHERE configured = 1 AND state <> 'gone';

-- One entry seen at a source.
CREATE TABLE item (
  id            INTEGER PRIMARY KEY,
  source        TEXT NOT NULL,
  key           TEXT NOT NULL,               -- identity at the source: see Polling/ItemIdentity
  link_key      TEXT,                        -- canonical link, the second identity
  title_key     TEXT,                        -- normalised title, the third identity together with the day
  content_hash  TEXT NOT NULL,               -- tells an edit from a repetition
  versions      TEXT NOT NULL DEFAULT '',    -- earlier content hashes, so that two alternating versions are two and no more
  revision      INTEGER NOT NULL DEFAULT 1,
  first_seen    INTEGER NOT NULL,
  last_seen     INTEGER NOT NULL,
  published     INTEGER,
  state         TEXT NOT NULL,               -- baseline | old | new | done | failed
  attempts      INTEGER NOT NULL DEFAULT 0,  -- of processing
  lease_until   INTEGER,                     -- set while it is processed
  due           INTEGER NOT NULL,            -- when it may be processed (again)
  payload       TEXT NOT NULL,               -- JSON: the FeedItem
  article       INTEGER,
  outcome       TEXT,                        -- what processing came to, for `newswatch why`
  UNIQUE (source, key)
) STRICT;
CREATE INDEX item_new ON item (due) WHERE state = 'new';
CREATE INDEX item_link ON item (source, link_key);
CREATE INDEX item_title ON item (source, title_key);
CREATE INDEX item_article ON item (article);
CREATE INDEX item_age ON item (first_seen);

-- WebSub subscriptions: who pushes what to us.
CREATE TABLE push (
  source        TEXT PRIMARY KEY,
  hub           TEXT NOT NULL,
  topic         TEXT NOT NULL,
  token         TEXT NOT NULL UNIQUE,        -- the unguessable part of the callback address
  secret        TEXT NOT NULL,               -- the hub signs what it sends with it
  state         TEXT NOT NULL,               -- pending | active | denied
  asked         INTEGER NOT NULL,            -- when it was last asked for
  expires       INTEGER                      -- end of the hub's lease
) STRICT;
