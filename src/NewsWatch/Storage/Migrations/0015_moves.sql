-- Owner: Storage/SourceStore.

-- When the operator was told of moved_to; null while that is not confirmed.
ALTER TABLE source ADD COLUMN moved_told INTEGER;

-- When the configured address was last asked: once a day although the source has moved.
ALTER TABLE source ADD COLUMN moved_asked INTEGER;
