using System.Collections.Frozen;

namespace NewsWatch.Core.Articles;

/// <summary>Query parameters that tell who sent the reader, and nothing about what is read.</summary>
internal static class TrackingParameters
{
    private static readonly string[] Prefixes =
    [
        "utm_", "mtm_", "ga_", "pk_", "piwik_", "matomo_", "itm_", "vero_", "oly_", "hsa_", "__hs", "_hs", "at_custom", "at_medium", "at_campaign", "at_link",
        "fb_", "ns_", "stm_", "trk_", "wt_", "xtor", "echobox", "__twitter_", "_branch_", "_bta_", "sc_", "icid", "ocid", "smid", "smtyp", "dclid", "guce_",
    ];

    private static readonly FrozenSet<string> Names = new[]
    {
        "_ga", "_gl", "_ke", "_kx", "_openstat", "action_object_map", "action_ref_map", "action_type_map", "algo_expid", "algo_pvid", "amp", "amp_js_v", "amp_gsa",
        "aff_id", "bxid", "campaign_id", "cid_source", "ck_subscriber_id", "cmpid", "cndid", "cvid", "dm_i", "ef_id", "emci", "emdi", "esrc",
        "fbclid", "ftag", "gad_source", "gad_campaignid", "gbraid", "gclid", "gclsrc", "gs_l", "guccounter", "hmb_campaign", "hmb_medium", "hmb_source",
        "igsh", "igshid", "intcid", "intcmp", "irclickid", "isfreemail", "li_fat_id", "mbid", "mc_cid", "mc_eid", "mkt_tok", "ml_subscriber", "ml_subscriber_hash",
        "msclkid", "msockid", "mkcid", "nb_klid", "ncid", "ndclid", "nr_email_referer", "outputtype", "rb_clickid", "recirc", "ref", "ref_src",
        "ref_url", "reflink", "s_cid", "s_kwcid", "sara_ecid", "scrolla", "sms_ss",
        "spm", "sref", "srsltid", "sscid", "tblci", "tduid", "ttclid", "twclid", "utm", "vgo_ee", "wbraid", "wickedid", "wprov", "wt_mc", "yclid", "ysclid",
        "zanpid", "__s", "__tn__", "algolia_query", "asc_source", "dicbo", "mscrid", "s_email", "trackingid",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>True for a parameter of our list, or of the site's own one.</summary>
    public static bool Contains(string name, IReadOnlyCollection<string> siteTracking) =>
        Names.Contains(name)
        || Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        || siteTracking.Any(entry => Fits(entry, name));

    private static bool Fits(string entry, string name) =>
        entry.EndsWith('*') ? name.StartsWith(entry[..^1], StringComparison.OrdinalIgnoreCase) : name.Equals(entry, StringComparison.OrdinalIgnoreCase);
}
