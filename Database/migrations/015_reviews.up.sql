-- A user's reviews newest first, which were sorted, and a plugin's with one rating, which were looked for among all of them.

DROP INDEX idx_plugin_reviews_user_id;
CREATE INDEX idx_plugin_reviews_user_created_at_id ON plugin_reviews (user_id, created_at DESC, id DESC);
CREATE INDEX idx_plugin_reviews_plugin_rating_created_at_id
  ON plugin_reviews (plugin_id, rating, created_at DESC, id DESC);
