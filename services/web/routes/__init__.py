"""The pages: one module per subject, each a translation from a request to a page model."""
