-- Back to one way of reading. The role stays, which other databases may use.

DROP FUNCTION auth.narrow();
DROP POLICY plugin_submissions_own ON plugin_submissions;
DROP POLICY usage_aggregates_own ON usage_aggregates;
DROP POLICY usage_events_own ON usage_events;
DROP POLICY trials_own ON trials;
DROP POLICY licenses_own ON licenses;
DROP POLICY subscriptions_own ON subscriptions;
DROP POLICY users_own ON users;

DROP INDEX idx_users_email_folded;
CREATE UNIQUE INDEX idx_users_email_folded ON users (lower(email));
ALTER TABLE users DROP COLUMN email_folded;

DROP VIEW plugin_shop;
