-- Kafka takes no record above 1 MiB, and one that it refuses would end every relay for ever.
-- The casework refuses facts above 256 KiB; this is the wall behind it, for whoever else writes.
ALTER TABLE store.stored_events
    ADD CONSTRAINT fits_a_record CHECK (octet_length(state) <= 786432) NOT VALID;
