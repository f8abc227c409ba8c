"""The site: settings, addresses, the web application and the command line."""
