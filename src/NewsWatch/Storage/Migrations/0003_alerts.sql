-- Owner: Storage/AlertStore.

-- A decision to tell: rule x story x reason x step.
CREATE TABLE alert (
  id            INTEGER PRIMARY KEY,
  key           TEXT NOT NULL UNIQUE,        -- rule/story/reason/step
  rule          TEXT NOT NULL,
  story         INTEGER NOT NULL REFERENCES story (id),
  reason        TEXT NOT NULL,
  step          INTEGER NOT NULL,
  article       INTEGER NOT NULL REFERENCES article (id),
  severity      TEXT NOT NULL,
  created       INTEGER NOT NULL,
  configuration TEXT NOT NULL,               -- version of the configuration that decided
  content       TEXT NOT NULL                -- JSON: AlertContent
) STRICT;
CREATE INDEX alert_story ON alert (story, rule);
CREATE INDEX alert_age ON alert (created);

-- Why a subscriber was told or not: one row for each article, rule and subscriber that came to a decision.
CREATE TABLE verdict (
  article       INTEGER NOT NULL,
  rule          TEXT NOT NULL,
  subscriber    TEXT NOT NULL,               -- '' where no subscriber was looked at
  at            INTEGER NOT NULL,
  outcome       TEXT NOT NULL,               -- send | group | hold | digest | cap | nothing
  why           TEXT NOT NULL,               -- one sentence
  alert         INTEGER,
  PRIMARY KEY (article, rule, subscriber, at)
) STRICT, WITHOUT ROWID;

-- Who does not want what any more.
CREATE TABLE unsubscribed (
  subscriber    TEXT NOT NULL,
  scope         TEXT NOT NULL,               -- all | rule:ID | story:ID
  at            INTEGER NOT NULL,
  by            TEXT NOT NULL,               -- how: one-click, page
  PRIMARY KEY (subscriber, scope)
) STRICT, WITHOUT ROWID;
