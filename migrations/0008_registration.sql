ALTER TABLE "activities"."activity" ADD COLUMN "ask_photos" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "activities"."attendance" ADD COLUMN "form_id" uuid;--> statement-breakpoint
ALTER TABLE "activities"."attendance" ADD COLUMN "told_sequence" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "activity_coming_idx" ON "activities"."activity" USING btree ("ends_at") WHERE "activities"."activity"."status" <> 'draft' and "activities"."activity"."visibility" = 'public';--> statement-breakpoint
CREATE INDEX "session_starts_idx" ON "activities"."session" USING btree ("starts_at");