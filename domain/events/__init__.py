"""Facts: everything that projections, auditors and other systems may see."""
