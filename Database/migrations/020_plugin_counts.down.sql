-- Back to counting in the plugins' rows. What was counted is added first.

LOCK TABLE plugins IN SHARE ROW EXCLUSIVE MODE;
SELECT fold_plugin_counts();

-- Counts one download of a plugin.
CREATE OR REPLACE FUNCTION increment_downloads(p_plugin_id TEXT) RETURNS VOID
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE public.plugins SET downloads = downloads + 1 WHERE id = p_plugin_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'unknown plugin "%"', p_plugin_id USING ERRCODE = 'no_data_found';
  END IF;
END;
$$;

-- Keeps plugins.rating at the mean of the plugin's reviews, 0 without any. It runs as the owner, since whoever reviews a
-- plugin may not change it. The plugins are locked in one order before their reviews are read, so that of two reviews
-- written at once the later one's mean counts both.
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

  PERFORM FROM public.plugins WHERE id = ANY (v_plugins) ORDER BY id FOR NO KEY UPDATE;

  UPDATE public.plugins
  SET rating = reviewed.mean
  FROM (
    SELECT plugin.id, coalesce(avg(review.rating), 0)::NUMERIC(3, 2) AS mean
    FROM unnest(v_plugins) AS plugin (id)
    LEFT JOIN public.plugin_reviews AS review ON review.plugin_id = plugin.id
    GROUP BY plugin.id
  ) AS reviewed
  WHERE plugins.id = reviewed.id AND plugins.rating <> reviewed.mean;
  RETURN NULL;
END;
$$;

DROP FUNCTION fold_plugin_counts(TEXT[]);
DROP TABLE counting.folds;
DROP TABLE counting.plugin_changes;
DROP SCHEMA counting;
