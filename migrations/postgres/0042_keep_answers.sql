-- What a POST with an Idempotency-Key was answered, for the same POST again. `rights` is a hash of what its sender might do
-- then: whoever may something else by now is not shown it again. Empty where a service keeps the key by itself.
ALTER TABLE idempotency_keys ADD COLUMN rights bytea;
ALTER TABLE idempotency_keys ADD COLUMN answer_status bigint;
ALTER TABLE idempotency_keys ADD COLUMN answer_etag text;
ALTER TABLE idempotency_keys ADD COLUMN answer_location text;
ALTER TABLE idempotency_keys ADD COLUMN answer text;
