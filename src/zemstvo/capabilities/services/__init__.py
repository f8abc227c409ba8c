"""Services: the catalogue of service packages, data that says what a service asks for and how it runs."""
