"""What the commands of the command line do; `zemstvo.site.cli` holds their manual pages."""
