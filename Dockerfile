# One image for every program: `tiepdan serve api|relay|projector`, `migrate`, `seed`.

FROM python:3.11-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /src
RUN python -m venv /opt/tiepdan && python -m venv /opt/node
COPY requirements.lock requirements-librdkafka.lock requirements-node.lock ./
RUN /opt/tiepdan/bin/pip install --require-hashes --only-binary :all: -r requirements.lock \
      -r requirements-librdkafka.lock \
 && /opt/node/bin/pip install --require-hashes --only-binary :all: -r requirements-node.lock
COPY pyproject.toml requirements.in requirements-librdkafka.in README.md ./
COPY domain domain
COPY projections projections
COPY infra infra
COPY services services
RUN PATH="/opt/node/bin:$PATH" /opt/tiepdan/bin/python -m services.web.assets \
 && /opt/tiepdan/bin/pip install --no-deps --no-build-isolation .

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin tiepdan
COPY --from=build /opt/tiepdan /opt/tiepdan
ENV PATH="/opt/tiepdan/bin:$PATH" PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /tmp
USER tiepdan
EXPOSE 8000
STOPSIGNAL SIGTERM
ENTRYPOINT ["tiepdan"]
CMD ["serve", "api"]
