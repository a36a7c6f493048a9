"""Work that outlives a request: events delivered to subscribers, on a durable engine that survives a killed worker."""
