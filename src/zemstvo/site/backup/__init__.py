"""Backup and restore: everything of an installation in two files, and back.

`archive` is the form of the files, `dumps` copies one database, `taking` makes a backup, `restoring` brings
it back. docs/operations/backup.md says what is in which file, and why there are two.
"""
