"""The pages: drawing of the map, every sample in a real browser, live behaviour."""
