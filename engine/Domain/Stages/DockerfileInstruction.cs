namespace GitOps.Triggers.Domain;

/// <summary>One instruction, its continued lines joined. <paramref name="Line"/>: where it begins, from 1; <paramref name="Keyword"/>: in capitals.</summary>
internal sealed record DockerfileInstruction(int Line, string Keyword, string Rest);
