-- Web users newest first, by (created_at, id) as every other listing: a page reads its own rows however far down it is.

CREATE INDEX idx_web_users_created_at_id ON web_users (created_at DESC, id DESC);
