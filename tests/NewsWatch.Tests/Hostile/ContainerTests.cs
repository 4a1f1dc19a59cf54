using System.Runtime.CompilerServices;

namespace NewsWatch.Tests.Hostile;

/// <summary>What would be left to somebody who got into the process.</summary>
public sealed class ContainerTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Here(), "..", "..", ".."));

    [Theory]
    [InlineData("    user: \"1654:1654\"")]
    [InlineData("    read_only: true")]
    [InlineData("    tmpfs: [/tmp]")]
    [InlineData("    cap_drop: [ALL]")]
    [InlineData("    security_opt: [\"no-new-privileges:true\"]")]
    [InlineData("      - ./config:/config:ro")]
    [InlineData("      - data:/data")]
    [InlineData("      - smtp_password")]
    [InlineData("    file: ./secrets/smtp_password")]
    public void The_compose_file_takes_away_what_is_not_needed(string line) => Assert.Contains(Lines("deploy/compose.yaml"), told => told.StartsWith(line, StringComparison.Ordinal));

    [Theory]
    [InlineData("deploy/compose.yaml")]
    [InlineData("deploy/compose.scale.yaml")]
    public void The_compose_file_gives_nothing_back_and_opens_no_port_to_the_world(string file) =>
        Assert.DoesNotContain(Lines(file), line => line.Contains("privileged", StringComparison.Ordinal) && !line.Contains("no-new", StringComparison.Ordinal)
            || line.Contains("cap_add", StringComparison.Ordinal) || line.Contains("docker.sock", StringComparison.Ordinal) || line.Contains("network_mode", StringComparison.Ordinal)
            || (line.Contains(":8080\"", StringComparison.Ordinal) && !line.Contains("127.0.0.1:", StringComparison.Ordinal)));

    [Fact]
    public void The_image_runs_as_a_numbered_user_who_owns_its_data_alone()
    {
        var lines = Lines("Dockerfile");

        Assert.Equal(["USER 1654:1654"], lines.Where(line => line.StartsWith("USER", StringComparison.Ordinal)));
        Assert.Equal(["VOLUME /data"], lines.Where(line => line.StartsWith("VOLUME", StringComparison.Ordinal)));
        Assert.DoesNotContain(lines, line => line.Contains("chown", StringComparison.Ordinal) && !line.Contains("chown 1654:1654 /data", StringComparison.Ordinal));
    }

    [Fact]
    public void An_editor_finds_the_schema_of_the_configuration_that_is_mounted()
    {
        var copy = Assert.Single(Lines("README.md"), line => line.StartsWith("sed 's|", StringComparison.Ordinal)).Split('|');
        var schema = Assert.Single(Lines("appsettings.json"), line => line.Contains("\"$schema\"", StringComparison.Ordinal)).Split('"')[3];

        Assert.True(File.Exists(Path.Combine(Root, schema)));
        Assert.True(File.Exists(Path.Combine(Root, "deploy", "config", "..", schema.Replace(copy[1], copy[2], StringComparison.Ordinal)[3..])));
    }

    [Fact]
    public void What_the_sample_writes_into_lies_in_the_volume() =>
        Assert.All(Lines("appsettings.json").Where(line => line.Contains("\"data/", StringComparison.Ordinal)), _ => Assert.Contains("WORKDIR /", Lines("Dockerfile")));

    private static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Root, file));

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
