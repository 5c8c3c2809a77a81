CREATE SCHEMA "privacy";
--> statement-breakpoint
CREATE TABLE "platform"."purpose" (
	"id" text PRIMARY KEY NOT NULL,
	"position" integer NOT NULL,
	"title" text NOT NULL,
	"why" text NOT NULL,
	"what" text NOT NULL,
	"basis" text NOT NULL,
	"people" text NOT NULL,
	"recipients" text NOT NULL,
	"measures" text NOT NULL,
	"transfers" text NOT NULL,
	"duration" integer,
	"duration_unit" text,
	"starts" text DEFAULT 'none' NOT NULL,
	"how_long" text DEFAULT '' NOT NULL,
	"counts" text[] DEFAULT '{}' NOT NULL,
	"notice" text DEFAULT '' NOT NULL,
	"forms" text[] DEFAULT '{}' NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "purpose_duration_is_whole" CHECK (("platform"."purpose"."starts" = 'none') = ("platform"."purpose"."duration" is null) and ("platform"."purpose"."duration" is null) = ("platform"."purpose"."duration_unit" is null)
        and coalesce("platform"."purpose"."duration", 1) between 1 and 1200)
);
--> statement-breakpoint
CREATE TABLE "privacy"."erasure" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor_label" text NOT NULL,
	"rule" text NOT NULL,
	"marks" text[] NOT NULL
);
--> statement-breakpoint
CREATE TABLE "privacy"."keep" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"reason" text NOT NULL,
	"until" date NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor_label" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "privacy"."request" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" uuid,
	"kind" text NOT NULL,
	"message" text,
	"source" text NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"due_on" date NOT NULL,
	"extended_reason" text,
	"state" text DEFAULT 'open' NOT NULL,
	"answer" text,
	"closed_at" timestamp with time zone,
	"closed_by_label" text,
	CONSTRAINT "request_closed_is_dated" CHECK (("privacy"."request"."state" = 'open') = ("privacy"."request"."closed_at" is null))
);
--> statement-breakpoint
ALTER TABLE "directory"."person" ADD COLUMN "erased_year" smallint;--> statement-breakpoint
ALTER TABLE "privacy"."keep" ADD CONSTRAINT "keep_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "directory"."person"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "privacy"."request" ADD CONSTRAINT "request_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "directory"."person"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "erasure_at_idx" ON "privacy"."erasure" USING btree ("at");--> statement-breakpoint
CREATE INDEX "request_due_idx" ON "privacy"."request" USING btree ("state","due_on");--> statement-breakpoint
CREATE INDEX "request_person_idx" ON "privacy"."request" USING btree ("person_id");