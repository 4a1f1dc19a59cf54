-- What each replica says of itself, for people: apart from its row in replica, which is renewed all the time. Owner: Storage/Views/ReplicaViews.
CREATE TABLE replica_report (
  replica       INTEGER PRIMARY KEY,         -- the replica's id; the row is deleted by another one when that replica is gone
  configuration TEXT NOT NULL,               -- the version that it works by
  cycle         INTEGER,                     -- when its last poll cycle ended; null before the first
  problem       TEXT                         -- why it is not ready; null when it is
) STRICT;
