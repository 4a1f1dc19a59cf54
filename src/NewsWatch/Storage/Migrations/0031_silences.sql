-- What operators keep quiet for a time, and what was kept back. Owner: Storage/SilenceStore.
CREATE TABLE silence (
  id            INTEGER PRIMARY KEY,
  scope         TEXT NOT NULL CHECK (scope IN ('rule', 'story', 'subscriber', 'source')),
  target        TEXT NOT NULL,               -- an id of the configuration; of a story its key
  made          INTEGER NOT NULL,
  until         INTEGER NOT NULL,
  with_flash    INTEGER NOT NULL,            -- 1: flash alerts, too
  held          INTEGER NOT NULL,            -- 1: what it keeps back is sent in one message at its end
  reason        TEXT NOT NULL,
  made_by       TEXT NOT NULL,
  ended         INTEGER,                     -- ended by a person before its time
  ended_by      TEXT
) STRICT;
CREATE INDEX silence_until ON silence (until);

-- One alert that did not go to a subscriber because of a silence.
CREATE TABLE silenced (
  silence       INTEGER NOT NULL REFERENCES silence (id) ON DELETE CASCADE,
  alert         INTEGER NOT NULL REFERENCES alert (id) ON DELETE CASCADE,
  subscriber    TEXT NOT NULL,
  channel       TEXT NOT NULL,
  at            INTEGER NOT NULL,
  PRIMARY KEY (silence, alert, subscriber, channel)
) STRICT, WITHOUT ROWID;
CREATE INDEX silenced_alert ON silenced (alert);

-- What people did that changed the state of the service, on the desk or by a command. Owner: Storage/ActStore.
CREATE TABLE act (
  id            INTEGER PRIMARY KEY,
  at            INTEGER NOT NULL,
  actor         TEXT NOT NULL,
  way           TEXT NOT NULL CHECK (way IN ('desk', 'command')),
  what          TEXT NOT NULL,               -- silence, extend, end, ...
  target        TEXT NOT NULL,
  detail        TEXT NOT NULL,               -- one sentence
  request       TEXT UNIQUE,                 -- the form's own key: a form that is sent twice acts once
  result        TEXT                         -- the address that shows what came of it
) STRICT;
CREATE INDEX act_at ON act (at);
