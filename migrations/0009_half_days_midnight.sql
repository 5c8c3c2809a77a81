-- A session that ends at midnight belongs to the day that ends, not to the one that begins: 18:00–00:00 is 2 half-days, not 4.
CREATE OR REPLACE FUNCTION activities.session_half_days(starts_at timestamptz, ends_at timestamptz) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT CASE WHEN ends_at - starts_at <= interval '4 hours' THEN 1
  ELSE 2 + 2 * (((ends_at - interval '1 microsecond') AT TIME ZONE 'Europe/Paris')::date - (starts_at AT TIME ZONE 'Europe/Paris')::date) END $$;
--> statement-breakpoint
-- A session handed to another activity changes both.
CREATE OR REPLACE FUNCTION activities.sessions_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE activities.activity a SET (starts_at, ends_at, computed_half_days) = (
    SELECT min(s.starts_at), max(s.ends_at), coalesce(sum(activities.session_half_days(s.starts_at, s.ends_at)), 0)
    FROM activities.session s WHERE s.activity_id = a.id
  ) WHERE a.id IN (OLD.activity_id, NEW.activity_id);
  RETURN NULL;
END $$;
