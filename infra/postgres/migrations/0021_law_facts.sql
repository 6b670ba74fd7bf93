-- The calendar and the rulebooks are followed like the directory: by their few facts alone.
-- No signal goes with them: they come some times a year, and a follower looks twice a second.
CREATE INDEX stored_events_law ON store.stored_events (notification_id)
    WHERE topic LIKE 'calendar.%' OR topic LIKE 'rulebook.%';
