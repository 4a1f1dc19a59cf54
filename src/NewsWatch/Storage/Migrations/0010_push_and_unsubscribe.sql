-- Owner: Storage/PushStore.

-- 1: the hub was asked and has not confirmed yet. Only what is awaited is confirmed, once.
ALTER TABLE push ADD COLUMN awaited INTEGER NOT NULL DEFAULT 0;
UPDATE push SET awaited = 1 WHERE state = 'pending';

-- How many pushes in a row brought items before a poll saw them.
ALTER TABLE push ADD COLUMN lead INTEGER NOT NULL DEFAULT 0;

-- Owner: Storage/UnsubscribeStore. A story's number may name another story after a restore from a backup, its key does not.
UPDATE OR REPLACE unsubscribed SET scope = 'story:' || (SELECT key FROM story WHERE id = CAST(substr(unsubscribed.scope, 7) AS INTEGER))
WHERE scope LIKE 'story:%' AND EXISTS (SELECT 1 FROM story WHERE id = CAST(substr(unsubscribed.scope, 7) AS INTEGER));
DELETE FROM unsubscribed WHERE scope LIKE 'story:%' AND substr(scope, 7) NOT IN (SELECT key FROM story);

-- Numbers that stand for subscribers and rules inside unsubscribe tokens; one that is gone keeps its number, so that old mails keep their meaning.
CREATE TABLE unsubscribe_name (
  id            INTEGER PRIMARY KEY,         -- 1 to 2^32 - 1, from the installation's key and the name
  name          TEXT NOT NULL UNIQUE         -- subscriber/ID | rule/ID
) STRICT;
