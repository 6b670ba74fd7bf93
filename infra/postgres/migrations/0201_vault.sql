-- The vault: texts and identities that no event may hold. Its role sees nothing else, and
-- no other role sees it.

CREATE SCHEMA vault;

-- A subject's own key, wrapped by a master key that is not in this database. Class 3
-- (sealed) has a key of its own. Deleting the row shreds every text under it.
CREATE TABLE vault.data_keys (
    subject uuid NOT NULL,
    sealed boolean NOT NULL,
    key_id text NOT NULL,
    wrapped bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (subject, sealed)
);

-- A text: ciphertext of salt and text, bound to subject, field, format and entry.
CREATE TABLE vault.entries (
    entry uuid PRIMARY KEY,
    subject uuid NOT NULL,
    field text NOT NULL,
    version smallint NOT NULL,
    sealed boolean NOT NULL,
    ciphertext bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    FOREIGN KEY (subject, sealed) REFERENCES vault.data_keys ON DELETE CASCADE
);
CREATE INDEX entries_subject ON vault.entries (subject, sealed);

-- Entries that nobody has yet found named by an event, oldest first: what a sweep looks at.
CREATE TABLE vault.unconfirmed (
    entry uuid PRIMARY KEY REFERENCES vault.entries ON DELETE CASCADE,
    subject uuid NOT NULL,
    since timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX unconfirmed_since ON vault.unconfirmed (since);

GRANT USAGE ON SCHEMA vault TO tiepdan_vault;
GRANT SELECT, INSERT, DELETE ON vault.data_keys, vault.entries, vault.unconfirmed TO tiepdan_vault;
