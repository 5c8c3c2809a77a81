-- Shares are agreed on the half-days an activity has when they are written: an agreement on other ones is refused.
CREATE FUNCTION activities.sharing_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE actual integer;
BEGIN
  SELECT half_days INTO actual FROM activities.activity WHERE id = NEW.activity_id;
  IF actual IS DISTINCT FROM NEW.half_days THEN
    RAISE EXCEPTION 'sharing of % half-days for an activity of %', NEW.half_days, actual USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER sharing_fits BEFORE INSERT OR UPDATE OF half_days ON activities.sharing
  FOR EACH ROW EXECUTE FUNCTION activities.sharing_fits();
--> statement-breakpoint
-- At commit, the shares of a sharing make its half-days: not a quarter more or less. No sharing, nothing to check.
CREATE FUNCTION activities.shares_add_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  touched uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.activity_id ELSE NEW.activity_id END;
  agreed integer;
  total integer;
BEGIN
  SELECT half_days INTO agreed FROM activities.sharing WHERE activity_id = touched;
  IF NOT FOUND THEN RETURN NULL; END IF;
  SELECT coalesce(sum(quarters), 0) INTO total FROM activities.share WHERE activity_id = touched;
  IF total <> agreed * 4 THEN
    RAISE EXCEPTION 'shares of % quarters for % half-days', total, agreed USING ERRCODE = 'check_violation', CONSTRAINT = 'shares_add_up';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER shares_add_up AFTER INSERT OR UPDATE OR DELETE ON activities.share
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION activities.shares_add_up();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER sharing_adds_up AFTER INSERT OR UPDATE ON activities.sharing
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION activities.shares_add_up();
--> statement-breakpoint
-- What of an activity is ours, in quarters of half-days. `own`: we organise · `shared`: agreed on · `to-share`: co-organised and nothing
-- agreed on that still holds, all is ours meanwhile · `others`: the organiser counts it.
CREATE VIEW activities.attributed AS
SELECT a.id AS activity_id,
  CASE WHEN a.role = 'organisateur' THEN 'own' WHEN a.role <> 'co-organisateur' THEN 'others'
    WHEN g.half_days = a.half_days THEN 'shared' ELSE 'to-share' END AS state,
  CASE WHEN a.role = 'organisateur' THEN a.half_days * 4 WHEN a.role <> 'co-organisateur' THEN 0
    WHEN g.half_days = a.half_days
      THEN coalesce((SELECT s.quarters FROM activities.share s WHERE s.activity_id = a.id AND s.organisation_id IS NULL), 0)
    ELSE a.half_days * 4 END AS quarters,
  CASE WHEN a.role = 'organisateur' THEN true WHEN a.role <> 'co-organisateur' THEN false
    ELSE g.half_days IS DISTINCT FROM a.half_days OR g.reporter_id IS NULL END AS reported,
  g.common_id
FROM activities.activity a LEFT JOIN activities.sharing g ON g.activity_id = a.id;
