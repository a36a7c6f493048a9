"""The JSON interface: what goes in and out over HTTP, route by route."""
