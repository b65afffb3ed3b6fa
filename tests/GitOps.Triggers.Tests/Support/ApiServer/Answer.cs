using System.Text.Json.Nodes;

namespace GitOps.Triggers.Tests.Support.ApiServer;

internal sealed record Answer(int Status, JsonObject Body);
