namespace GitOps.Triggers.Runs;

/// <summary>A run cannot be given what it needs; the message says what, where and what to do, never a value.</summary>
internal sealed class SourceException(string message) : Exception(message);
