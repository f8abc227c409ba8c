"""Conditions and calculations of a package: CEL, with bounds that the library alone does not set.

A package comes from other people, and the library runs whatever it can parse: 492 characters of nested
`map` abort the process, nested `all` stalls every thread, and `size` counts bytes, so that «привет» has
twelve letters. So nothing of a package reaches it as written:

1. `parsing` reads at most 500 characters into a small tree and refuses all that our CEL leaves out;
2. `checking` gives every part a type, knows every name and function, and writes the tree out anew;
3. `running` compiles only what was written out, and hands it only the values that it names.

What an author may write stands in docs/guide/expressions.md; a test holds that page against the code.
"""
