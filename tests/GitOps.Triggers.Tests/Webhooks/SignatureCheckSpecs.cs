using System.Buffers;
using System.Text;
using CsCheck;
using GitOps.Triggers.Webhooks;
using Mono.Cecil;
using Octokit.Webhooks;
using Xunit;

namespace GitOps.Triggers.Tests.Webhooks;

public class SignatureCheckSpecs
{
    [Fact]
    public void The_example_of_GitHubs_documentation_is_valid()
    {
        const string signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

        Assert.True(IsValid(signature, "Hello, World!"u8.ToArray(), WebhookDoor.Secret));
        Assert.False(IsValid(signature, "Hello, World?"u8.ToArray(), WebhookDoor.Secret));
    }

    [Fact]
    public void It_agrees_with_Octokits_validator_on_what_GitHub_sends() =>
        Gen.Select(Gen.Byte.Array[0, 3_000], Gen.String[Gen.Char.AlphaNumeric, 1, 80], Gen.Bool).Sample((body, secret, isRight) =>
        {
            var signature = SignedDelivery.Sign(body, isRight ? secret : secret + "x");
            Assert.Equal(
                WebhookSignatureValidator.Verify(signature, secret, body) is WebhookSignatureValidationResult.Valid,
                IsValid(signature, body, "another secret", secret));
        }, iter: 500);

    [Fact]
    [Threat(4)]
    public void Nothing_compares_a_signature_but_what_takes_the_same_time_for_any()
    {
        // Time is too rough a measure on a machine that others share: what the compiled program calls is not.
        using var module = ModuleDefinition.ReadModule(typeof(SignatureCheck).Assembly.Location);
        var called = module.GetType(typeof(SignatureCheck).FullName).Methods.Where(method => method.HasBody)
            .SelectMany(method => method.Body.Instructions.Select(instruction => instruction.Operand).OfType<MethodReference>(), (method, call) => (method.Name, Call: $"{call.DeclaringType.Name}.{call.Name}"))
            .Where(call => call.Call.Contains("Equal", StringComparison.Ordinal) || call.Call.Contains("Compare", StringComparison.Ordinal));

        Assert.Equal((nameof(SignatureCheck.IsValid), "CryptographicOperations.FixedTimeEquals"), Assert.Single(called));
    }

    private static bool IsValid(string signature, byte[] body, params string[] secrets)
    {
        using var check = SignatureCheck.Start(signature, [.. secrets.Select(Encoding.UTF8.GetBytes)])!;
        // In two pieces, as bodies come.
        check.Append(new ReadOnlySequence<byte>(body, 0, body.Length / 2));
        check.Append(new ReadOnlySequence<byte>(body, body.Length / 2, body.Length - (body.Length / 2)));
        return check.IsValid();
    }
}
