-- Owner: Storage/ItemQueue.

-- Items whose processing was started and did not end: they are claimed one by one.
CREATE INDEX item_tried ON item (due) WHERE state = 'new' AND attempts > 0;
