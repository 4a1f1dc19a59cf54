-- Older versions work beside this script.
-- 0: a replica that has a row and is still starting: nothing is divided to it. Versions that do not know the column count as at work.
-- Owner: Storage/Replicas/ReplicaStore.
ALTER TABLE replica ADD COLUMN works BIGINT NOT NULL DEFAULT 1 CHECK (works IN (0, 1));

-- 1: a version that does not know the script must not work on the database. 0: it may. Owner: Storage/PostgresSchema.
ALTER TABLE schema_script ADD COLUMN least BIGINT NOT NULL DEFAULT 1 CHECK (least IN (0, 1));
