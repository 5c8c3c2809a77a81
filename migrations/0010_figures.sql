-- A year's presences are read from this index alone: who was there, with the profile and the département of that day.
CREATE INDEX attendance_present_idx ON activities.attendance (activity_id)
  INCLUDE (person_id, profile_id, departement_id, mode, arrival, id) WHERE status = 'present';
--> statement-breakpoint
-- The few people who were merged, for statements that count identities: far quicker to join than every person's card.
CREATE VIEW directory.person_merge AS
SELECT id, merged_into_id AS identity_id FROM directory.person WHERE merged_into_id IS NOT NULL;
