namespace GitOps.Triggers.Domain;

/// <summary>Takes secrets out of text before anybody sees it: certain ones (<see cref="SecretMask"/>), or all that the engine has read so far (<see cref="SecretVault"/>).</summary>
internal interface ISecretMask
{
    string Apply(string text);
}
