CREATE TABLE "platform"."schedule" (
	"name" text PRIMARY KEY NOT NULL,
	"last_at" timestamp with time zone NOT NULL
);
