CREATE TABLE "activities"."check_in_gesture" (
	"key" uuid PRIMARY KEY NOT NULL,
	"activity_id" uuid NOT NULL,
	"attendance_id" uuid,
	"outcome" text NOT NULL,
	"before_status" text,
	"before_mode" text,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "activities"."check_in_link" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"activity_id" uuid NOT NULL,
	"label" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "platform"."mail" ADD COLUMN "qr" text;--> statement-breakpoint
ALTER TABLE "activities"."check_in_gesture" ADD CONSTRAINT "check_in_gesture_activity_id_activity_id_fk" FOREIGN KEY ("activity_id") REFERENCES "activities"."activity"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities"."check_in_gesture" ADD CONSTRAINT "check_in_gesture_attendance_id_attendance_id_fk" FOREIGN KEY ("attendance_id") REFERENCES "activities"."attendance"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities"."check_in_link" ADD CONSTRAINT "check_in_link_activity_id_activity_id_fk" FOREIGN KEY ("activity_id") REFERENCES "activities"."activity"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "check_in_gesture_activity_idx" ON "activities"."check_in_gesture" USING btree ("activity_id");--> statement-breakpoint
CREATE INDEX "check_in_gesture_attendance_idx" ON "activities"."check_in_gesture" USING btree ("attendance_id","at");--> statement-breakpoint
CREATE INDEX "check_in_gesture_at_idx" ON "activities"."check_in_gesture" USING btree ("at");--> statement-breakpoint
CREATE INDEX "check_in_link_activity_idx" ON "activities"."check_in_link" USING btree ("activity_id","created_at");