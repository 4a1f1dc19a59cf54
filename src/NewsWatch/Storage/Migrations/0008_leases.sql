-- Owner: Storage/Leases. What is being worked on belongs to the process that claimed it until that process ends the lease or is dead.
-- replica: the id of the start that claimed it; null when nobody works on it.
-- fence:   raised by each claim and each release, reset by nothing: the number that tells one claim from every other.
ALTER TABLE source ADD COLUMN replica INTEGER;
ALTER TABLE source ADD COLUMN fence INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source DROP COLUMN lease_until;

ALTER TABLE item ADD COLUMN replica INTEGER;
ALTER TABLE item ADD COLUMN fence INTEGER NOT NULL DEFAULT 0;
ALTER TABLE item DROP COLUMN lease_until;

ALTER TABLE article ADD COLUMN page_replica INTEGER;
ALTER TABLE article ADD COLUMN page_fence INTEGER NOT NULL DEFAULT 0;
ALTER TABLE article DROP COLUMN page_lease;

DROP INDEX delivery_leased;
ALTER TABLE delivery ADD COLUMN replica INTEGER;
ALTER TABLE delivery ADD COLUMN fence INTEGER NOT NULL DEFAULT 0;
ALTER TABLE delivery DROP COLUMN lease_until;
CREATE INDEX delivery_leased ON delivery (replica) WHERE state = 'leased';
