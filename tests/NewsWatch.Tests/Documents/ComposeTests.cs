using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace NewsWatch.Tests.Documents;

/// <summary>What the compose files say when they are read with their anchors, as Docker does: one service on a file, or three replicas on a PostgreSQL.</summary>
public sealed class ComposeTests
{
    private const string Scale = "deploy/compose.scale.yaml";
    private const string Single = "deploy/compose.yaml";

    [Fact]
    public void Three_replicas_start_after_the_schema_and_the_schema_after_the_database()
    {
        var services = Services(Scale);

        Assert.Equal(["migrate", "newswatch", "postgres"], services.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("3", At(services["newswatch"], "deploy", "replicas"));
        Assert.Equal("service_completed_successfully", At(services["newswatch"], "depends_on", "migrate", "condition"));
        Assert.Equal("service_healthy", At(services["migrate"], "depends_on", "postgres", "condition"));
        Assert.Equal((object)"no", At(services["migrate"], "restart"));
        Assert.Equal(["migrate", "--to", "file:/run/secrets/database", "--schema"], List(services["migrate"], "command"));
        Assert.Equal("false", At(services["newswatch"], "environment", "Storage__Migrate"));
        Assert.False(Map(services["newswatch"]).ContainsKey("container_name")); // three cannot have one
    }

    [Fact]
    public void The_database_keeps_what_it_answered_asks_for_a_password_and_is_asked_whether_it_is_there()
    {
        var postgres = Services(Scale)["postgres"];

        Assert.Equal(["postgres", "-c", "synchronous_commit=on"], List(postgres, "command"));
        Assert.Equal("--auth-host=scram-sha-256", At(postgres, "environment", "POSTGRES_INITDB_ARGS"));
        Assert.Equal("/run/secrets/postgres_password", At(postgres, "environment", "POSTGRES_PASSWORD_FILE"));
        Assert.Equal(["postgres:/var/lib/postgresql/data"], List(postgres, "volumes"));
        Assert.Equal("CMD", List(postgres, "healthcheck", "test")[0]);
        Assert.False(Map(postgres).ContainsKey("ports"));
    }

    [Theory]
    [InlineData(Single, "newswatch")]
    [InlineData(Scale, "newswatch")]
    [InlineData(Scale, "migrate")]
    public void A_container_of_NewsWatch_may_do_no_more_than_it_must(string file, string name)
    {
        var service = Services(file)[name];

        Assert.Equal(("1654:1654", "true"), (At(service, "user"), At(service, "read_only")));
        Assert.Equal(["ALL"], List(service, "cap_drop"));
        Assert.Equal(["no-new-privileges:true"], List(service, "security_opt"));
        Assert.Contains("./config:/config:ro", List(service, "volumes"));
        Assert.All(Map(service).TryGetValue("ports", out var ports) ? (List<object>)ports : [], port => Assert.StartsWith("127.0.0.1:", (string)port, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Single)]
    [InlineData(Scale)]
    public void Each_secret_and_volume_that_a_service_names_is_declared(string file)
    {
        var (whole, services) = (Read(file), Services(file));

        var secrets = services.Values.SelectMany(service => Map(service).ContainsKey("secrets") ? List(service, "secrets") : []);
        var volumes = services.Values.SelectMany(service => List(service, "volumes")).Select(volume => volume.Split(':')[0]).Where(volume => volume[0] != '.');

        Assert.Equal(Map(whole["secrets"]).Keys.Order(StringComparer.Ordinal), secrets.Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(Map(whole["volumes"]).Keys.Order(StringComparer.Ordinal), volumes.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_one_service_needs_no_database_server() => Assert.Equal(["newswatch"], Services(Single).Keys);

    private static Dictionary<string, object> Services(string file) => Map(Read(file)["services"]);

    private static Dictionary<string, object> Read(string file) =>
        new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(new MergingParser(new Parser(new StringReader(Repository.Read(file)))));

    private static Dictionary<string, object> Map(object node) => ((IDictionary<object, object>)node).ToDictionary(entry => (string)entry.Key, entry => entry.Value);

    private static object At(object node, params string[] path) => path.Aggregate(node, (at, key) => Map(at)[key]);

    private static List<string> List(object node, params string[] path) => [.. ((List<object>)At(node, path)).Cast<string>()];
}
