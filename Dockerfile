# syntax=docker/dockerfile:1
FROM node:24-bookworm-slim AS build
WORKDIR /app
# Installing builds the portal, mails and WebAssembly: it needs all of the source.
COPY . .
RUN npm ci --loglevel=error && npm run build && npm prune --omit=dev --ignore-scripts

FROM node:24-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/bin bin
COPY --from=build /app/build build
COPY --from=build /app/dist dist
COPY --from=build /app/portal/dist portal/dist
COPY --from=build /app/examples examples
# Everything that is written lies here; the rest of the file system may be read-only.
RUN install -d -o node -g node -m 0700 /var/lib/vedette
USER node
VOLUME /var/lib/vedette
EXPOSE 8443
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8420/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["bin/vedette"]
CMD ["serve", "-c", "/etc/vedette/vedette.yaml"]
