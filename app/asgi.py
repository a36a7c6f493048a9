"""What a server runs: the application made from the settings of this process."""

from __future__ import annotations

from app import telemetry
from app.main import create_app
from app.settings import settings

_settings = settings()
telemetry.configure(_settings.log_level)
app = create_app(_settings)
