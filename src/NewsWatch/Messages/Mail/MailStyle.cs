namespace NewsWatch.Messages.Mail;

/// <summary>The mails' one style sheet; every pair of colours has a contrast of at least 4.5 to 1.</summary>
internal static class MailStyle
{
    public const string Css =
        """
        :root { color-scheme: light dark; }
        body { margin: 0; padding: 0; background: #eef1f4; color: #1b1f24; font: 16px/1.5 -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; }
        .pre { display: none; max-height: 0; overflow: hidden; }
        .page { box-sizing: border-box; max-width: 600px; margin: 0 auto; padding: 20px; background: #ffffff; border-top: 5px solid #0b57a4; overflow-wrap: anywhere; }
        .is-urgent { border-color: #d97706; }
        .is-flash { border-color: #b3141b; }
        h1 { font-size: 25px; line-height: 1.25; margin: 10px 0 4px; }
        h2, h3 { font-size: 17px; line-height: 1.35; margin: 20px 0 4px; }
        p { margin: 4px 0; }
        a { color: #0b57a4; }
        h1 a { color: inherit; text-decoration: none; }
        .tag { margin: 0; font-size: 14px; color: #56606a; }
        .tag b { margin-right: 4px; padding: 2px 9px; border-radius: 11px; font-size: 12px; letter-spacing: .04em; }
        .urgent { background: #fdeed8; color: #7a3d00; }
        .flash { background: #b3141b; color: #ffffff; }
        .by, .small { color: #56606a; font-size: 14px; }
        .known { margin: 12px 0; padding: 8px 14px; border-radius: 8px; background: #f3f5f7; font-size: 14px; }
        blockquote { margin: 16px 0; padding: 2px 14px; border-inline-start: 4px solid #c8ced5; font-size: 17px; }
        mark { background: #fff1a8; color: #1b1f24; font-weight: bold; text-decoration: underline; }
        i { font-size: 13px; font-weight: normal; color: #56606a; }
        .go { margin: 18px 0; }
        .go a { display: inline-block; padding: 10px 20px; border-radius: 6px; background: #0b57a4; color: #ffffff; text-decoration: none; font-weight: bold; }
        dl { margin: 16px 0; font-size: 14px; }
        dt { float: left; clear: left; width: 88px; color: #56606a; }
        dd { margin: 0 0 4px 96px; }
        .why { margin: 20px 0; padding: 12px 16px; border-radius: 8px; background: #f3f5f7; font-size: 14px; }
        .why h2 { margin-top: 0; }
        .why .small + p { margin-top: 14px; }
        ul { margin: 6px 0; padding-left: 20px; }
        .list { margin: 16px 0; padding-left: 34px; font-size: 15px; }
        .list li { margin: 7px 0; }
        .list b { padding: 1px 7px; border-radius: 9px; font-size: 11px; letter-spacing: .04em; }
        .list i { font-style: normal; }
        .gap { margin: -6px 0; padding: 0 18px; color: #56606a; }
        pre { margin: 12px 0; padding: 12px 14px; border-radius: 8px; background: #f3f5f7; font: 13px/1.5 ui-monospace, Consolas, Menlo, monospace; white-space: pre-wrap; }
        li { margin: 3px 0; }
        code { font: 13px ui-monospace, Consolas, Menlo, monospace; }
        .rule { margin: 26px 0 0; font-size: 20px; }
        .item { margin-top: 14px; padding-top: 14px; border-top: 1px solid #d9dee3; }
        .rule + .item { margin-top: 0; padding-top: 6px; border: 0; }
        .item h2, .item h3 { margin: 2px 0; }
        .foot { margin-top: 28px; padding-top: 12px; border-top: 1px solid #d9dee3; font-size: 13px; color: #56606a; }
        @media (prefers-color-scheme: dark) {
        body { background: #101418; color: #e6e9ed; }
        .page { background: #181d23; }
        a { color: #8ec2ff; }
        .urgent { background: #4a2f0b; color: #ffd9a3; }
        .flash { background: #b3141b; color: #ffffff; }
        .tag, .by, .small, .gap, i, dt, .foot { color: #a4aeb8; }
        blockquote { border-color: #46505b; }
        mark { background: #5c4d00; color: #fff4c2; }
        .go a { background: #8ec2ff; color: #0a1a2b; }
        .why, .known, pre { background: #20262d; }
        .item, .foot { border-color: #323a43; }
        }

        """;

    /// <summary>For a mail that tells a change.</summary>
    public const string Changes =
        """
        .changed { margin: 14px 0 0; font-weight: bold; }
        .was, .now { margin: 8px 0; }
        .was { border-color: #b3141b; }
        .now { border-color: #1b7f3b; }
        .was i, .now i { display: block; }
        del { background: #fbe3e4; color: #8a1016; text-decoration: line-through; }
        ins { background: #dff3e4; color: #145c2b; font-weight: bold; text-decoration: underline; }
        @media (prefers-color-scheme: dark) {
        .was { border-color: #e07a80; }
        .now { border-color: #6cc58a; }
        del { background: #4d1d20; color: #ffc9cc; }
        ins { background: #17402a; color: #bff0cd; }
        }

        """;
}
