"""The town of Zarechny and its federation: one story for the demo, the tests and the documentation.

`places` are the territories and authorities, `cast` the people, few and permanent; `build` raises them
through the same commands as everybody else; `testing` gives them to tests as the fixture `town`.

The territories carry their real OKTMO codes; every person, authority, address and telephone is invented.
"""
