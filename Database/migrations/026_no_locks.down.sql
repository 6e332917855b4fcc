-- Back to rights on whole tables.

DROP FUNCTION delete_plugin(TEXT), delete_plugin_review(UUID), delete_repository(UUID), delete_workflow(UUID),
  auth.delete_plugin(TEXT), auth.delete_plugin_review(UUID), auth.delete_repository(UUID), auth.delete_workflow(UUID);

CREATE POLICY plugins_delete_admin ON plugins FOR DELETE TO authenticated
  USING ((select auth.is_admin()));
CREATE POLICY plugin_reviews_delete ON plugin_reviews FOR DELETE TO authenticated
  USING (user_id = (select auth.uid()) OR (select auth.is_admin()));
CREATE POLICY repositories_delete_own ON repositories FOR DELETE TO authenticated
  USING (user_id = (select auth.uid()));
CREATE POLICY workflows_delete_own ON workflows FOR DELETE TO authenticated
  USING (user_id = (select auth.uid()));
GRANT DELETE ON plugin_reviews, repositories, workflows TO authenticated;

REVOKE INSERT (id, license_key, reason, revoked_at) ON revoked_licenses FROM authenticated;
GRANT INSERT ON revoked_licenses TO authenticated;
REVOKE INSERT (
  id, name, display_name, source, version, tier, price, currency, billing_period, author_id, description, features, limitations,
  categories, verified, featured, downloads, rating, requires_plugin, trial_period, created_at, updated_at
), UPDATE (
  id, name, display_name, source, version, tier, price, currency, billing_period, author_id, description, features, limitations,
  categories, verified, featured, downloads, rating, requires_plugin, trial_period, created_at, updated_at
) ON plugins FROM authenticated;
GRANT INSERT, UPDATE, DELETE ON plugins TO authenticated;
