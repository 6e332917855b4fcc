-- Back to web users without an order of their own.

DROP INDEX idx_web_users_created_at_id;
