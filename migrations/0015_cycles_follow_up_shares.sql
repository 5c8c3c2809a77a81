CREATE TABLE "activities"."series_profile" (
	"series_id" uuid NOT NULL,
	"profile_id" text NOT NULL,
	CONSTRAINT "series_profile_series_id_profile_id_pk" PRIMARY KEY("series_id","profile_id")
);
--> statement-breakpoint
CREATE TABLE "activities"."follow_up_send" (
	"follow_up_id" uuid NOT NULL,
	"attendance_id" uuid NOT NULL,
	"mail_id" uuid,
	"written_at" timestamp with time zone,
	CONSTRAINT "follow_up_send_follow_up_id_attendance_id_pk" PRIMARY KEY("follow_up_id","attendance_id")
);
--> statement-breakpoint
CREATE TABLE "activities"."follow_up" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"activity_id" uuid NOT NULL,
	"audience" text NOT NULL,
	"status" text DEFAULT 'draft' NOT NULL,
	"subject" text NOT NULL,
	"body" text NOT NULL,
	"document_ids" uuid[] NOT NULL,
	"document_months" integer DEFAULT 6 NOT NULL,
	"reply_to" text,
	"left_out" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"progress_id" uuid,
	"updated_at" timestamp with time zone NOT NULL,
	"updated_by" text NOT NULL,
	"sent_at" timestamp with time zone,
	"sent_by" text,
	CONSTRAINT "follow_up_links_last" CHECK ("activities"."follow_up"."document_months" between 1 and 24)
);
--> statement-breakpoint
CREATE TABLE "activities"."share" (
	"activity_id" uuid NOT NULL,
	"organisation_id" uuid,
	"quarters" integer NOT NULL,
	CONSTRAINT "share_organisation_once" UNIQUE NULLS NOT DISTINCT("activity_id","organisation_id"),
	CONSTRAINT "share_is_sensible" CHECK ("activities"."share"."quarters" between 0 and 4000)
);
--> statement-breakpoint
CREATE TABLE "activities"."sharing" (
	"activity_id" uuid PRIMARY KEY NOT NULL,
	"half_days" integer NOT NULL,
	"common_id" text,
	"reporter_id" uuid,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "platform"."mail" ADD COLUMN "reply_to" text;--> statement-breakpoint
ALTER TABLE "activities"."activity" ADD COLUMN "onsite_note" text;--> statement-breakpoint
ALTER TABLE "activities"."activity" ADD COLUMN "remote_note" text;--> statement-breakpoint
ALTER TABLE "activities"."activity" ADD COLUMN "remote_test_link" text;--> statement-breakpoint
ALTER TABLE "activities"."attendance" ADD COLUMN "link_sent_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "activities"."attendance" ADD COLUMN "follow_up_refused_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "activities"."series" ADD COLUMN "kind" text DEFAULT 'suite' NOT NULL;--> statement-breakpoint
ALTER TABLE "activities"."series" ADD COLUMN "objectives" text;--> statement-breakpoint
ALTER TABLE "activities"."series" ADD COLUMN "audience" text;--> statement-breakpoint
ALTER TABLE "activities"."series" ADD COLUMN "required_share" integer;--> statement-breakpoint
ALTER TABLE "activities"."series" ADD COLUMN "planned_minutes" integer;--> statement-breakpoint
ALTER TABLE "activities"."series" ADD COLUMN "visibility" text DEFAULT 'internal' NOT NULL;--> statement-breakpoint
ALTER TABLE "activities"."series_profile" ADD CONSTRAINT "series_profile_series_id_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "activities"."series"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities"."series_profile" ADD CONSTRAINT "series_profile_profile_id_term_id_fk" FOREIGN KEY ("profile_id") REFERENCES "platform"."term"("id") ON DELETE restrict ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "activities"."follow_up_send" ADD CONSTRAINT "follow_up_send_follow_up_id_follow_up_id_fk" FOREIGN KEY ("follow_up_id") REFERENCES "activities"."follow_up"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities"."follow_up_send" ADD CONSTRAINT "follow_up_send_attendance_id_attendance_id_fk" FOREIGN KEY ("attendance_id") REFERENCES "activities"."attendance"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities"."follow_up" ADD CONSTRAINT "follow_up_activity_id_activity_id_fk" FOREIGN KEY ("activity_id") REFERENCES "activities"."activity"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities"."share" ADD CONSTRAINT "share_activity_id_sharing_activity_id_fk" FOREIGN KEY ("activity_id") REFERENCES "activities"."sharing"("activity_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities"."share" ADD CONSTRAINT "share_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "directory"."organisation"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities"."sharing" ADD CONSTRAINT "sharing_activity_id_activity_id_fk" FOREIGN KEY ("activity_id") REFERENCES "activities"."activity"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities"."sharing" ADD CONSTRAINT "sharing_reporter_id_organisation_id_fk" FOREIGN KEY ("reporter_id") REFERENCES "directory"."organisation"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "series_profile_idx" ON "activities"."series_profile" USING btree ("profile_id");--> statement-breakpoint
CREATE INDEX "follow_up_send_attendance_idx" ON "activities"."follow_up_send" USING btree ("attendance_id");--> statement-breakpoint
CREATE INDEX "follow_up_activity_idx" ON "activities"."follow_up" USING btree ("activity_id","updated_at");--> statement-breakpoint
CREATE UNIQUE INDEX "follow_up_one_draft_idx" ON "activities"."follow_up" USING btree ("activity_id","audience") WHERE "activities"."follow_up"."status" = 'draft';--> statement-breakpoint
CREATE INDEX "share_organisation_idx" ON "activities"."share" USING btree ("organisation_id");--> statement-breakpoint
CREATE INDEX "sharing_reporter_idx" ON "activities"."sharing" USING btree ("reporter_id");--> statement-breakpoint
ALTER TABLE "activities"."series" ADD CONSTRAINT "series_required_share_is_a_percentage" CHECK ("activities"."series"."required_share" between 1 and 100);--> statement-breakpoint
ALTER TABLE "activities"."series" ADD CONSTRAINT "series_planned_time_is_sensible" CHECK ("activities"."series"."planned_minutes" between 1 and 60000);