"""The API: what machines see. OpenAPI 3.1 under /api/v1/openapi.json, versioned in the address.

A machine shows a *token* (`Authorization: Bearer zemstvo_…`) with scopes; who it is and what it may do is
asked of the table in each transaction. Applications carry an `Idempotency-Key`: a repeat gets the same
answer, another body under the key is refused. Errors are `application/problem+json` (RFC 9457) with the code
of the refusal; `site.errors` makes them.

Not here: rules (capabilities), who may do what (ground.people), pages for people (portal, desk, open).
"""
