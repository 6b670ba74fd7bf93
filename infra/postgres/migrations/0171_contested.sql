-- What the complaint of a case is about: discipline has limits of its own.
ALTER TABLE views.cases ADD COLUMN contested text NOT NULL DEFAULT 'act_or_decision';
