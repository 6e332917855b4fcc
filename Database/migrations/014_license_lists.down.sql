-- Back to the licences of a plugin in no order.

DROP INDEX idx_licenses_plugin_issued_at_id, idx_licenses_issued_at_id, idx_licenses_revoked_issued_at_id;
CREATE INDEX idx_licenses_plugin_id ON licenses(plugin_id);
