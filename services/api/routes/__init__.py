"""One module a noun; each route declares what it refuses."""
