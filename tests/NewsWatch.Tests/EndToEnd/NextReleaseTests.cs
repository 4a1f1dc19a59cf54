using NewsWatch.Storage;
using NewsWatch.Tests.Support;
using Npgsql;

namespace NewsWatch.Tests.EndToEnd;

/// <summary>
/// Replicas of this release on a database that the next one has taken further: every table has a column that this one does not know, and every row that is written, by whomever, has a value in it and a member
/// in its JSON that this one does not know.
/// </summary>
[Collection(SharedPostgres.Name)]
public sealed class NextReleaseTests(PostgresServer server)
{
    /// <summary>What the next release's script and its replicas would do.</summary>
    private const string Next =
        """
        CREATE FUNCTION later() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE written text; BEGIN
          NEW.later := 1;
          IF TG_NARGS = 1 THEN
            written := to_jsonb(NEW) ->> TG_ARGV[0];
            NEW := jsonb_populate_record(NEW, jsonb_build_object(TG_ARGV[0], CASE WHEN written LIKE '{%' THEN ('{"Later": {"Of": [1]}}'::jsonb || written::jsonb)::text ELSE written END));
          END IF;
          RETURN NEW;
        END $$;
        DO $$ DECLARE one text; BEGIN
          FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
            EXECUTE format('ALTER TABLE %I ADD COLUMN later BIGINT', one);
            EXECUTE format('CREATE TRIGGER later BEFORE INSERT OR UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION later(%s)', one, CASE one WHEN 'item' THEN '''payload''' WHEN 'alert' THEN '''content''' ELSE '' END);
          END LOOP;
        END $$;
        INSERT INTO schema_script (name, least) VALUES ('9998_later', 0)
        """;

    [PostgresFact]
    public async Task Nothing_is_lost_or_repeated_while_replicas_of_two_releases_are_exchanged_and_killed()
    {
        using var patience = new CancellationTokenSource(2 * Newsroom.Patience);
        await using var desk = await Newsroom.OpenOnPostgresAsync();
        var place = await server.CreateAsync();
        await using var first = Start(desk, place, "first");
        await using (var second = Start(desk, place, "second"))
        {
            await first.SaysAsync("2 replicas share the work", patience.Token);
            await TellAsync(desk, 1, patience.Token);
            await TakeFurtherAsync(place, patience.Token);
            await TellAsync(desk, 2, patience.Token);
        }

        await using var third = Start(desk, place, "third");
        await third.SaysAsync("share the work", patience.Token);
        await TellAsync(desk, 3, patience.Token);
        Assert.Equal(0, await first.StopAsync(patience.Token));
        await TellAsync(desk, 4, patience.Token);

        Assert.InRange(desk.Mail.Accepted.Count, 4, 5); // a mail may have been accepted when its service was killed
        Assert.NotEmpty(await PostgresServer.AskAsync(place, "SELECT id FROM alert WHERE content LIKE '%\"Later\"%'"));
    }

    /// <summary>As a service that starts does: no other one writes meanwhile; where one reads in another order, and the server ends the script for it, it begins again.</summary>
    private static async Task TakeFurtherAsync(string place, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await PostgresServer.RunAsync(place, $"{PostgresEngine.BeginAlone}; {Next}; COMMIT");
                return;
            }
            catch (PostgresException deadlock) when (deadlock.SqlState == PostgresErrorCodes.DeadlockDetected)
            {
                // The replicas go on, and so may this.
            }
        }
    }

    /// <summary>So many news are there, and each is told.</summary>
    private static async Task TellAsync(Newsroom desk, int count, CancellationToken cancellation)
    {
        desk.Show("/one", [.. Enumerable.Range(1, count).Select(number => $"Cease-fire number {number} begins")]);
        while (desk.Mail.Accepted.DistinctBy(mail => mail.MessageId).Count() < count)
        {
            await desk.Mail.NextAsync(cancellation);
        }
    }

    private static ServiceProcess Start(Newsroom desk, string place, string name) =>
        ServiceProcess.Start(desk.Folder, "run", environment: [("NEWS_DATABASE", place), ("Storage__Replica", name)]);
}
