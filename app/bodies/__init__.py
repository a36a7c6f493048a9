"""What is sent to the service, as JSON or by a form: shapes made from the domain, and the way from them to it and back."""
