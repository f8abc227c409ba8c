"""People: persons, organisations, officials and their mandates, and who looked at what.

A *person* is somebody with whom authorities deal: a natural person or an organisation. Everywhere else, also
in the journal, a person is named by a *pseudonym* (a UUID, one per person per installation); who it is stands
here alone, *sealed* under that person's own key (`vault`), and is found through *keyed hashes* (`search`). A
person signs in with an *account*, acts for others by *representation* or *employment*, and works as an
*official* under a *mandate*. An official who opens personal data takes a *look*, which the person sees. An
*erasure* destroys the key, and names the day on which also the last backup of it is gone.

Not here: what an authority or a territory is (ground.territory), what an applicant filed
(capabilities.cases), how a sign-in page looks (faces.portal).
"""
