"""The API: what machines see."""
