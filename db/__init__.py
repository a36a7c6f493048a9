"""What is stored, and how rows become domain objects, once. The only place that knows SQLAlchemy."""
