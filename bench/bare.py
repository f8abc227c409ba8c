"""The reference of the intake bench: no middleware, no framework, one durable INSERT of the same bytes."""

import os
import sqlite3
import threading

import psycopg

here = threading.local()
url = os.environ["BARE_DATABASE"]
mark = "%s" if url.startswith("postgres") else "?"


def connection():
    if not hasattr(here, "db") and url.startswith("postgres"):
        here.db = psycopg.connect(url, autocommit=True)
    elif not hasattr(here, "db"):
        here.db = sqlite3.connect(url, isolation_level=None, timeout=30)
        here.db.execute("PRAGMA synchronous=FULL")
    return here.db


def application(environ, start_response):
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    connection().execute(f"INSERT INTO bare (body) VALUES ({mark})", (body,))
    answer = b'{"stored": true}'
    start_response("201 Created", [("Content-Length", str(len(answer)))])
    return [answer]
