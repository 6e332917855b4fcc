-- Back to reviews without an order of a user's own.

DROP INDEX idx_plugin_reviews_plugin_rating_created_at_id;
DROP INDEX idx_plugin_reviews_user_created_at_id;
CREATE INDEX idx_plugin_reviews_user_id ON plugin_reviews (user_id);
