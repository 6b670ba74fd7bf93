"""From answers, office tree and law to page models: pure functions, no I/O, no clock."""
