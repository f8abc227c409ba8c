"""Cases: one person's matter before one authority, from application to decision."""
