namespace NewsWatch.Configuration.Templates;

/// <summary>A template cannot be compiled or filled; the message follows the name of what is wrong, as in "Body cannot be filled: ...".</summary>
internal sealed class TemplateException(string message, Exception? inner = null) : Exception(message, inner);
