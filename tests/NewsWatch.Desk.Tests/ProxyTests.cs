using System.Net;
using System.Net.Http.Headers;
using NewsWatch.Configuration;
using NewsWatch.Desk.Tests.Support;

namespace NewsWatch.Desk.Tests;

/// <summary>People whom a proxy names, and others who send its header.</summary>
public sealed class ProxyTests
{
    private static readonly (string, string)[] Settings =
    [
        ("Web:Proxy:Header", "Remote-User"), ("Web:Proxy:GroupsHeader", "Remote-Groups"), ("Web:Proxy:From", "127.0.0.0/8"),
        ("Web:Proxy:Operators", "olga, group:newsroom"), ("Web:Proxy:Viewers", "vera"),
    ];

    [Theory]
    [InlineData("olga", "", "operator")]
    [InlineData("peter", "guests, newsroom", "operator")]
    [InlineData("vera", "", "viewer")]
    [InlineData("mallory", "guests", null)]
    [InlineData("group:newsroom", "", null)]
    [InlineData("newsroom", "", null)]
    [InlineData("mallory", "olga,group:newsroom", null)]
    [InlineData("", "newsroom", null)]
    public async Task A_name_or_group_of_the_proxy_has_the_role_of_its_list(string name, string groups, string? role)
    {
        await using var world = await DeskWorld.OpenAsync(Settings);

        var (status, body) = await world.AskAsync("", Named(name, groups));

        Assert.Equal(role is null ? HttpStatusCode.Redirect : HttpStatusCode.OK, status);
        Assert.Equal(role is not null, body.Contains($"<span class=\"role\">{role}</span>", StringComparison.Ordinal));
        Assert.Equal(role is not null, body.Contains($"<bdi>{name}</bdi>", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_names_are_none()
    {
        await using var world = await DeskWorld.OpenAsync(Settings);

        var (status, _) = await world.AskAsync("", request => request.Headers.TryAddWithoutValidation("Remote-User", (string[])["vera", "olga"]));

        Assert.Equal(HttpStatusCode.Redirect, status);
    }

    [Fact]
    public async Task The_header_of_somebody_who_is_not_the_proxy_says_nothing()
    {
        await using var world = await DeskWorld.OpenAsync([.. Settings.Where(setting => setting.Item1 != "Web:Proxy:From"), ("Web:Proxy:From", "10.0.0.0/8, 192.0.2.1")]);

        Assert.Equal(HttpStatusCode.Redirect, (await world.AskAsync("", Named("olga", ""))).Status);
    }

    [Fact]
    public async Task A_named_operator_acts_under_the_name_and_a_named_viewer_is_refused()
    {
        await using var world = await DeskWorld.OpenAsync(Settings);

        var refused = await EndAsync(world, "vera", "same-origin");
        var elsewhere = await EndAsync(world, "olga", "cross-site");
        var ended = await EndAsync(world, "olga", "same-origin");

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Redirect), (refused, elsewhere, ended));
        Assert.Equal(["vera refused", "olga end"], world.Service.Ask("SELECT actor || ' ' || what FROM act ORDER BY id").Skip(1));
    }

    [Fact]
    public async Task A_program_behind_the_proxy_sends_its_token()
    {
        await using var world = await DeskWorld.OpenAsync([.. Settings, ("Web:OperatorToken", "all")]);

        Assert.Equal(HttpStatusCode.OK, (await world.AskAsync("", request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "all"))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await world.AskAsync("", request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "wrong"))).Status);
    }

    [Theory]
    [InlineData("Web:Proxy:From", "10.0.0.0/33", "Web:Proxy:From: \"10.0.0.0/33\" is not a network. Write e.g. 10.0.0.0/8 or 127.0.0.1.")]
    [InlineData("Web:Proxy:From", "", "Web:Proxy:From is missing.")]
    [InlineData("Web:Proxy:Header", "", "Web:Proxy:Header is missing.")]
    [InlineData("Web:Oidc:Authority", "http://login.example.com", "Web:Oidc:Authority: \"http://login.example.com\" is not the address of an OpenID provider. Write e.g. https://login.example.com/realms/news.")]
    [InlineData("Web:Oidc:Operators", "newsroom", "Web:Oidc:Operators: \"newsroom\" is not a claim with its value. Write e.g. groups=newsroom, email=olga@example.com.")]
    [InlineData("Web:Oidc:ClientSecret", "s3cret", "Web:Oidc:ClientSecret: literal secrets are refused. Use \"env:NAME\" or \"file:/path\".")]
    [InlineData("Web:Oidc:Operators", "", "Web:Oidc: nobody may sign in. Set Operators or Viewers, e.g. Web:Oidc:Operators to groups=newsroom.")]
    public async Task A_setting_that_cannot_be_used_says_what_to_write(string name, string value, string says)
    {
        (string Name, string Value)[] good = [.. Settings, ("Web:Oidc:Authority", "https://login.example.com"), ("Web:Oidc:ClientId", "desk"), ("Web:Oidc:Operators", "groups=newsroom")];

        var refused = await Assert.ThrowsAsync<SettingException>(() => DeskWorld.EmptyAsync([.. good.Where(setting => setting.Name != name), (name, value)]));

        Assert.Equal(says, refused.Message);
    }

    private static Action<HttpRequestMessage> Named(string name, string groups) => request =>
    {
        request.Headers.Add("Remote-User", name);
        request.Headers.Add("Remote-Groups", groups);
    };

    private static async Task<HttpStatusCode> EndAsync(DeskWorld world, string name, string site)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/desk/silences/1/end") { Content = new FormUrlEncodedContent([]) };
        request.Headers.Add("Remote-User", name);
        request.Headers.Add("Sec-Fetch-Site", site);
        using var answer = await world.Client.SendAsync(request);
        return answer.StatusCode;
    }
}
