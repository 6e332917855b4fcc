-- Counting that waits for nobody.
--
-- * A download was an UPDATE of the plugin's wide row: an entry in each of its fourteen indexes, one after the other for all who
--   download the same plugin (719 a second). It is a row in a narrow table now, and is added to plugins.downloads a moment
--   later, many in one UPDATE (3,900 a second).
-- * A review locked the plugin's row until its transaction ended, and everybody else's review and download waited. It notes
--   that the rating is out of date; the rating is brought up to date at once unless somebody else is at the row.
--
-- Who counts also folds: a review its own plugin, a download all plugins if that was not done within the last second. What
-- is left when nobody comes any more, fold_plugin_counts() folds; `miyabi up` and every outbox relay call it.

CREATE SCHEMA counting;
GRANT USAGE ON SCHEMA counting TO service_role;

-- Downloads that are not in plugins yet, and reviews that its rating does not know of. No foreign key: it would lock the row
-- that is not to be waited for.
CREATE TABLE counting.plugin_changes (
  plugin_id TEXT NOT NULL,
  id BIGINT GENERATED ALWAYS AS IDENTITY,
  downloads BIGINT NOT NULL,
  is_reviewed BOOLEAN NOT NULL,
  PRIMARY KEY (plugin_id, id)
);
ALTER TABLE counting.plugin_changes ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, DELETE ON counting.plugin_changes TO service_role;
CREATE POLICY plugin_changes_service ON counting.plugin_changes TO service_role USING (true) WITH CHECK (true);

-- When all plugins were folded last: one row.
CREATE TABLE counting.folds (
  is_only BOOLEAN PRIMARY KEY DEFAULT true CHECK (is_only),
  folded_at TIMESTAMPTZ NOT NULL
);
INSERT INTO counting.folds (folded_at) VALUES ('-infinity');
ALTER TABLE counting.folds ENABLE ROW LEVEL SECURITY;
GRANT SELECT, UPDATE (folded_at) ON counting.folds TO service_role;
CREATE POLICY folds_service ON counting.folds TO service_role USING (true) WITH CHECK (true);

-- Brings plugins.downloads and plugins.rating up to date; of these plugins, or of all. Returns how many plugins it looked
-- at. A plugin whose row somebody else has locked is left for the next time.
CREATE FUNCTION fold_plugin_counts(p_plugin_ids TEXT[] DEFAULT NULL) RETURNS BIGINT
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_ids TEXT[] := coalesce(p_plugin_ids, ARRAY(SELECT DISTINCT plugin_id FROM counting.plugin_changes));
BEGIN
  v_ids := ARRAY(SELECT id FROM public.plugins WHERE id = ANY (v_ids) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED);
  -- Another statement: it sees everything that was noted when the rows were locked, and the reviews that were noted with it.
  WITH folded AS (
    DELETE FROM counting.plugin_changes WHERE plugin_id = ANY (v_ids) RETURNING plugin_id, downloads, is_reviewed
  ), total AS (
    SELECT plugin_id, sum(downloads)::bigint AS downloads, bool_or(is_reviewed) AS is_reviewed FROM folded GROUP BY plugin_id
  ), count AS (
    SELECT plugin_id, downloads, is_reviewed, (
      SELECT coalesce(avg(review.rating), 0)::NUMERIC(3, 2) FROM public.plugin_reviews AS review
      WHERE is_reviewed AND review.plugin_id = total.plugin_id
    ) AS rating
    FROM total
  )
  UPDATE public.plugins AS plugin
  SET downloads = plugin.downloads + count.downloads,
    rating = CASE WHEN is_reviewed THEN count.rating ELSE plugin.rating END
  FROM count
  WHERE plugin.id = count.plugin_id
    AND (count.downloads <> 0 OR is_reviewed AND plugin.rating <> count.rating);

  IF p_plugin_ids IS NULL THEN
    DELETE FROM counting.plugin_changes AS change
    WHERE NOT EXISTS (SELECT FROM public.plugins WHERE plugins.id = change.plugin_id);
  END IF;
  RETURN cardinality(v_ids);
END;
$$;

-- Counts one download of a plugin; plugins.downloads has it within about a second.
CREATE OR REPLACE FUNCTION increment_downloads(p_plugin_id TEXT) RETURNS VOID
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM public.plugins WHERE id = p_plugin_id) THEN
    RAISE EXCEPTION 'unknown plugin "%"', p_plugin_id USING ERRCODE = 'no_data_found';
  END IF;
  INSERT INTO counting.plugin_changes (plugin_id, downloads, is_reviewed) VALUES (p_plugin_id, 1, false);

  -- A transaction of one snapshot would fail where somebody else has folded meanwhile.
  IF current_setting('transaction_isolation') = 'read committed' THEN
    PERFORM FROM counting.folds WHERE folded_at < clock_timestamp() - interval '1 second' FOR NO KEY UPDATE SKIP LOCKED;
    IF FOUND THEN
      PERFORM public.fold_plugin_counts();
      UPDATE counting.folds SET folded_at = clock_timestamp();
    END IF;
  END IF;
END;
$$;

-- Keeps plugins.rating at the mean of the plugin's reviews, 0 without any. It runs as the owner, since whoever reviews a
-- plugin may not change it.
CREATE OR REPLACE FUNCTION update_plugin_rating() RETURNS TRIGGER
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_plugins TEXT[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    v_plugins := ARRAY(SELECT DISTINCT plugin_id FROM after_rows);
  ELSIF TG_OP = 'DELETE' THEN
    v_plugins := ARRAY(SELECT DISTINCT plugin_id FROM before_rows);
  ELSE
    v_plugins := ARRAY(SELECT plugin_id FROM before_rows UNION SELECT plugin_id FROM after_rows);
  END IF;
  INSERT INTO counting.plugin_changes (plugin_id, downloads, is_reviewed) SELECT id, 0, true FROM unnest(v_plugins) AS id;
  IF current_setting('transaction_isolation') = 'read committed' THEN
    PERFORM public.fold_plugin_counts(v_plugins);
  END IF;
  RETURN NULL;
END;
$$;

REVOKE EXECUTE ON FUNCTION fold_plugin_counts(TEXT[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION fold_plugin_counts(TEXT[]) TO service_role;
