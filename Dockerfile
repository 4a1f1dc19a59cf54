# The tags follow .NET 10's patches: rebuild with --pull when one is out. For a build that is the same bytes each time, or mirrored or hardened images,
# name them yourself, by digest: --build-arg RUNTIME_IMAGE=mcr.microsoft.com/dotnet/aspnet@sha256:... (`docker buildx imagetools inspect` prints digests).
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0
ARG RUNTIME_IMAGE=mcr.microsoft.com/dotnet/aspnet:10.0

FROM --platform=$BUILDPLATFORM ${SDK_IMAGE} AS build
ARG TARGETARCH
WORKDIR /src

# Restore in a layer of its own: it is only run again when a package or project file changes.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY src/BannedSymbols.txt src/
COPY src/NewsWatch.Core/NewsWatch.Core.csproj src/NewsWatch.Core/packages.lock.json src/NewsWatch.Core/
COPY src/NewsWatch/NewsWatch.csproj src/NewsWatch/packages.lock.json src/NewsWatch/
RUN dotnet restore src/NewsWatch --locked-mode -p:PublishReadyToRun=true

COPY .editorconfig appsettings.json ./
COPY deploy/ deploy/
COPY src/ src/
RUN case "${TARGETARCH:-$(uname -m)}" in amd64|x86_64) rid=linux-x64 ;; arm64|aarch64) rid=linux-arm64 ;; *) echo "no image for ${TARGETARCH:-$(uname -m)}"; exit 1 ;; esac \
 && dotnet publish src/NewsWatch --no-restore --configuration Release --runtime "$rid" --output /app \
 && printf '#!/bin/sh\nexec dotnet /app/newswatch.dll "$@"\n' >/newswatch && chmod 755 /newswatch

FROM ${RUNTIME_IMAGE}
COPY --from=build /app /app
COPY --from=build /newswatch /usr/local/bin/newswatch

# The only place it writes to: the database and the pickup folder. The rest of the file system may be read-only.
# The user's number is the "app" user of the .NET images, given as a number so that Kubernetes can see it is not root.
# The working directory is the root, so that the sample's data/mail and data/newswatch.db are the volume's.
RUN mkdir /data && chown 1654:1654 /data
VOLUME /data
WORKDIR /
USER 1654:1654

# The configuration that comes with the image is the starting point; mount your own over /config.
# Two arenas: else the C library keeps memory for each thread that ever used the database. What is large goes back to the system as soon as it is free.
ENV DOTNET_EnableDiagnostics=0 \
    MALLOC_ARENA_MAX=2 \
    MALLOC_MMAP_THRESHOLD_=65536 \
    NEWSWATCH_CONFIG=/config/appsettings.json \
    Storage__Path=/data/newswatch.db
COPY --from=build /src/appsettings.json /config/appsettings.json

# 8080: unsubscribe and WebSub, for the world. 8081: health, metrics and status, for the operator.
EXPOSE 8080 8081
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --retries=3 CMD ["dotnet", "/app/newswatch.dll", "health"]
ENTRYPOINT ["dotnet", "/app/newswatch.dll"]
CMD ["run"]
