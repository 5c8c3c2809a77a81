# Debian, not Alpine: the PostgreSQL and Node programs that come with the packages are built for glibc.
FROM node:24-bookworm-slim AS build
WORKDIR /maillage
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN NODE_ENV=production npm run build \
  && npm prune --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:24-bookworm-slim
# One ordinary account; its number is fixed so that the volume keeps its owner from one version to the next.
RUN groupadd --gid 990 maillage \
  && useradd --uid 990 --gid 990 --no-create-home --home-dir /data --shell /usr/sbin/nologin maillage \
  && install -d -o maillage -g maillage -m 0750 /data
WORKDIR /maillage
COPY --from=build /maillage/package.json /maillage/package-lock.json ./
COPY --from=build /maillage/node_modules ./node_modules
COPY --from=build /maillage/build ./build
COPY --from=build /maillage/app ./app
COPY --from=build /maillage/server ./server
COPY --from=build /maillage/scripts ./scripts
COPY --from=build /maillage/bin ./bin
COPY --from=build /maillage/migrations ./migrations
RUN ln -s /maillage/bin/maillage.mjs /usr/local/bin/maillage
USER maillage
ENV NODE_ENV=production DATA_DIR=/data HOST=0.0.0.0 PORT=3000
EXPOSE 3000
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/sante`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server/main.ts"]
