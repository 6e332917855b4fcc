-- Signed-in people lock no table (docs/security.md).
--
-- In PostgreSQL 15 UPDATE, DELETE or TRUNCATE of a whole table is also the right to LOCK it in every mode, and INSERT to lock
-- it in ROW EXCLUSIVE mode; rights to columns are not (LockTableAclCheck). authenticated had such rights on plugins,
-- plugin_reviews, repositories, workflows and revoked_licenses: one session could make all others wait for as long as it
-- liked. It inserts and updates columns now, and deletes by functions, which delete the same rows as before.

REVOKE INSERT, UPDATE, DELETE ON plugins FROM authenticated;
GRANT INSERT (
  id, name, display_name, source, version, tier, price, currency, billing_period, author_id, description, features, limitations,
  categories, verified, featured, downloads, rating, requires_plugin, trial_period, created_at, updated_at
), UPDATE (
  id, name, display_name, source, version, tier, price, currency, billing_period, author_id, description, features, limitations,
  categories, verified, featured, downloads, rating, requires_plugin, trial_period, created_at, updated_at
) ON plugins TO authenticated;
REVOKE INSERT ON revoked_licenses FROM authenticated;
GRANT INSERT (id, license_key, reason, revoked_at) ON revoked_licenses TO authenticated;

REVOKE DELETE ON plugin_reviews, repositories, workflows FROM authenticated;
DROP POLICY plugins_delete_admin ON plugins;
DROP POLICY plugin_reviews_delete ON plugin_reviews;
DROP POLICY repositories_delete_own ON repositories;
DROP POLICY workflows_delete_own ON workflows;

-- What the policies allowed, as functions of the owner: whether a row was deleted. Not endpoints; those are below.
CREATE FUNCTION auth.delete_plugin(p_id TEXT) RETURNS BOOLEAN LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  DELETE FROM public.plugins WHERE id = p_id AND auth.is_admin();
  RETURN FOUND;
END;
$$;
CREATE FUNCTION auth.delete_plugin_review(p_id UUID) RETURNS BOOLEAN LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  DELETE FROM public.plugin_reviews WHERE id = p_id AND (user_id = auth.uid() OR auth.is_admin());
  RETURN FOUND;
END;
$$;
CREATE FUNCTION auth.delete_repository(p_id UUID) RETURNS BOOLEAN LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  DELETE FROM public.repositories WHERE id = p_id AND user_id = auth.uid();
  RETURN FOUND;
END;
$$;
CREATE FUNCTION auth.delete_workflow(p_id UUID) RETURNS BOOLEAN LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  DELETE FROM public.workflows WHERE id = p_id AND user_id = auth.uid();
  RETURN FOUND;
END;
$$;

-- The same for everyone who may delete anything: service_role and the owner have the right themselves.
CREATE FUNCTION delete_plugin(p_id TEXT) RETURNS BOOLEAN LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT has_table_privilege('public.plugins', 'DELETE') THEN
    RETURN auth.delete_plugin(p_id);
  END IF;
  DELETE FROM public.plugins WHERE id = p_id;
  RETURN FOUND;
END;
$$;
CREATE FUNCTION delete_plugin_review(p_id UUID) RETURNS BOOLEAN LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT has_table_privilege('public.plugin_reviews', 'DELETE') THEN
    RETURN auth.delete_plugin_review(p_id);
  END IF;
  DELETE FROM public.plugin_reviews WHERE id = p_id;
  RETURN FOUND;
END;
$$;
CREATE FUNCTION delete_repository(p_id UUID) RETURNS BOOLEAN LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT has_table_privilege('public.repositories', 'DELETE') THEN
    RETURN auth.delete_repository(p_id);
  END IF;
  DELETE FROM public.repositories WHERE id = p_id;
  RETURN FOUND;
END;
$$;
CREATE FUNCTION delete_workflow(p_id UUID) RETURNS BOOLEAN LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT has_table_privilege('public.workflows', 'DELETE') THEN
    RETURN auth.delete_workflow(p_id);
  END IF;
  DELETE FROM public.workflows WHERE id = p_id;
  RETURN FOUND;
END;
$$;

REVOKE EXECUTE ON FUNCTION
  auth.delete_plugin(TEXT), auth.delete_plugin_review(UUID), auth.delete_repository(UUID), auth.delete_workflow(UUID),
  delete_plugin(TEXT), delete_plugin_review(UUID), delete_repository(UUID), delete_workflow(UUID)
  FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
  auth.delete_plugin(TEXT), auth.delete_plugin_review(UUID), auth.delete_repository(UUID), auth.delete_workflow(UUID)
  TO authenticated;
GRANT EXECUTE ON FUNCTION
  delete_plugin(TEXT), delete_plugin_review(UUID), delete_repository(UUID), delete_workflow(UUID)
  TO authenticated, service_role;
