-- What subscribers say of alerts: the last word counts. Owner: Storage/Alerts/FeedbackStore.
CREATE TABLE feedback (
  alert         INTEGER NOT NULL REFERENCES alert (id) ON DELETE CASCADE,
  subscriber    TEXT NOT NULL,
  verdict       TEXT NOT NULL CHECK (verdict IN ('useful', 'not-useful', 'known')),
  at            INTEGER NOT NULL,
  PRIMARY KEY (alert, subscriber)
) STRICT, WITHOUT ROWID;
CREATE INDEX feedback_at ON feedback (at);

-- A silence of a rule or story may end sooner. Owner: Storage/Operators/SilenceStore.
ALTER TABLE silence ADD COLUMN or_flash INTEGER NOT NULL DEFAULT 0;      -- 1: when an alert of it is flash
ALTER TABLE silence ADD COLUMN or_publishers INTEGER NOT NULL DEFAULT 0; -- when so many publishers tell the story; 0 for never
