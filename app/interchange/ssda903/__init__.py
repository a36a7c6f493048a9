"""The statutory return on children looked after (SSDA903), in and out."""
