"""Setting the house up: territories, authorities, offices, officials, mandates, tokens, calendars."""
