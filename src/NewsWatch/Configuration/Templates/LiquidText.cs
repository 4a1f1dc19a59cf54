using System.Globalization;
using DotLiquid;
using DotLiquid.Exceptions;

namespace NewsWatch.Configuration.Templates;

/// <summary>A text of the configuration with Liquid's <c>{{ }}</c> and <c>{% %}</c>, compiled once. It reaches nothing but the variables it is filled from, and no clock.</summary>
internal sealed class LiquidText
{
    private const int MaxIterations = 1_000;
    private const int MaxLength = 64 * 1024;
    private const SyntaxCompatibility Syntax = SyntaxCompatibility.DotLiquid22a;
    private static readonly Type[] Filters = [typeof(LiquidFilters)];
    private readonly Template _template;

    private LiquidText(Template template) => _template = template;

    /// <summary>Compiles a text.</summary>
    /// <exception cref="TemplateException">It is not Liquid; the message says where it goes wrong.</exception>
    public static LiquidText Parse(string text)
    {
        try
        {
            var template = Template.Parse(text, Syntax);
            template.MakeThreadSafe();
            return new(template);
        }
        catch (LiquidException wrong)
        {
            throw new TemplateException($"is not a Liquid template: {wrong.Message}.", wrong);
        }
    }

    /// <summary>The text with its variables filled in.</summary>
    /// <param name="values">The variables.</param>
    /// <param name="unknown">Gets the name of each variable that there is not; null leaves those empty.</param>
    /// <exception cref="TemplateException">A filter refuses its input, a loop runs more than 1,000 times, or the text is longer than 65,536 characters.</exception>
    public string Fill(Hash values, Action<string>? unknown = null)
    {
        var context = new Context([values], [], [], ErrorsOutputMode.Rethrow, MaxIterations, CultureInfo.InvariantCulture, CancellationToken.None) { SyntaxCompatibilityLevel = Syntax };
        context.AddFilters(Filters);
        using var written = new StringWriter(CultureInfo.InvariantCulture);
        try
        {
            _template.Render(written, new RenderParameters(CultureInfo.InvariantCulture) { Context = context, ErrorsOutputMode = ErrorsOutputMode.Rethrow, SyntaxCompatibilityLevel = Syntax });
        }
        catch (System.Exception wrong) when (wrong is LiquidException or RenderException or ArithmeticException or System.ArgumentException or FormatException or InvalidCastException or InvalidOperationException or TimeoutException)
        {
            throw new TemplateException($"cannot be filled: {wrong.Message.TrimEnd('.')}.", wrong);
        }

        foreach (var missing in context.Errors.OfType<VariableNotFoundException>())
        {
            unknown?.Invoke(missing.Message.Split('\'') is [_, var name, ..] ? name : missing.Message);
        }

        return written.GetStringBuilder().Length <= MaxLength ? written.ToString() : throw new TemplateException($"becomes longer than {MaxLength} characters.");
    }
}
