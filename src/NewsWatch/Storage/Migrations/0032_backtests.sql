-- Backtests that were started on the desk, and what they found; 7 days. Owner: Storage/BacktestStore.
CREATE TABLE backtest (
  id            INTEGER PRIMARY KEY,
  at            INTEGER NOT NULL,
  made_by       TEXT NOT NULL,
  asked         TEXT NOT NULL,               -- JSON: the candidate and the window, as they were asked for
  program       TEXT NOT NULL,               -- the version that ran it
  state         TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'cancelled', 'failed')),
  result        TEXT,                        -- JSON: what it found; of a failed one why
  request       TEXT UNIQUE                  -- the form's own key: a form that is sent twice starts one
) STRICT;
CREATE INDEX backtest_at ON backtest (at);
