using NewsWatch.Tests.Support;

namespace NewsWatch.Tests.Storage;

[Collection(SharedPostgres.Name)]
public sealed class PooledAlertStoreTests(PostgresServer server) : AlertStoreTests(StorageEngine.Pooled, server);

[Collection(SharedPostgres.Name)]
public sealed class PooledArchiveStoreTests(PostgresServer server) : ArchiveStoreTests(StorageEngine.Pooled, server);

[Collection(SharedPostgres.Name)]
public sealed class PooledArticleStoreTests(PostgresServer server) : ArticleStoreTests(StorageEngine.Pooled, server);

[Collection(SharedPostgres.Name)]
public sealed class PooledConfigurationStoreTests(PostgresServer server) : ConfigurationStoreTests(StorageEngine.Pooled, server);

[Collection(SharedPostgres.Name)]
public sealed class PooledDeliveryStoreTests(PostgresServer server) : DeliveryStoreTests(StorageEngine.Pooled, server);

[Collection(SharedPostgres.Name)]
public sealed class PooledItemQueueTests(PostgresServer server) : ItemQueueTests(StorageEngine.Pooled, server);

[Collection(SharedPostgres.Name)]
public sealed class PooledOperatorStoreTests(PostgresServer server) : OperatorStoreTests(StorageEngine.Pooled, server);

[Collection(SharedPostgres.Name)]
public sealed class PooledOutboxTests(PostgresServer server) : OutboxTests(StorageEngine.Pooled, server);

[Collection(SharedPostgres.Name)]
public sealed class PooledPageQueueTests(PostgresServer server) : PageQueueTests(StorageEngine.Pooled, server);

[Collection(SharedPostgres.Name)]
public sealed class PooledPlacementStoreTests(PostgresServer server) : PlacementStoreTests(StorageEngine.Pooled, server);

[Collection(SharedPostgres.Name)]
public sealed class PooledSourceStoreTests(PostgresServer server) : SourceStoreTests(StorageEngine.Pooled, server);

[Collection(SharedPostgres.Name)]
public sealed class PooledStatementTests(PostgresServer server) : StatementTests(StorageEngine.Pooled, server);

[Collection(SharedPostgres.Name)]
public sealed class PooledStoryStoreTests(PostgresServer server) : StoryStoreTests(StorageEngine.Pooled, server);

[Collection(SharedPostgres.Name)]
public sealed class PooledSubscriberStoreTests(PostgresServer server) : SubscriberStoreTests(StorageEngine.Pooled, server);

[Collection(SharedPostgres.Name)]
public sealed class PooledUpkeepTests(PostgresServer server) : UpkeepTests(StorageEngine.Pooled, server);

[Collection(SharedPostgres.Name)]
public sealed class PooledViewTests(PostgresServer server) : ViewTests(StorageEngine.Pooled, server);

[Collection(SharedPostgres.Name)]
public sealed class PooledWaitingStoreTests(PostgresServer server) : WaitingStoreTests(StorageEngine.Pooled, server);
