CREATE TABLE "directory"."word" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "directory"."word_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" smallint NOT NULL,
	"word" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE INDEX "word_idx" ON "directory"."word" USING btree ("kind","word");--> statement-breakpoint
CREATE INDEX "word_likeness_idx" ON "directory"."word" USING gin ("word" public.gin_trgm_ops);