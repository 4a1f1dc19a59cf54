# Both images can be replaced by mirrored or hardened ones: --build-arg RUNTIME_IMAGE=...
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0
ARG RUNTIME_IMAGE=mcr.microsoft.com/dotnet/aspnet:10.0

FROM ${SDK_IMAGE} AS build
WORKDIR /src

# Restore in a layer of its own: it is only run again when a package or project file changes.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY src/BannedSymbols.txt src/
COPY src/NewsWatch.Core/NewsWatch.Core.csproj src/NewsWatch.Core/packages.lock.json src/NewsWatch.Core/
COPY src/NewsWatch/NewsWatch.csproj src/NewsWatch/packages.lock.json src/NewsWatch/
RUN dotnet restore src/NewsWatch --locked-mode

COPY .editorconfig appsettings.json ./
COPY deploy/ deploy/
COPY src/ src/
RUN dotnet publish src/NewsWatch --no-restore --configuration Release --output /app

FROM ${RUNTIME_IMAGE}
COPY --from=build /app /app

# The only place it writes to: the database and the pickup folder. The rest of the file system may be read-only.
# The user's number is the "app" user of the .NET images, given as a number so that Kubernetes can see it is not root.
RUN mkdir /data && chown 1654:1654 /data
VOLUME /data
WORKDIR /data
USER 1654:1654

# The configuration that comes with the image is the starting point; mount your own over /config.
ENV DOTNET_EnableDiagnostics=0 \
    NEWSWATCH_CONFIG=/config/appsettings.json \
    Storage__Path=/data/newswatch.db
COPY --from=build /src/appsettings.json /config/appsettings.json

# 8080: unsubscribe and WebSub, for the world. 8081: health, metrics and status, for the operator.
EXPOSE 8080 8081
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --retries=3 CMD ["dotnet", "/app/newswatch.dll", "health"]
ENTRYPOINT ["dotnet", "/app/newswatch.dll"]
CMD ["run"]
