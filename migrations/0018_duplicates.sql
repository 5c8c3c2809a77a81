CREATE TABLE "directory"."distinct_pair" (
	"entity" text NOT NULL,
	"one_id" uuid NOT NULL,
	"other_id" uuid NOT NULL,
	"decided_by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "distinct_pair_entity_one_id_other_id_pk" PRIMARY KEY("entity","one_id","other_id")
);
--> statement-breakpoint
CREATE TABLE "directory"."duplicate_pair" (
	"entity" text NOT NULL,
	"one_id" uuid NOT NULL,
	"other_id" uuid NOT NULL,
	"score" smallint NOT NULL,
	"reasons" text[] NOT NULL,
	CONSTRAINT "duplicate_pair_entity_one_id_other_id_pk" PRIMARY KEY("entity","one_id","other_id")
);
--> statement-breakpoint
CREATE TABLE "directory"."duplicate_search" (
	"entity" text PRIMARY KEY NOT NULL,
	"progress_id" uuid,
	"asked_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "directory"."merge" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"entity" text NOT NULL,
	"kept_id" uuid NOT NULL,
	"dropped_id" uuid NOT NULL,
	"follower_ids" uuid[] NOT NULL,
	"kept_fields" jsonb NOT NULL,
	"dropped_fields" jsonb NOT NULL,
	"by_label" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"undone_at" timestamp with time zone,
	"undone_by_label" text
);
--> statement-breakpoint
CREATE INDEX "distinct_pair_other_idx" ON "directory"."distinct_pair" USING btree ("entity","other_id");--> statement-breakpoint
CREATE INDEX "duplicate_pair_score_idx" ON "directory"."duplicate_pair" USING btree ("entity","score");--> statement-breakpoint
CREATE INDEX "merge_kept_idx" ON "directory"."merge" USING btree ("kept_id","at");--> statement-breakpoint
CREATE INDEX "merge_dropped_idx" ON "directory"."merge" USING btree ("dropped_id");