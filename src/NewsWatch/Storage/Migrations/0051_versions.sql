-- Older versions work beside this script.
-- 0: a replica that has a row and is still starting: nothing is divided to it. Versions that do not know the column count as at work.
-- Owner: Storage/Replicas/ReplicaStore.
ALTER TABLE replica ADD COLUMN works INTEGER NOT NULL DEFAULT 1 CHECK (works IN (0, 1));
