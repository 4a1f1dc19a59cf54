-- Older versions work beside this script.
-- Which configuration a replica works with, and since when. Owner: Storage/Replicas/ReplicaStore.
ALTER TABLE replica ADD COLUMN configuration TEXT;
ALTER TABLE replica ADD COLUMN configured INTEGER;

-- 0: it has a row and is still starting: nothing is divided to it. Versions that do not know the column count as at work.
ALTER TABLE replica ADD COLUMN works INTEGER NOT NULL DEFAULT 1 CHECK (works IN (0, 1));
