"""Components: the fragments that every page is made of, and the styles."""
