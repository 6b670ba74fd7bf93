"""Tests, from given/when/then of the domain to the whole running stack."""
