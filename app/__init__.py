"""The application: use cases, JSON, files, keys, and the wiring that makes one service of them."""
