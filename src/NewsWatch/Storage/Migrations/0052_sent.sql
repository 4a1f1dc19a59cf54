-- Owner: Storage/SubscriberHistory.
-- A cap looks at what a subscriber was sent: a delivery joins this index when it is sent, not when it is decided.
DROP INDEX delivery_subscriber;
CREATE INDEX delivery_subscriber ON delivery (subscriber, sent_at) WHERE sent_at IS NOT NULL;
