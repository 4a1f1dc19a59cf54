-- What the desk pages through, newest first. Owner: Storage/Views.
CREATE INDEX alert_rule ON alert (rule, created);
CREATE INDEX alert_severity ON alert (severity, created);
CREATE INDEX delivery_dead ON delivery (created) WHERE state = 'dead';
CREATE INDEX delivery_recipient ON delivery (subscriber, created);
