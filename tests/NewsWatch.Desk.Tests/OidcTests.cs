using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Time.Testing;
using NewsWatch.Desk.Tests.Support;

namespace NewsWatch.Desk.Tests;

/// <summary>Signing in at an OpenID provider that keeps to the books.</summary>
[Collection(nameof(Journeys))]
public sealed class OidcTests(Browser browser) : IDisposable
{
    private readonly string _secret = WriteSecret();

    [BrowserFact]
    public async Task Olga_signs_in_at_the_provider_and_acts_under_her_name()
    {
        await using var provider = await LocalProvider.StartAsync(Clock());
        await using var world = await DeskWorld.OpenAsync(provider.Settings(_secret));
        await using var tab = await browser.OpenAsync(world.Site);

        await tab.GoAsync("/desk/silences/1");
        Assert.Equal([], await Axe.LookAsync(tab));
        await SignInAsync(tab, "olga");
        await ArriveAsync(tab, "location.pathname === '/desk/silences/1'");
        Assert.Contains("olga", await tab.TextAsync(".who"), StringComparison.Ordinal);
        Assert.Contains("operator", await tab.TextAsync(".role"), StringComparison.Ordinal);
        await tab.ClickAsync(".acts .act");
        await ArriveAsync(tab, "document.body.innerText.includes('Was silenced until')");

        Assert.Equal(["olga end"], world.Service.Ask("SELECT actor || ' ' || what FROM act ORDER BY id DESC LIMIT 1"));
        Assert.Empty(provider.Refused);
        Assert.Equal([], tab.Complaints);
    }

    [BrowserFact]
    public async Task A_viewer_of_the_provider_sees_no_button_and_her_form_is_refused()
    {
        await using var provider = await LocalProvider.StartAsync(Clock());
        await using var world = await DeskWorld.OpenAsync(provider.Settings(_secret));
        await using var tab = await browser.OpenAsync(world.Site);
        await tab.GoAsync("/desk/silences/1");
        await SignInAsync(tab, "vera");
        await ArriveAsync(tab, "location.pathname === '/desk/silences/1'");

        Assert.Equal("viewer", await tab.TextAsync(".role"));
        Assert.False(await tab.HoldsAsync("document.querySelector('.acts .act')"));
        await tab.EvaluateAsync(
            "(() => { const form = document.createElement('form'); form.method = 'post'; form.action = '/desk/silences/1/end'; document.body.append(form); setTimeout(() => form.submit(), 0); })()");

        await ArriveAsync(tab, "document.body.innerText.includes('Operators alone act')");
        Assert.Equal(["vera@example.com refused"], world.Service.Ask("SELECT actor || ' ' || what FROM act ORDER BY id DESC LIMIT 1"));
        Assert.Equal([""], world.Service.Ask("SELECT coalesce(max(ended), '') FROM silence"));
    }

    [Fact]
    public async Task A_client_whose_provider_takes_the_secret_in_the_form_alone_signs_in()
    {
        await using var provider = await LocalProvider.StartAsync(Clock());
        provider.TakesBasic = false;
        await using var world = await DeskWorld.OpenAsync(provider.Settings(_secret));

        Assert.Equal((HttpStatusCode.OK, true), await ByHandAsync(world, provider, "olga"));
        Assert.Empty(provider.Refused);
    }

    [Theory]
    [InlineData("iss", "\"https://other.example.com\"")]
    [InlineData("aud", "\"another client\"")]
    [InlineData("aud", "[]")]
    [InlineData("azp", "\"another client\"")]
    [InlineData("nonce", "\"of an earlier sign-in\"")]
    [InlineData("exp", "1")]
    [InlineData("exp", "null")]
    [InlineData("sub", "\"\"")]
    public async Task A_token_that_is_not_of_this_sign_in_opens_nothing(string claim, string value)
    {
        await using var provider = await LocalProvider.StartAsync(Clock());
        provider.Change = claims => claims[claim] = System.Text.Json.Nodes.JsonNode.Parse(value);
        await using var world = await DeskWorld.OpenAsync(provider.Settings(_secret));

        Assert.Equal((HttpStatusCode.Forbidden, false), await ByHandAsync(world, provider, "olga"));
    }

    [Theory]
    [InlineData("mallory")] // no group, and an address that the provider has not verified
    [InlineData("nobody")] // whom the provider does not know
    public async Task Who_is_on_no_list_is_not_let_in(string name)
    {
        await using var provider = await LocalProvider.StartAsync(Clock());
        await using var world = await DeskWorld.OpenAsync(provider.Settings(_secret));

        Assert.Equal((HttpStatusCode.Forbidden, false), await ByHandAsync(world, provider, name));
    }

    [Fact]
    public async Task An_answer_of_the_provider_serves_the_browser_that_asked_and_once()
    {
        await using var provider = await LocalProvider.StartAsync(Clock());
        await using var world = await DeskWorld.OpenAsync(provider.Settings(_secret));
        var (cookie, back) = await GoOutAsync(world, provider, "olga");

        using var other = await AskAsync(back, "");
        using var own = await AskAsync(back, cookie);
        using var again = await AskAsync(back, cookie);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.OK, HttpStatusCode.Forbidden), (other.StatusCode, own.StatusCode, again.StatusCode));
        Assert.Equal(["token: the code does not hold"], provider.Refused);
    }

    [Fact]
    public async Task A_provider_that_is_away_is_said_and_a_token_still_opens()
    {
        var provider = await LocalProvider.StartAsync(Clock());
        var settings = provider.Settings(_secret);
        await provider.DisposeAsync();
        await using var world = await DeskWorld.OpenAsync([.. settings, ("Web:OperatorToken", "all")]);

        var (status, body) = await world.AskAsync("sign-in/go");
        var (withToken, _) = await world.AskAsync("", request => request.Headers.Authorization = new("Bearer", "all"));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (status, withToken));
        Assert.Contains("cannot be used just now", body, StringComparison.Ordinal);
        Assert.Contains(world.Service.Log.Lines, line => line.Contains("The OpenID provider cannot be used", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_a_provider_is_set_nobody_on_the_machine_looks_in_without_it()
    {
        await using var provider = await LocalProvider.StartAsync(Clock());
        await using var world = await DeskWorld.OpenAsync(provider.Settings(_secret));

        Assert.Equal(HttpStatusCode.Redirect, (await world.AskAsync("")).Status);
    }

    public void Dispose() => File.Delete(_secret);

    /// <summary>The world's clock starts here; tokens are good for five minutes from then, which is enough for its news.</summary>
    private static FakeTimeProvider Clock() => new(new(2025, 8, 6, 21, 3, 0, TimeSpan.Zero));

    private static string WriteSecret()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, LocalProvider.ClientSecret + "\n");
        return file;
    }

    private static async Task SignInAsync(Tab tab, string name)
    {
        await tab.LoadingAsync(() => tab.ClickAsync("#provider"));
        await tab.ClickAsync("#name");
        await tab.TypeAsync(name);
        await tab.PressAsync("Enter");
    }

    /// <summary>Waits for a page that others lead to by themselves: the tab goes on while it is asked.</summary>
    private static async Task ArriveAsync(Tab tab, string expression)
    {
        const int MostPages = 5;
        for (var passed = 0; ; passed++)
        {
            try
            {
                await tab.UntilAsync($"document.readyState === 'complete' && {expression}");
                return;
            }
            catch (InvalidOperationException) when (passed < MostPages)
            {
                // The page that was asked is gone, and the next one has come.
            }
        }
    }

    /// <summary>Signs in as a browser would; the last answer's status, and whether the desk is open afterwards.</summary>
    private static async Task<(HttpStatusCode Status, bool IsIn)> ByHandAsync(DeskWorld world, LocalProvider provider, string name)
    {
        var (cookie, back) = await GoOutAsync(world, provider, name);
        using var answer = await AskAsync(back, cookie);
        var session = answer.Headers.TryGetValues("Set-Cookie", out var set) ? set.FirstOrDefault(one => one.StartsWith("newswatch-desk=", StringComparison.Ordinal)) : null;
        using var page = await AskAsync(new Uri(world.Site, "/desk/"), session?.Split(';')[0] ?? "");
        return (answer.StatusCode, page.StatusCode == HttpStatusCode.OK);
    }

    /// <summary>Out to the provider, which lets a person sign in: the cookie of this browser, and where the provider leads it.</summary>
    private static async Task<(string Cookie, Uri Back)> GoOutAsync(DeskWorld world, LocalProvider provider, string name)
    {
        using var outward = await AskAsync(new Uri(world.Site, "/desk/sign-in/go?to=/desk/alerts"), "");
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        var fields = QueryHelpers.ParseQuery(outward.Headers.Location!.Query).ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        using var form = new FormUrlEncodedContent(fields.Append(KeyValuePair.Create("name", name)));
        using var answer = await browser.PostAsync(outward.Headers.Location, form);
        return (Assert.Single(outward.Headers.GetValues("Set-Cookie")).Split(';')[0], answer.Headers.Location!);
    }

    /// <summary>Asks as a browser that has this cookie and no other.</summary>
    private static async Task<HttpResponseMessage> AskAsync(Uri address, string cookie)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Cookie", cookie);
        return await browser.SendAsync(request);
    }
}
