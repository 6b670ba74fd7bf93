"""The reform of 1/7/2025 with many petitions open: ``python -m tests.rehoming``."""
