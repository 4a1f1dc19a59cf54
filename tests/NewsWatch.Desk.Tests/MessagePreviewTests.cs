using System.Net;
using System.Net.Http.Headers;
using NewsWatch.Desk.Tests.Support;
using NewsWatch.Tests.Hostile;

namespace NewsWatch.Desk.Tests;

/// <summary>A delivery's page shows the message itself: to operators, and so that it can do nothing.</summary>
[Collection(nameof(Journeys))]
public sealed class MessagePreviewTests(Browser browser)
{
    private static readonly (string, string)[] WithTokens = [("Web:OperatorToken", "all"), ("Web:ViewerToken", "look")];

    [Fact]
    public async Task An_operator_reads_the_mail_and_the_webhook_s_body_and_a_viewer_neither()
    {
        await using var world = await DeskWorld.OpenAsync(WithTokens);
        var ids = world.Service.Ask("SELECT min(id) FROM delivery WHERE channel = 'mail' UNION ALL SELECT min(id) FROM delivery WHERE channel = 'hook'");

        var (mail, hook) = (await LookAsync(world, $"deliveries/{ids[0]}"), await LookAsync(world, $"deliveries/{ids[1]}"));
        Assert.Contains(world.Service.Mail.Mails.First().Message.Subject!, mail.Body, StringComparison.Ordinal);
        Assert.Contains("officials", mail.Body, StringComparison.Ordinal);
        Assert.Contains("The webhook’s body", hook.Body, StringComparison.Ordinal);

        Assert.DoesNotContain("The mail as its reader sees it", (await LookAsync(world, $"deliveries/{ids[0]}", "look")).Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await LookAsync(world, $"deliveries/{ids[0]}/mail", "look")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await LookAsync(world, $"deliveries/{ids[1]}/mail")).Status);
    }

    [Fact]
    public async Task The_framed_mail_is_what_was_sent_but_for_its_link_to_unsubscribe_and_may_do_nothing()
    {
        await using var world = await DeskWorld.OpenAsync(WithTokens);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/desk/deliveries/1/mail");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "all");

        using var answer = await world.Client.SendAsync(request);

        Assert.Equal("default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'; sandbox", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        var body = await answer.Content.ReadAsStringAsync();
        var sent = world.Service.Mail.Mails.First().Message.HtmlBody!.ReplaceLineEndings("\n");
        Assert.Contains("Truce holds along the northern line", body, StringComparison.Ordinal);
        Assert.Equal(sent.Split("<h")[1].Split('>')[0], body.ReplaceLineEndings("\n").Split("<h")[1].Split('>')[0]);
    }

    [BrowserFact]
    public async Task A_hostile_mail_in_its_frame_asks_for_nothing_and_runs_nothing()
    {
        await using var world = await DeskWorld.OpenAsync(("Web:OperatorToken", "all"));
        await world.Service.TellAsync($"Truce {Payloads.All["script"]}", text: $"Truce {Payloads.All["script"]}");
        await using var tab = await browser.OpenAsync(world.Site);
        await JourneyTests.SignInAsync(tab, "Olga");

        await tab.GoAsync($"/desk/deliveries/{world.Service.Ask("SELECT max(id) FROM delivery WHERE channel = 'mail'")[0]}");
        await tab.UntilAsync("document.querySelector('iframe.mail')");

        Assert.Equal([], await Axe.LookAsync(tab));
        Assert.All(tab.Asked, address => Assert.StartsWith(world.Site.AbsoluteUri, address, StringComparison.Ordinal));
        Assert.Equal([], tab.Complaints);
    }

    private static async Task<(HttpStatusCode Status, string Body)> LookAsync(DeskWorld world, string page, string token = "all")
    {
        var (status, body) = await world.AskAsync(page, request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token));
        return (status, WebUtility.HtmlDecode(body));
    }
}
