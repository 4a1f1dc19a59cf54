-- Owner: Storage/DeliveryStore. The state chart is in ARCHITECTURE.md.

-- One alert, to one subscriber, over one channel. Rows with the same bundle leave as one message.
CREATE TABLE delivery (
  id            INTEGER PRIMARY KEY,
  key           TEXT NOT NULL UNIQUE,        -- alert key/subscriber/channel; stable for ever
  bundle        TEXT NOT NULL,               -- the message it goes with: its own key, or a group, digest, quiet or overflow window;
                                             -- Message-ID and webhook-id are functions of it; closed once an attempt started
  kind          TEXT NOT NULL,               -- alert | group | digest | notice | test
  alert         INTEGER REFERENCES alert (id),  -- null for notices and tests
  notice        TEXT,                        -- JSON: what a notice or test says
  subscriber    TEXT NOT NULL,               -- subscriber id, or an operator's address
  channel       TEXT NOT NULL,
  created       INTEGER NOT NULL,
  state         TEXT NOT NULL,               -- pending | held | leased | sent | dead | cancelled
  due           INTEGER NOT NULL,            -- when it may be tried; for held: when it is released
  attempts      INTEGER NOT NULL DEFAULT 0,  -- started
  unfinished    INTEGER NOT NULL DEFAULT 0,  -- started and never ended, in a row: 3 is quarantine
  lease_until   INTEGER,
  last_attempt  INTEGER,
  last_error    TEXT,                        -- the server's words, cleaned
  message_id    TEXT,
  subject       TEXT,                        -- the subject it left with: what follows in its thread answers it
  sent_at       INTEGER,
  reply         TEXT                         -- the server's answer to the accepted message
) STRICT;
CREATE INDEX delivery_due ON delivery (due) WHERE state IN ('pending', 'held');
CREATE INDEX delivery_next ON delivery (channel, attempts > 0, due) WHERE state = 'pending';
CREATE INDEX delivery_leased ON delivery (lease_until) WHERE state = 'leased';
CREATE INDEX delivery_bundle ON delivery (bundle);
CREATE INDEX delivery_subscriber ON delivery (subscriber, sent_at);
CREATE INDEX delivery_open ON delivery (subscriber) WHERE state IN ('pending', 'leased', 'held');
CREATE INDEX delivery_alert ON delivery (alert);
CREATE INDEX delivery_channel ON delivery (channel, state);
CREATE INDEX delivery_age ON delivery (created);
