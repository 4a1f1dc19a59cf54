-- Owner: Storage/DeliveryStore. The most severe message leaves first; among equals the one that has been due longest.
ALTER TABLE delivery ADD COLUMN severity INTEGER NOT NULL DEFAULT 0;      -- 0 routine, 1 urgent, 2 flash; notices are flash
ALTER TABLE delivery ADD COLUMN time_of_day INTEGER NOT NULL DEFAULT 0;   -- 1: it is held to a time of day, which a clock that is set back does not move
UPDATE delivery SET severity = CASE WHEN alert IS NULL THEN 2 ELSE (
  SELECT CASE alert.severity WHEN 'flash' THEN 2 WHEN 'urgent' THEN 1 ELSE 0 END FROM alert WHERE alert.id = delivery.alert) END
WHERE state IN ('pending', 'leased', 'held');

DROP INDEX delivery_next;
CREATE INDEX delivery_next ON delivery (channel, severity, due, bundle) WHERE state = 'pending';
CREATE INDEX delivery_fresh ON delivery (channel, severity, due, bundle) WHERE state = 'pending' AND attempts = 0;
CREATE INDEX delivery_held ON delivery (due) WHERE state = 'held';

-- What a cap looks at: a subscriber's last messages, newest first.
DROP INDEX delivery_open;
CREATE INDEX delivery_open ON delivery (subscriber, due, bundle) WHERE state IN ('pending', 'leased', 'held');

-- What retention looks up.
CREATE INDEX alert_article ON alert (article);
