-- A rule may ask for changes of alerted articles (changed:number). Owner: Storage/Alerts/VerdictStore.
ALTER TABLE verdict RENAME COLUMN reason TO reason_before;
ALTER TABLE verdict ADD COLUMN reason TEXT CHECK (reason IN (
  'at-once', 'grouped', 'quiet-hours', 'digest', 'cap', 'muted', 'too-old', 'same-story', 'waits-for-sources', 'waits-for-change', 'not-routed', 'not-wanted', 'unsubscribed')); -- null until Storage/ArchiveMove has been there
UPDATE verdict SET reason = reason_before;
ALTER TABLE verdict DROP COLUMN reason_before;
