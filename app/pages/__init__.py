"""The HTML pages: the same use cases as the API, for people. How to add one: docs/pages.md."""
