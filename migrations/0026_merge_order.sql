DROP INDEX "directory"."merge_kept_idx";--> statement-breakpoint
ALTER TABLE "directory"."merge" ADD COLUMN "number" bigint NOT NULL GENERATED ALWAYS AS IDENTITY (sequence name "directory"."merge_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1);--> statement-breakpoint
CREATE INDEX "merge_kept_idx" ON "directory"."merge" USING btree ("kept_id","number");