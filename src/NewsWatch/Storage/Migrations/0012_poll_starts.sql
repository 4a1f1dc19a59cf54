-- Owner: Storage/SourceStore.

-- Polls that were started and never ended: only a process that died in the middle of one leaves it raised.
ALTER TABLE source ADD COLUMN starts INTEGER NOT NULL DEFAULT 0;
