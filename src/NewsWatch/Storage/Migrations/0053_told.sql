-- Older versions work beside this script.
-- Owner: Storage/Stories/ThreadStore.
-- What a subscriber was told of a story is found by its alerts and the subscriber, however much else the subscriber was sent, and however many others were told.
DROP INDEX delivery_alert;
CREATE INDEX delivery_alert ON delivery (alert, subscriber);
