"""The whole system on one machine: what ``tiepdan up`` starts, keeps and stops (bộ máy cục bộ)."""
