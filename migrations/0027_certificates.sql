CREATE TABLE "activities"."certificate" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"code" text NOT NULL,
	"kind" text NOT NULL,
	"activity_id" uuid,
	"series_id" uuid,
	"person_id" uuid NOT NULL,
	"attendance_ids" uuid[] NOT NULL,
	"holder" text NOT NULL,
	"facts" jsonb NOT NULL,
	"minutes" integer NOT NULL,
	"issued_at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"revoked_for" text,
	"replaced_by_id" uuid,
	CONSTRAINT "certificate_code_unique" UNIQUE("code"),
	CONSTRAINT "certificate_has_one_subject" CHECK (case "activities"."certificate"."kind" when 'activity' then "activities"."certificate"."activity_id" is not null and "activities"."certificate"."series_id" is null
        else "activities"."certificate"."series_id" is not null and "activities"."certificate"."activity_id" is null end),
	CONSTRAINT "certificate_revoked_for_a_reason" CHECK (("activities"."certificate"."revoked_at" is null) = ("activities"."certificate"."revoked_for" is null)),
	CONSTRAINT "certificate_time_is_sensible" CHECK ("activities"."certificate"."minutes" between 0 and 1000000)
);
--> statement-breakpoint
ALTER TABLE "activities"."certificate" ADD CONSTRAINT "certificate_activity_id_activity_id_fk" FOREIGN KEY ("activity_id") REFERENCES "activities"."activity"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities"."certificate" ADD CONSTRAINT "certificate_series_id_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "activities"."series"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities"."certificate" ADD CONSTRAINT "certificate_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "directory"."person"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "certificate_activity_once" ON "activities"."certificate" USING btree ("activity_id","person_id") WHERE "activities"."certificate"."revoked_at" is null and "activities"."certificate"."kind" = 'activity';--> statement-breakpoint
CREATE UNIQUE INDEX "certificate_series_once" ON "activities"."certificate" USING btree ("series_id","person_id") WHERE "activities"."certificate"."revoked_at" is null and "activities"."certificate"."kind" = 'series';--> statement-breakpoint
CREATE INDEX "certificate_attendance_idx" ON "activities"."certificate" USING gin ("attendance_ids");--> statement-breakpoint
CREATE INDEX "certificate_person_idx" ON "activities"."certificate" USING btree ("person_id");--> statement-breakpoint
-- A presence unsaid takes its certificates back in the same transaction, whoever unsays it; said again, they are good again.
CREATE FUNCTION activities.certificates_follow_attendance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF tg_op = 'UPDATE' AND new.status = 'present' THEN
    UPDATE activities.certificate SET revoked_at = NULL, revoked_for = NULL WHERE id IN (
      SELECT DISTINCT ON (c.kind, c.activity_id, c.series_id, c.person_id) c.id FROM activities.certificate c
      WHERE c.attendance_ids @> ARRAY[new.id] AND c.revoked_for = 'attendance'
        AND NOT EXISTS (SELECT FROM unnest(c.attendance_ids) AS r(id) LEFT JOIN activities.attendance n ON n.id = r.id
          WHERE n.status IS DISTINCT FROM 'present')
        AND NOT EXISTS (SELECT FROM activities.certificate o WHERE o.revoked_at IS NULL AND o.kind = c.kind AND o.person_id = c.person_id
          AND o.activity_id IS NOT DISTINCT FROM c.activity_id AND o.series_id IS NOT DISTINCT FROM c.series_id)
      ORDER BY c.kind, c.activity_id, c.series_id, c.person_id, c.issued_at DESC);
  ELSE
    UPDATE activities.certificate SET revoked_for = 'attendance',
      revoked_at = CASE WHEN tg_op = 'UPDATE' THEN new.status_at ELSE now() END
    WHERE attendance_ids @> ARRAY[old.id] AND revoked_at IS NULL;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER certificates_follow_status AFTER UPDATE OF status ON activities.attendance FOR EACH ROW
  WHEN (old.status IS DISTINCT FROM new.status AND 'present' IN (old.status, new.status))
  EXECUTE FUNCTION activities.certificates_follow_attendance();
--> statement-breakpoint
CREATE TRIGGER certificates_follow_removal AFTER DELETE ON activities.attendance FOR EACH ROW
  WHEN (old.status = 'present') EXECUTE FUNCTION activities.certificates_follow_attendance();
--> statement-breakpoint
-- A corrected name takes back the papers that carry the former one; a job then gives their next version.
CREATE FUNCTION activities.certificates_follow_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  WITH gone AS (
    UPDATE activities.certificate SET revoked_at = new.updated_at, revoked_for = 'renamed'
    WHERE person_id = new.id AND revoked_at IS NULL RETURNING id
  )
  INSERT INTO platform.outbox (kind, name, payload, at)
  SELECT 'job', 'activities.renew-certificate', jsonb_build_object('certificateId', id), new.updated_at FROM gone;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER certificates_follow_name AFTER UPDATE OF given_name, family_name ON directory.person FOR EACH ROW
  WHEN (old.given_name IS DISTINCT FROM new.given_name OR old.family_name IS DISTINCT FROM new.family_name)
  EXECUTE FUNCTION activities.certificates_follow_name();
