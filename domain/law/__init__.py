"""Law as dated data: rulebook, working calendar, deadlines that explain themselves."""
