# The service in production: PostgreSQL by DATABASE_URL, one process, port 8000, no root, nothing written but the database.
#   docker build --tag placement-matching .
#   docker run --env DATABASE_URL=postgresql://... placement-matching python -m app.cli migrate
#   docker run --env DATABASE_URL=postgresql://... --publish 8000:8000 --read-only --tmpfs /tmp placement-matching

FROM python:3.13-slim-bookworm AS packages
COPY locks/runtime.txt /srv/runtime.txt
RUN python -m venv /srv/venv \
    && /srv/venv/bin/pip install --no-cache-dir --no-deps --require-hashes --only-binary :all: --requirement /srv/runtime.txt

FROM python:3.13-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin placements
COPY --from=packages /srv/venv /srv/venv
WORKDIR /srv/service
COPY . .
ENV PATH=/srv/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/health/ready', timeout=4)"]
CMD ["python", "-m", "app.cli", "serve", "--host", "0.0.0.0", "--port", "8000"]
