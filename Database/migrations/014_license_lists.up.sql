-- Licences of one plugin, all of them, and the revoked ones, newest first: lists that sorted the whole table. The last index
-- is also what the list of revoked licences is read from.

DROP INDEX idx_licenses_plugin_id;
CREATE INDEX idx_licenses_plugin_issued_at_id ON licenses (plugin_id, issued_at DESC, id DESC);
CREATE INDEX idx_licenses_issued_at_id ON licenses (issued_at DESC, id DESC);
CREATE INDEX idx_licenses_revoked_issued_at_id ON licenses (issued_at DESC, id DESC) WHERE revoked;
