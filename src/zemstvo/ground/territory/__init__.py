"""Territory: places, their levels, the authorities that act for them, and working calendars."""
