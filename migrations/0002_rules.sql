-- Rate limits may be lost in a crash: no write-ahead log for them.
ALTER TABLE platform.rate_limit SET UNLOGGED;
--> statement-breakpoint
ALTER TABLE platform.term ADD CONSTRAINT term_parent_fk FOREIGN KEY (parent_id) REFERENCES platform.term(id) ON UPDATE CASCADE;
--> statement-breakpoint
-- The relay wakes as soon as a transaction that wrote an event or a job commits.
CREATE FUNCTION platform.outbox_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('outbox', '');
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER outbox_written AFTER INSERT ON platform.outbox FOR EACH STATEMENT EXECUTE FUNCTION platform.outbox_written();
--> statement-breakpoint
-- Half-days of one session: 1 up to 4 hours, 2 beyond, 2 per further day. Days are those of Europe/Paris.
CREATE FUNCTION activities.session_half_days(starts_at timestamptz, ends_at timestamptz) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT CASE WHEN ends_at - starts_at <= interval '4 hours' THEN 1
  ELSE 2 + 2 * ((ends_at AT TIME ZONE 'Europe/Paris')::date - (starts_at AT TIME ZONE 'Europe/Paris')::date) END $$;
--> statement-breakpoint
-- An activity knows its span and its half-days from its sessions, whoever writes them.
CREATE FUNCTION activities.sessions_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE changed uuid := coalesce(NEW.activity_id, OLD.activity_id);
BEGIN
  UPDATE activities.activity SET (starts_at, ends_at, computed_half_days) = (
    SELECT min(s.starts_at), max(s.ends_at), coalesce(sum(activities.session_half_days(s.starts_at, s.ends_at)), 0)
    FROM activities.session s WHERE s.activity_id = changed
  ) WHERE id = changed;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER sessions_changed AFTER INSERT OR UPDATE OR DELETE ON activities.session FOR EACH ROW EXECUTE FUNCTION activities.sessions_changed();
--> statement-breakpoint
-- The faces other features join: a person, an organisation, a territory.
CREATE VIEW directory.person_card AS
SELECT id, coalesce(merged_into_id, id) AS identity_id, given_name, family_name,
  trim(given_name || ' ' || family_name) AS full_name, email, phone, departement_id, search
FROM directory.person;
--> statement-breakpoint
CREATE VIEW directory.organisation_card AS
SELECT id, name, acronym, kind_id, territory_id, departement_id, search FROM directory.organisation;
--> statement-breakpoint
CREATE VIEW territory.territory_card AS
SELECT id, kind, code, name, departement_code FROM territory.territory;
