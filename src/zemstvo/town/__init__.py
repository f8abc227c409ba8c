"""The demo town of Zarechny: data for the demo, the tests and the documentation."""
