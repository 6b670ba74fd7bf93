"""What may be sent: one strict model per act; an unknown field is refused, never ignored."""
