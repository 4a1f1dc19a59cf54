using NewsWatch.Core.Articles.Metadata;

namespace NewsWatch.Core.Articles.Body;

/// <summary>Cuts off what stands before the first and after the last sentence of an article.</summary>
internal static class Trimmer
{
    /// <summary>The blocks of the article itself.</summary>
    public static List<Block> Trim(List<Block> blocks, PageMetadata metadata) => blocks;
}
