-- What the settlement clock of a case goes by: instance, area, grounds, extensions, suspensions.
ALTER TABLE views.cases
    ADD COLUMN instance text NOT NULL DEFAULT 'first',
    ADD COLUMN remote boolean NOT NULL DEFAULT false,
    ADD COLUMN grounds text[] NOT NULL DEFAULT '{}',
    ADD COLUMN extended text[] NOT NULL DEFAULT '{}',
    ADD COLUMN suspended text[] NOT NULL DEFAULT '{}',
    ADD COLUMN continued text[] NOT NULL DEFAULT '{}';
