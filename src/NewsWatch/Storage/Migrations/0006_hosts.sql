-- Owner: Storage/HostMemoryStore.

-- What the articles of one site have in common, so that it is left out of their texts.
CREATE TABLE host_memory (
  host          TEXT PRIMARY KEY,            -- the registrable part of its name
  blocks        TEXT NOT NULL,               -- hashes of paragraphs: see Core/Articles/SeenBlocks
  seen          INTEGER NOT NULL             -- when an article of it was read last
) STRICT, WITHOUT ROWID;
CREATE INDEX host_memory_age ON host_memory (seen);
