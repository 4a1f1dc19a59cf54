using NewsWatch.Core.Text;

namespace NewsWatch.Core.Rules.Terms;

/// <summary>A form of a word.</summary>
/// <param name="Folded">The folded form.</param>
/// <param name="Languages">In articles of which languages it counts.</param>
/// <param name="Capital">Whether it must begin with a capital: "Маска" is Musk's, "маска" is a mask.</param>
internal readonly record struct Form(string Folded, Languages Languages, bool Capital);
