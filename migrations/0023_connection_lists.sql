CREATE TABLE "activities"."connection_effect" (
	"import_id" uuid NOT NULL,
	"attendance_id" uuid NOT NULL,
	"before_status" text,
	"before_mode" text,
	"after_status" text NOT NULL,
	"after_mode" text NOT NULL,
	CONSTRAINT "connection_effect_import_id_attendance_id_pk" PRIMARY KEY("import_id","attendance_id")
);
--> statement-breakpoint
CREATE TABLE "activities"."connection_import" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"activity_id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"tool" text NOT NULL,
	"digest" text NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"minimum_minutes" integer,
	"minimum_share" integer,
	"shift" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL,
	"applied_at" timestamp with time zone,
	"forgotten_at" timestamp with time zone,
	CONSTRAINT "connection_minimum_is_sensible" CHECK (coalesce("activities"."connection_import"."minimum_minutes", 0) between 0 and 1440 and coalesce("activities"."connection_import"."minimum_share", 0) between 0 and 100),
	CONSTRAINT "connection_minimum_is_one" CHECK ("activities"."connection_import"."minimum_minutes" is null or "activities"."connection_import"."minimum_share" is null)
);
--> statement-breakpoint
CREATE TABLE "activities"."connection_participant" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"import_id" uuid NOT NULL,
	"key" text NOT NULL,
	"name" text,
	"email" text,
	"role" text NOT NULL,
	"phone" boolean DEFAULT false NOT NULL,
	"heads" integer DEFAULT 1 NOT NULL,
	"joins" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"said_seconds" integer,
	"verdict" text NOT NULL,
	"decision" text,
	"by_hand" boolean DEFAULT false NOT NULL,
	"person_id" uuid,
	CONSTRAINT "connection_participant_once" UNIQUE("import_id","key"),
	CONSTRAINT "connection_person_is_decided" CHECK (("activities"."connection_participant"."decision" is not distinct from 'person') = ("activities"."connection_participant"."person_id" is not null)),
	CONSTRAINT "connection_heads_are_sensible" CHECK ("activities"."connection_participant"."heads" between 1 and 500)
);
--> statement-breakpoint
ALTER TABLE "activities"."activity" ADD COLUMN "unidentified_connected" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "activities"."attendance" ADD COLUMN "connected_minutes" integer;--> statement-breakpoint
ALTER TABLE "activities"."connection_effect" ADD CONSTRAINT "connection_effect_import_id_connection_import_id_fk" FOREIGN KEY ("import_id") REFERENCES "activities"."connection_import"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities"."connection_effect" ADD CONSTRAINT "connection_effect_attendance_id_attendance_id_fk" FOREIGN KEY ("attendance_id") REFERENCES "activities"."attendance"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities"."connection_import" ADD CONSTRAINT "connection_import_activity_id_activity_id_fk" FOREIGN KEY ("activity_id") REFERENCES "activities"."activity"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities"."connection_participant" ADD CONSTRAINT "connection_participant_import_id_connection_import_id_fk" FOREIGN KEY ("import_id") REFERENCES "activities"."connection_import"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities"."connection_participant" ADD CONSTRAINT "connection_participant_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "directory"."person"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "connection_effect_attendance_idx" ON "activities"."connection_effect" USING btree ("attendance_id");--> statement-breakpoint
CREATE INDEX "connection_import_activity_idx" ON "activities"."connection_import" USING btree ("activity_id","created_at");--> statement-breakpoint
CREATE INDEX "connection_import_kept_idx" ON "activities"."connection_import" USING btree ("created_at") WHERE "activities"."connection_import"."forgotten_at" is null;--> statement-breakpoint
CREATE INDEX "connection_participant_key_idx" ON "activities"."connection_participant" USING btree ("key");--> statement-breakpoint
CREATE INDEX "connection_participant_person_idx" ON "activities"."connection_participant" USING btree ("person_id");